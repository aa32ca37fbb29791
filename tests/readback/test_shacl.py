"""The published shapes, judged by pyshacl, find what the program finds."""

import json
import pathlib
import tempfile
import unittest

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from program import REPOSITORY, export, plant, run

SHAPES = "https://w3id.org/rapporteur/shapes#"

# What SHACL can say of the graph. The other findings are about tables, and leave no trace in a graph.
CODES = {
    "subject-outside-domain",
    "object-outside-range",
    "statement-without-source",
    "missing-label",
    "undated-event",
    "end-before-start",
    "contradictory-claims",
    "cyclic-part",
    "isolated-entity",
    "shared-acronym",
}


def by_shacl(turtle):
    """The codes and focus entities that pyshacl reports."""
    data = rdflib.Graph().parse(data=turtle, format="turtle").parse(REPOSITORY / "ontology" / "rapporteur.ttl")
    shapes = rdflib.Graph().parse(REPOSITORY / "ontology" / "shapes.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(SHAPES)
        code = shape.removesuffix("-value").split(".")[0]
        focus = report.value(result, SH.focusNode)
        entity = data.value(focus, RDF.subject) or focus
        found.add((code, str(entity).rsplit("/", 1)[-1]))
    return found


def by_check(data=None):
    """The codes and focus entities that the program reports."""
    arguments = {} if data is None else {"data": data, "allowed": (1,)}
    lines = run("check", "--message-format", "json", "--verbose", **arguments).splitlines()
    findings = [json.loads(line) for line in lines]
    return {(finding["code"], finding.get("focus")) for finding in findings if finding["code"] in CODES}


class Shapes(unittest.TestCase):
    """Our rules and the shapes agree."""

    def test_the_shipped_graph(self):
        found = by_shacl(export("turtle"))
        shared = {pair for pair in found if pair[0] == "shared-acronym"}
        self.assertEqual(found - shared, {pair for pair in by_check() if pair[0] != "shared-acronym"})
        self.assertEqual(found - shared, set())

    def test_the_planted_mistakes(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            plant(folder)
            ours = by_check(folder)
            theirs = by_shacl(export("turtle", "--keep-going", data=folder, allowed=(1,)))
        self.assertEqual({code for code, _ in ours}, CODES)
        # A cycle or a shared acronym is one finding of ours, and one result of SHACL for each entity in it.
        several = {"cyclic-part", "shared-acronym"}
        self.assertEqual({pair for pair in theirs if pair[0] not in several}, {pair for pair in ours if pair[0] not in several})
        for pair in ours:
            self.assertIn(pair, theirs)


if __name__ == "__main__":
    unittest.main()
