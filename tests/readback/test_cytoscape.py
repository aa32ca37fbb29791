"""Cytoscape.js JSON, read back by networkx."""

import json
import unittest

import networkx

from feeds import Feed, by_iri


class Cytoscape(Feed, unittest.TestCase):
    """What networkx reads of Cytoscape.js JSON is the graph."""

    format_name = "cytoscape"

    def read(self, text):
        graph = networkx.cytoscape_graph(json.loads(text))
        self.assertTrue(graph.is_multigraph())
        for key, node in graph.nodes(data=True):
            self.assertEqual([node.pop("id"), node.pop("value"), node.pop("name")], [key, key, node["label"]])
        edges = []
        for source, target, key, edge in graph.edges(keys=True, data=True):
            self.assertEqual([edge.pop("key"), edge.pop("id")], [key, f"edge:{key}"])
            self.assertEqual({edge.pop("source"), edge.pop("target")}, {source, target})
            edges.append((source, target, edge))
        return *by_iri(graph.nodes(data=True), edges), graph.is_directed()


if __name__ == "__main__":
    unittest.main()
