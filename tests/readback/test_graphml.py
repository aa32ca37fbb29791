"""GraphML, read back by networkx and igraph and judged by its schema."""

import math
import os
import tempfile
import unittest

import igraph
import networkx

from expected import values
from feeds import HOSTILE, Feed, by_iri, xml_writable
from program import export
from schema import schema, violations

LISTS = {"sources", "shared", "statements"}


def with_lists(row, columns):
    """A row whose lists are lists again."""
    return {name: values(value) if name in columns else value for name, value in row.items()}


class GraphMl(Feed):
    """What is told of GraphML, whoever reads it."""

    format_name = "graphml"
    writable = staticmethod(xml_writable)

    def check_values(self, iri, found, expected):
        """GraphML does not say which text is a list, so each that is not the one expected value is taken apart."""
        for name, texts in expected.items():
            value = found.get(name)
            if isinstance(value, str) and [value] != [self.writable(text) for text in texts]:
                found[name] = values(value)
        super().check_values(iri, found, expected)


class Networkx(GraphMl, unittest.TestCase):
    """What networkx reads of GraphML is the graph."""

    def read(self, text):
        graph = networkx.parse_graphml(text, force_multigraph=True)
        nodes = [(key, with_lists(node, LISTS)) for key, node in graph.nodes(data=True)]
        edges = []
        for source, target, key, edge in graph.edges(keys=True, data=True):
            edges.append((source, target, with_lists(edge, LISTS)))
        return *by_iri(nodes, edges), graph.is_directed()


class Igraph(GraphMl, unittest.TestCase):
    """What igraph reads of GraphML is the graph."""

    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "graph.graphml")
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            graph = igraph.Graph.Read_GraphML(path)
        nodes = [(vertex["id"], with_lists(present(vertex.attributes()), LISTS)) for vertex in graph.vs]
        keys = [key for key, _ in nodes]
        edges = [(keys[e.source], keys[e.target], with_lists(present(e.attributes()), LISTS)) for e in graph.es]
        return *by_iri(nodes, edges), graph.is_directed()


def present(attributes):
    """The attributes that an element has: igraph gives each element all, empty or NaN, and its id besides."""
    found = {}
    for name, value in attributes.items():
        if name != "id" and value != "" and not (isinstance(value, float) and math.isnan(value)):
            found[name] = int(value) if isinstance(value, float) and value.is_integer() else value
    return found


class Schema(unittest.TestCase):
    """The schema of GraphML finds nothing wrong."""

    def test_graphml_is_valid(self):
        for arguments in [{}, {"data": HOSTILE, "allowed": (0, 1)}]:
            for mode in ["statements", "two-mode", "one-mode"]:
                text = export("graphml", "--mode", mode, **arguments)
                self.assertEqual(violations(schema("graphml"), text), [])

    def test_the_schema_tells_what_is_wrong(self):
        self.assertNotEqual(violations(schema("graphml"), export("graphml").replace("edgedefault", "default")), [])


if __name__ == "__main__":
    unittest.main()
