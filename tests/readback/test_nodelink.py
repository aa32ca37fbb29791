"""Node-link JSON, read back by networkx."""

import json
import unittest

import networkx

from feeds import Feed, by_iri


class NodeLink(Feed, unittest.TestCase):
    """What networkx reads of node-link JSON is the graph."""

    format_name = "nodelink"

    def read(self, text):
        graph = networkx.node_link_graph(json.loads(text), edges="edges")
        self.assertTrue(graph.is_multigraph())
        self.assertIn("license", graph.graph)
        return *by_iri(graph.nodes(data=True), graph.edges(data=True)), graph.is_directed()


if __name__ == "__main__":
    unittest.main()
