"""RDF, read back by rdflib and PyLD."""

import unittest

import rdflib
from pyld import jsonld

from program import export


def quads(text, format_name):
    """The quads of a document, without the name that rdflib gives to the default graph."""
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=text, format=format_name)
    default = rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    return {(s, p, o, None if g in (None, default) else g) for s, p, o, g in dataset.quads()}


class Syntaxes(unittest.TestCase):
    """Every syntax is the same graph to readers that are not ours."""

    @classmethod
    def setUpClass(cls):
        cls.expected = quads(export("nquads"), "nquads")

    def test_there_is_a_graph(self):
        self.assertGreater(len(self.expected), 10_000)

    def test_rdflib_reads_each_syntax_as_the_same_graph(self):
        for ours, theirs in [("turtle", "turtle"), ("trig", "trig"), ("ntriples", "nt"), ("rdfxml", "xml")]:
            with self.subTest(ours):
                self.assertEqual(quads(export(ours), theirs), self.expected)

    def test_pyld_reads_json_ld_as_the_same_graph(self):
        import json

        text = jsonld.to_rdf(json.loads(export("jsonld")), {"format": "application/n-quads"})
        self.assertEqual(quads(text, "nquads"), self.expected)

    def test_named_graphs_survive(self):
        expected = quads(export("nquads", "--profile", "graphs"), "nquads")
        self.assertEqual(quads(export("trig", "--profile", "graphs"), "trig"), expected)
        self.assertGreater(len({graph for *_, graph in expected}), 10)

    def test_there_are_no_blank_nodes(self):
        for quad in self.expected:
            self.assertFalse(any(isinstance(term, rdflib.BNode) for term in quad))


if __name__ == "__main__":
    unittest.main()
