"""The graph in the oxigraph server: pushed, broken off, pushed again, got back; and loaded in parts."""

import csv
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from program import PROGRAM, SHIPPED, export
from store import OXIGRAPH, Between, Oxigraph, certificate

# About ten requests for a push: its parts, what comes back, and what is counted.
SPLIT = ("--split", "30kB")


def run(*arguments, **environment):
    """Runs the program on the shipped data set, and returns how it ended."""
    inherited = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    return subprocess.run(
        [PROGRAM, "--data", SHIPPED, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=inherited | environment,
    )


class Stores(unittest.TestCase):
    """A server with an empty store."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.server = Oxigraph(self.folder / "store")
        self.addCleanup(self.server.stop)

    def lines(self, *arguments):
        """What comes back from the store, as lines."""
        pulled = run("pull", f"{self.server.url}/store", "--endpoint", f"{self.server.url}/query", *arguments)
        self.assertEqual(pulled.returncode, 0, pulled.stderr)
        return pulled.stdout.splitlines()

    def push(self, *arguments, port=None):
        """Puts the graph into the store, by way of another port if one is given."""
        address = f"http://127.0.0.1:{port or self.server.port}"
        return run("push", f"{address}/store", "--endpoint", f"{address}/query", *arguments)

    def count(self):
        """How many triples there are in all named graphs, as the store itself counts."""
        query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        answer = run("query", "--endpoint", f"{self.server.url}/query", "-F", "json", query)
        return int(json.loads(answer.stdout)["results"]["bindings"][0]["n"]["value"])

    def test_a_push_that_breaks_off_at_ten_points_is_repeated(self):
        expected = sorted(export("ntriples").splitlines())
        whole = Between(self.server.port)
        pushed = self.push(*SPLIT, port=whole.at)
        self.assertEqual(pushed.returncode, 0, pushed.stderr)
        requests = whole.connections
        whole.close()
        self.assertGreater(requests, 7)
        last_part = requests - 3
        points = [(0, "request"), (0, "answer"), (1, "request"), (1, "answer"), (last_part // 2, "request")]
        points += [(last_part // 2, "answer"), (last_part, "request"), (last_part, "answer")]
        points += [(requests - 2, "half"), (requests - 1, "half")]
        self.assertEqual(len(set(points)), 10)
        for number, how in points:
            with self.subTest(number=number, how=how):
                between = Between(self.server.port, {number: how})
                broken = self.push(*SPLIT, "--tries", "1", port=between.at)
                between.close()
                self.assertEqual((broken.returncode, between.connections), (2, number + 1), broken.stderr)
                self.assertNotIn("that were sent", broken.stderr)
                pushed = self.push(*SPLIT)
                self.assertEqual(pushed.returncode, 0, pushed.stderr)
                self.assertIn(f"has the {len(expected)} triples that were sent", pushed.stderr)
                self.assertEqual(self.count(), len(expected))
                self.assertEqual(self.lines(), expected)

    def test_one_push_goes_on_where_the_connection_breaks_off(self):
        between = Between(self.server.port, {0: "request", 1: "answer", 3: "answer", 5: "request", 8: "answer"})
        pushed = self.push(*SPLIT, port=between.at)
        between.close()
        self.assertEqual(pushed.returncode, 0, pushed.stderr)
        self.assertEqual(pushed.stderr.count("tried again in"), 5)
        self.assertEqual(self.lines(), sorted(export("ntriples").splitlines()))

    def test_named_graphs_and_triple_terms_come_back(self):
        for profile, format_name in [("graphs", "nquads"), ("rdf12", "ntriples"), ("direct", "ntriples")]:
            with self.subTest(profile):
                pushed = self.push("--profile", profile, "--plain")
                self.assertEqual(pushed.returncode, 0, pushed.stderr)
                expected = sorted(export(format_name, "--profile", profile).splitlines())
                self.assertEqual(self.lines("--profile", profile), expected)

    def test_questions_are_answered_by_the_store_as_here(self):
        pushed = self.push("--default-graph")
        self.assertEqual(pushed.returncode, 0, pushed.stderr)
        endpoint = ("--endpoint", f"{self.server.url}/query", "-F", "csv")
        query = "SELECT ?who ?what { ?who rap:leads ?what }"
        here = run("query", "-F", "csv", query).stdout.splitlines()
        there = run("query", *endpoint, query).stdout.splitlines()
        self.assertGreater(len(here), 5)
        self.assertEqual(sorted(here), sorted(there))
        question = ("ask", "partners-of-an-organization", "organization=ITU")
        here, there = run(*question, "-F", "csv"), run(*question, *endpoint)
        self.assertGreater(here.stdout.count("\n"), 5)
        # In which order GROUP_CONCAT puts paragraphs together is left to the engine.
        rows, same = ([[sorted(cell.split(", ")) for cell in row] for row in csv.reader(answer.stdout.splitlines())] for answer in (here, there))
        self.assertEqual(rows, same, there.stderr)

    def test_tls_is_spoken_to_those_who_are_trusted(self):
        trusted, context = certificate(self.folder)
        between = Between(self.server.port, context=context)
        address = f"https://localhost:{between.at}/store"
        login = {"RAPPORTEUR_USER": "me", "RAPPORTEUR_PASSWORD": "secret"}
        refused = run("push", address, "--tries", "1", **login)
        self.assertEqual(refused.returncode, 2)
        self.assertNotIn("secret", refused.stderr)
        self.assertIn("certificate", refused.stderr.lower())
        pushed = run("push", address, SSL_CERT_FILE=str(trusted), **login)
        self.assertEqual(pushed.returncode, 0, pushed.stderr)
        between.close()
        self.assertEqual(self.lines(), sorted(export("ntriples").splitlines()))

    def test_parts_are_loaded_by_the_loader(self):
        for format_name, profile, packing in [("ntriples", "statements", ["--gzip"]), ("nquads", "graphs", [])]:
            with self.subTest(format_name):
                parts, store = self.folder / f"parts-{format_name}", self.folder / f"store-{format_name}"
                written = run(
                    "export", "-f", format_name, "--profile", profile, "--split", "50kB", *packing, "-o", str(parts)
                )
                self.assertEqual(written.returncode, 0, written.stderr)
                files = sorted(parts.glob("part-*"))
                self.assertGreater(len(files), 3)
                subprocess.run([OXIGRAPH, "load", "-l", store, "-f", *files], check=True, capture_output=True)
                dumped = subprocess.run(
                    [OXIGRAPH, "dump", "-l", store, "--format", "nq"], check=True, capture_output=True, text=True
                )
                expected = sorted(export(format_name, "--profile", profile).splitlines())
                self.assertEqual(sorted(dumped.stdout.splitlines()), expected)


if __name__ == "__main__":
    unittest.main()
