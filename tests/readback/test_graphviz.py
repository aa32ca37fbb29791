"""Graphviz reads every picture as DOT, and its engines give the places for ours."""

import json
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from feeds import HOSTILE
from program import SHIPPED, run

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = [["--section", "7"], ["--section", "2"], ["--whole", "--section", "2"], ["--around", "ITU"], ["--between", "organizations"], ["--class", "Event"]]
EMOJI = "Warning: node 'emoji', graph 'rapporteur' size too small for label"
ENGINES = ["dot", "neato", "fdp", "sfdp", "twopi", "circo"]


def graphviz(text, *arguments):
    """What Graphviz makes of a text, and what it says."""
    result = subprocess.run(["dot", *arguments], input=text.encode(), capture_output=True, check=False)
    # Ours has no glyph for it, and what the system takes for one may be of any width.
    said = [line for line in result.stderr.decode().splitlines() if line != EMOJI]
    return result.returncode, result.stdout.decode(), said


def titles(text):
    """What the picture says of itself, its nodes and its edges, each with its kind and name."""
    root = ElementTree.fromstring(text)
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class") in ("nodes", "lines", "labels", "legend")]
    said = [(group.get("class"), title.text) for group in groups for title in group.iter(f"{SVG}title")]
    return root.get("role"), root.get("lang"), root.get("dir"), root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc"), sorted(said)


class Dot(unittest.TestCase):
    """DOT as Graphviz reads it."""

    def test_graphviz_reads_every_node_and_edge_without_a_word(self):
        for data, allowed in [(SHIPPED, (0,)), (HOSTILE, (0, 1))]:
            for view in [*VIEWS, ["--whole"]] if data == SHIPPED else [["--whole"], ["--class", "Organization"]]:
                arguments = ["draw", *view, "--quiet"]
                text = run(*arguments, "-f", "dot", data=data, allowed=allowed)
                code, read, said = graphviz(text, "-Tdot_json")
                self.assertEqual((code, said), (0, []), view)
                read = json.loads(read)
                kinds = [kind for kind, _ in titles(run(*arguments, "-f", "svg", data=data, allowed=allowed))[-1]]
                nodes = [node for node in read["objects"] if "nodes" not in node and not node["name"].startswith("legend ")]
                self.assertEqual(len(nodes), kinds.count("nodes"), view)
                self.assertTrue(all(node["pos"] and node["label"] for node in nodes))
                # Around a hub our picture lists what it is linked with, where DOT has the links.
                n_edges, n_lines = len(read.get("edges", [])), kinds.count("lines")
                if view == ["--around", "ITU"]:
                    self.assertEqual(n_lines, 0)
                    self.assertGreater(n_edges, 100)
                else:
                    self.assertEqual(n_edges, n_lines, view)

    def test_names_are_read_as_they_are(self):
        for language, name in [("en", "International\\nTelecommunication\\nUnion (ITU)"), ("ar", "الاتحاد الدولي للاتصالات")]:
            text = run("--lang", language, "draw", "--section", "7", "-f", "dot", "--quiet")
            _, read, _ = graphviz(text, "-Tdot_json")
            labels = {node["name"]: re.sub("[\u2066-\u2069]", "", node["label"]) for node in json.loads(read)["objects"]}
            self.assertIn(name, labels["itu"])


class Engines(unittest.TestCase):
    """Pictures with the places of Graphviz."""

    def test_the_picture_says_the_same_with_every_engine(self):
        for language in ["en", "ar"]:
            for view in [["--section", "7"], ["--section", "12"]]:
                arguments = ["--lang", language, "draw", *view, "--quiet", "-f", "svg"]
                ours = run(*arguments)
                pictures = {engine: run(*arguments, "--engine", engine) for engine in ENGINES}
                for engine, picture in pictures.items():
                    self.assertEqual(titles(picture), titles(ours), engine)
                self.assertEqual(len({ours, *pictures.values()}), 1 + len(ENGINES))

    def test_boxes_do_not_overlap(self):
        for engine in ENGINES:
            text = run("draw", "--section", "12", "--quiet", "-f", "dot", "--engine", engine)
            _, read, _ = graphviz(text, "-Tdot_json")
            boxes = [node for node in json.loads(read)["objects"] if "pos" in node and not node["name"].startswith("legend ")]
            self.assertGreater(len(boxes), 5)
            placed = [(*map(float, box["pos"].split(",")), 72 * float(box["width"]), 72 * float(box["height"])) for box in boxes]
            # A place is written to a tenth of a point.
            overlaps = [
                (a, b)
                for at, a in enumerate(placed)
                for b in placed[:at]
                if 2 * abs(a[0] - b[0]) + 0.4 < a[2] + b[2] and 2 * abs(a[1] - b[1]) + 0.4 < a[3] + b[3]
            ]
            self.assertEqual(overlaps, [], engine)


if __name__ == "__main__":
    unittest.main()
