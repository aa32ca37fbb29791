"""A data set on Apache Spark: a standalone master with two workers, of which one loses its executor in the middle."""

import os
import pathlib
import signal
import tempfile
import unittest

from cluster import Standalone
from compare import equal
from hard import Hard
from rapporteur.spark import Job

FORMATS = ("ntriples", "parquet")


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


if __name__ == "__main__":
    unittest.main()
