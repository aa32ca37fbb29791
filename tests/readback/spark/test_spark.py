"""A data set on Apache Spark: a standalone master with two workers, of which one loses its executor in the middle."""

import os
import pathlib
import re
import signal
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

from cluster import Standalone
from compare import content, equal, one_process, parts, same
from hard import Hard
from rapporteur.spark import Job

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from store import Oxigraph

FORMATS = ("ntriples", "parquet")
GRAPH = "https://example.org/id/"


class Cluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.cluster = cls.enterClassContext(Standalone(cls.folder))

    def test_hard_data_are_those_of_one_process_though_an_executor_is_killed(self):
        data, output = self.folder / "data", self.folder / "graph"
        Hard(data, 100, clean=False).write()
        killed = []

        def kill(line):
            if line.endswith("  meant"):
                [first, *_] = self.cluster.executors()
                os.kill(first, signal.SIGKILL)
                killed.append(first)

        options = {"formats": FORMATS, "shards": 2, "keep_going": True, "piece": 1 << 14}
        result = Job(self.cluster.spark, str(data), str(output), say=kill, **options).run()
        self.assertEqual(len(killed), 1)
        equal(self, data, result, FORMATS)
        # Again into the same place: the same run, which is whole already.
        manifest = pathlib.Path(result.output, "manifest.json").read_bytes()
        again = Job(self.cluster.spark, str(data), str(output), **options).run()
        self.assertEqual(again, result)
        self.assertEqual(pathlib.Path(result.output, "manifest.json").read_bytes(), manifest)
        self.comes_back(data, result.written["ntriples"])

    def comes_back(self, data, folder):
        """What the engine wrote is loaded into a store, counted there, and pulled back."""
        store = Oxigraph(self.folder / "store")
        self.addCleanup(store.stop)
        graph = f"{store.url}/store?{urllib.parse.urlencode({'graph': GRAPH})}"
        for part in parts(folder):
            headers = {"Content-Type": "application/n-triples"}
            urllib.request.urlopen(urllib.request.Request(graph, content(part), headers, method="POST")).close()
        lines = sorted(line for part in parts(folder) for line in content(part).splitlines())
        counted = one_process("query", "--endpoint", f"{store.url}/query", "-F", "csv", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        self.assertEqual(int(counted.splitlines()[1]), len(lines))
        pulled = one_process("pull", f"{store.url}/store", "--data", data, "--endpoint", f"{store.url}/query")
        # The store keeps decimals by their values: 3.50 is 3.5.
        kept = [re.sub(rb'"(-?[0-9]+[.][0-9]*[1-9])0+"(?=\^\^<[^>]*#decimal>)', rb'"\1"', line) for line in lines]
        same(self, sorted(kept), pulled.splitlines(), "what comes back")


if __name__ == "__main__":
    unittest.main()
