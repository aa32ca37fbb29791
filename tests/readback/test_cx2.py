"""CX2, read back by ndex2 and held to its specification."""

import json
import unittest

import rdflib
from ndex2.cx2 import CX2Network, RawCX2NetworkFactory

from expected import RAP, local
from feeds import HOSTILE, Feed, by_iri
from program import REPOSITORY, export

TYPES = {"string": str, "long": int, "double": float, "boolean": bool}
SHAPES = {"ellipse", "triangle", "rectangle", "round-rectangle", "parallelogram", "diamond", "hexagon", "octagon", "vee"}


def aspects(text):
    """The aspects by name, in their order."""
    descriptor, *rest = json.loads(text)
    assert descriptor == {"CXVersion": "2.0", "hasFragments": False}
    return {name: elements for aspect in rest for name, elements in aspect.items()}


class Cx2(Feed, unittest.TestCase):
    """What ndex2 reads of CX2 is the graph."""

    format_name = "cx2"

    def read(self, text):
        network = RawCX2NetworkFactory().get_cx2network(json.loads(text))
        self.assertIsInstance(network, CX2Network)
        nodes, edges = network.get_nodes(), network.get_edges()
        for node in nodes.values():
            self.assertEqual(node["v"].pop("name"), node["v"]["label"])
            node["v"].pop("key")
        for edge in edges.values():
            edge["v"].pop("key")
        default = network.get_visual_properties()["default"]
        directed = default["edge"]["EDGE_TARGET_ARROW_SHAPE"] != "none"
        rows = [(edge["s"], edge["t"], edge["v"]) for edge in edges.values()]
        return *by_iri([(number, node["v"]) for number, node in nodes.items()], rows), directed


class Specification(unittest.TestCase):
    """CX2 is what its specification says, in the strict sense of every reader."""

    def setUp(self):
        self.feeds = [aspects(export("cx2", "--mode", mode)) for mode in ["statements", "two-mode", "one-mode"]]
        self.feeds.append(aspects(export("cx2", data=HOSTILE, allowed=(0, 1))))

    def test_aspects_come_in_order_and_are_counted(self):
        for feed in self.feeds:
            order = ["attributeDeclarations", "networkAttributes", "nodes", "edges", "visualProperties"]
            self.assertEqual(list(feed), ["metaData", *order, "status"])
            self.assertEqual(feed["metaData"], [{"name": name, "elementCount": len(feed[name])} for name in order])
            self.assertEqual(feed["status"], [{"error": "", "success": True}])

    def test_elements_are_numbered_and_linked(self):
        for feed in self.feeds:
            for name in ["nodes", "edges"]:
                self.assertEqual([element["id"] for element in feed[name]], list(range(len(feed[name]))))
            for edge in feed["edges"]:
                self.assertLess(max(edge["s"], edge["t"]), len(feed["nodes"]))

    def test_every_attribute_is_declared_and_of_its_type(self):
        for feed in self.feeds:
            declared = feed["attributeDeclarations"][0]
            for name in ["nodes", "edges", "networkAttributes"]:
                used = set()
                for element in feed[name]:
                    values = element if name == "networkAttributes" else element["v"]
                    self.assertGreater(len(values), 0)
                    self.assertNotIn("id", values if name != "networkAttributes" else {})
                    for attribute, value in values.items():
                        kind = declared[name][attribute]["d"]
                        listed = value if kind.startswith("list_of_") else [value]
                        self.assertIsInstance(listed, list)
                        for one in listed:
                            self.assertIs(type(one), TYPES[kind.removeprefix("list_of_")], (attribute, value))
                        used.add(attribute)
                # The columns that all rows have may be empty; those of properties may not.
                self.assertLessEqual(set(declared[name]) - used, {"iri", "rank", "validFrom", "validTo", "year", "sources"})

    def test_every_mapping_is_typed_and_of_a_declared_attribute(self):
        for feed in self.feeds:
            [style] = feed["visualProperties"]
            mappings = [("nodes", m) for m in style["nodeMapping"].items()] + [("edges", m) for m in style["edgeMapping"].items()]
            self.assertEqual(len(mappings), 4)
            for aspect, (visual, mapping) in mappings:
                self.assertIn(mapping["type"], ["DISCRETE", "PASSTHROUGH"])
                definition = mapping["definition"]
                declared = feed["attributeDeclarations"][0][aspect][definition["attribute"]]["d"]
                self.assertEqual(definition["type"], declared)
                self.assertEqual(mapping["type"] == "DISCRETE", "map" in definition)
                if visual == "NODE_SHAPE":
                    self.assertLessEqual({entry["vp"] for entry in definition["map"]}, SHAPES)

    def test_every_class_has_a_colour_and_a_shape(self):
        for feed in self.feeds:
            mapping = feed["visualProperties"][0]["nodeMapping"]
            for visual in ["NODE_BACKGROUND_COLOR", "NODE_SHAPE"]:
                known = {entry["v"] for entry in mapping[visual]["definition"]["map"]}
                self.assertLessEqual({node["v"]["type"] for node in feed["nodes"]}, known)

    def test_colours_are_those_of_the_ontology(self):
        ontology = rdflib.Graph().parse(REPOSITORY / "ontology" / "rapporteur.ttl")
        colours = {local(term): str(colour) for term, colour in ontology.subject_objects(RAP.colour)}
        for feed in self.feeds:
            entries = feed["visualProperties"][0]["nodeMapping"]["NODE_BACKGROUND_COLOR"]["definition"]["map"]
            self.assertGreater(len(entries), 0)
            self.assertEqual({entry["v"]: entry["vp"] for entry in entries}, {entry["v"]: colours[entry["v"]] for entry in entries})


if __name__ == "__main__":
    unittest.main()
