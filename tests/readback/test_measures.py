"""Measures of networks are what networkx computes for the same simple graph."""

import json
import pathlib
import random
import tempfile
import unittest

import networkx

from program import SHIPPED, export, run

MEASURES = {
    "degree": lambda graph: dict(graph.degree()),
    "pagerank": lambda graph: networkx.pagerank(graph, weight=None, tol=1e-15, max_iter=1000),
    "betweenness": networkx.betweenness_centrality,
    "closeness": networkx.closeness_centrality,
    "core": networkx.core_number,
}
MODES = ["statements", "two-mode", "one-mode"]
CONFIG = """id = "random"
base = "https://example.org/"
license = "https://example.org/licence"
languages = ["en"]
[title]
en = "Random"
"""


def write_random(folder, seed):
    """Writes a data set of random links: parallel, mutual and deprecated ones among them, and entities without any."""
    chance = random.Random(seed)
    size = 40 + 20 * seed
    (folder / "dataset.toml").write_text(CONFIG, encoding="utf-8")
    entities = ["id,class,label@en,source", "d,Report,D,"]
    entities += [f"o{n},{'Organization' if n % 3 else 'Conference'},O{n},d" for n in range(size)]
    (folder / "entities.csv").write_text("\n".join(entities) + "\n", encoding="utf-8")
    statements = ["subject,property,object,rank,source"]
    organizations = [n for n in range(size) if n % 3]
    events = [n for n in range(size) if n % 3 == 0]
    for _ in range(size + 15 * seed):
        one, other = chance.choice(organizations), chance.choice(organizations + events)
        if one == other:
            continue
        rank = chance.choice(["", "", "", "deprecated"])
        if other % 3:
            statements.append(f"o{one},supports,o{other},{rank},d")
            if chance.random() < 0.3:
                statements.append(f"o{other},supports,o{one},,d")
        else:
            statements.append(f"o{one},participatesIn,o{other},{rank},d")
            if chance.random() < 0.2:
                statements.append(f"o{one},hosts,o{other},,d")
    (folder / "statements.csv").write_text("\n".join(dict.fromkeys(statements)) + "\n", encoding="utf-8")


def read(text):
    """Returns the directed simple graph of a feed, with the number of links that each edge stands for."""
    feed = json.loads(text)
    graph = networkx.DiGraph()
    graph.add_nodes_from((node["id"], node) for node in feed["nodes"])
    for edge in feed["edges"]:
        one, other = edge["source"], edge["target"]
        if one == other or edge.get("rank") == "deprecated":
            continue
        weight = edge.get("weight", 1) if edge["property"] == "worksWith" else 1
        before = graph.edges[one, other]["links"] if graph.has_edge(one, other) else 0
        graph.add_edge(one, other, links=before + weight)
    return graph


def undirected(directed):
    """Returns the simple graph, whichever way links lead."""
    graph = networkx.Graph()
    graph.add_nodes_from(directed.nodes)
    for one, other, links in directed.edges(data="links"):
        before = graph.edges[one, other]["links"] if graph.has_edge(one, other) else 0
        graph.add_edge(one, other, links=before + links)
    return graph


class Measures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.data = [SHIPPED]
        for seed in (1, 2, 3):
            cls.data.append(pathlib.Path(folder.name) / str(seed))
            cls.data[-1].mkdir()
            write_random(cls.data[-1], seed)

    def graphs(self, *arguments):
        """Yields each data set in each mode, with its graph as the feed for networkx has it."""
        for data in self.data:
            for mode in MODES:
                with self.subTest(data=data.name, mode=mode):
                    feed = export("nodelink", "--mode", mode, "--keep-going", *arguments, data=data, allowed=(0, 1))
                    yield data, mode, read(feed)

    def near(self, one, other):
        """Two tables have the same values."""
        self.assertEqual(one.keys(), other.keys())
        for name, value in one.items():
            self.assertAlmostEqual(value, other[name], delta=1e-9, msg=name)

    def test_rank(self):
        for data, mode, directed in self.graphs():
            graph = undirected(directed)
            self.assertGreater(graph.number_of_edges(), 10)
            for name, measure in MEASURES.items():
                answer = json.loads(run("rank", "--by", name, "--mode", mode, "-F", "json", data=data))
                self.assertIsNone(answer["pivots"])
                self.near({rank["id"]: rank[name] for rank in answer["ranks"]}, measure(graph))
                values = [rank[name] for rank in answer["ranks"]]
                self.assertEqual(values, sorted(values, reverse=True))

    def test_attributes_of_nodes(self):
        names = [*MEASURES, "community"]
        for data, mode, directed in self.graphs("--with", ",".join(names)):
            graph = undirected(directed)
            for name, measure in MEASURES.items():
                self.near(dict(directed.nodes(data=name)), measure(graph))
            groups = json.loads(run("groups", "--mode", mode, "-F", "json", data=data))["groups"]
            expected = {entity: group["group"] for group in groups for entity in group["entities"]}
            self.assertEqual(dict(directed.nodes(data="community")), expected)

    def test_groups(self):
        for data, mode, directed in self.graphs():
            graph = undirected(directed)
            answer = json.loads(run("groups", "--mode", mode, "-F", "json", data=data))
            groups = [set(group["entities"]) for group in answer["groups"]]
            modularity = networkx.community.modularity(graph, groups, weight="links")
            self.assertAlmostEqual(answer["modularity"], modularity, delta=1e-9)
            for group in groups:
                self.assertTrue(networkx.is_connected(graph.subgraph(group)))
            theirs = [
                networkx.community.modularity(
                    graph, networkx.community.louvain_communities(graph, weight="links", seed=seed), weight="links"
                )
                for seed in range(10)
            ]
            self.assertGreater(modularity, sorted(theirs)[5] - 0.02)

    def test_structure(self):
        for data, mode, directed in self.graphs():
            graph = undirected(directed)
            answer = json.loads(run("stats", "-F", "json", data=data))
            part = next(part for part in answer["parts"] if part["part"] == mode)
            self.assertEqual(part["entities"], graph.number_of_nodes())
            self.assertEqual(part["linkedPairs"], graph.number_of_edges())
            components = sorted(map(len, networkx.connected_components(graph)), reverse=True)
            self.assertEqual((part["components"], part["largestComponent"]), (len(components), components[0]))
            if mode == "two-mode":
                organizations = [node for node, type_ in directed.nodes(data="type") if type_ == "Organization"]
                density = networkx.bipartite.density(graph, organizations)
            else:
                density = networkx.density(graph)
            self.assertAlmostEqual(part["density"], density, delta=1e-9)
            if mode == "one-mode":
                self.assertIsNone(part["reciprocity"])
            else:
                self.assertAlmostEqual(part["reciprocity"], networkx.reciprocity(directed), delta=1e-9)
            self.cuts(graph, part)

    def cuts(self, graph, part):
        """Whoever is said to be cut off is."""
        points = {point["id"]: point for point in part["articulationPoints"]}
        self.assertEqual(points.keys(), set(networkx.articulation_points(graph)))
        for name, point in points.items():
            around = networkx.node_connected_component(graph, name) - {name}
            parts = sorted(map(len, networkx.connected_components(graph.subgraph(around))))
            self.assertEqual(point["cutOff"], sum(parts[:-1]), name)
        single = {frozenset(ends) for ends in networkx.bridges(graph) if graph.edges[ends]["links"] == 1}
        self.assertEqual({frozenset(bridge["ends"]) for bridge in part["bridges"]}, single)
        for bridge in part["bridges"]:
            without = graph.copy()
            without.remove_edge(*bridge["ends"])
            cut_off, stays = (networkx.node_connected_component(without, end) for end in bridge["ends"])
            self.assertLessEqual(len(cut_off), len(stays))
            self.assertEqual(set(bridge["whom"]), cut_off)

    def test_classes(self):
        for data, mode, directed in self.graphs():
            if mode != "statements":
                continue
            answer = json.loads(run("stats", "-F", "json", data=data))
            for part in answer["parts"][len(MODES):]:
                members = [node for node, type_ in directed.nodes(data="type") if type_ == part["part"]]
                among = undirected(directed.subgraph(members))
                self.assertEqual(part["entities"], len(members))
                self.assertEqual(part["linkedPairs"], among.number_of_edges())


if __name__ == "__main__":
    unittest.main()
