"""GEXF, read back by networkx and judged by a grammar and a schema."""

import io
import json
import re
import unittest

import networkx
from lxml import etree

from feeds import HOSTILE, Feed, by_iri, xml_writable
from program import REPOSITORY, export
from schema import grammar, parse, schema, violations

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"

# What stands in a document of GEXF, and what may not stand there instead.
MISTAKES = [
    (' version="1.3"', ""),
    (' version="1.3"', ' version="1.2"'),
    ('"http://gexf.net/1.3"', '"http://www.gexf.net/1.2draft"'),
    ("<meta>", '<meta lastmodifieddate="1 May 2024">'),
    ("<creator>.*?</creator>", "<creator/><creator/>"),
    ("<meta>.*?</meta>", "<attvalues/>"),
    ('timeformat="date"', 'timeformat="day"'),
    ('timeformat="date"', 'timeformat="dateTime"'),
    ('timeformat="date"', ""),
    ('timerepresentation="interval"', 'timerepresentation="spell"'),
    ('mode="dynamic"', 'mode="moving"'),
    ('idtype="string"', 'idtype="text"'),
    ('defaultedgetype="directed"', 'defaultedgetype="forward"'),
    ("<graph ", '<graph start="2024" '),
    ('<attributes class="node"', '<attributes class="graph"'),
    ('<attribute id="0"', "<attribute"),
    ('<attributes class="node" mode="static"', '<attributes class="node" mode="slice"'),
    (' type="string"', ' type="text"'),
    ('type="liststring"', 'type="list"'),
    ('type="liststring"', 'type="listanyURI"'),
    ("<nodes .*</nodes>", ""),
    ("</nodes>", "</nodes><attvalues/>"),
    ("<edges .*</edges>", ""),
    ("</graph>", "</graph><graph><nodes/><edges/></graph>"),
    ('<nodes count="', '<nodes count="-'),
    ('<node id="[^"]*"', "<node"),
    ("<node ", '<node kind="organization" '),
    ("<node ", '<node colour="red" '),
    ("<attvalues>.*?</attvalues>", "<attvalues/><attvalues/>"),
    ('<attvalue for="[^"]*"', "<attvalue"),
    ('(<attvalue [^>]*) value="[^"]*"', r"\1"),
    ("<attvalue ", '<attvalue start="now" '),
    ("<spells>.*?</spells>", "<spells/>"),
    ('<spell start="[^"]*"', '<spell start="2024-02-30"'),
    ('<spell start="[^"]*"', '<spell start="2024"'),
    ("<spell start=", "<spell startopen="),
    ("<spell start=", '<spell timestamp="2024-01-01" start='),
    ('(<edge [^>]*) source="[^"]*"', r"\1"),
    ('(<edge [^>]*) target="[^"]*"', r"\1"),
    ("<edge ", '<edge type="sideways" '),
    ('weight="1"', 'weight="heavy"'),
    ('<viz:color r="[0-9]*"', '<viz:color r="300"'),
    ('<viz:color r="[0-9]*"', "<viz:color"),
    ("<viz:color ", '<viz:color a="1.5" '),
    ("<viz:color ", '<viz:color hex="#FF0000" '),
    ("<viz:color [^>]*>", '<viz:color hex="red"/>'),
    ("<viz:color ", "<color "),
    ('<viz:size value="', '<viz:size value="-'),
    ("<viz:size [^>]*>", r"\g<0>\g<0>"),
    ("<viz:size ", "<viz:thickness "),
    ("<viz:size [^>]*>", r'\g<0><viz:position x="1"/>'),
    ('<viz:shape value="square"', '<viz:shape value="box"'),
    ('<viz:shape value="square"', '<viz:shape value="image"'),
    ('<viz:shape value="square"', '<viz:shape value="dotted"'),
]


class Gexf(Feed, unittest.TestCase):
    """What networkx reads of GEXF is the graph."""

    format_name = "gexf"
    writable = staticmethod(xml_writable)

    def read(self, text):
        graph = networkx.read_gexf(io.BytesIO(text.encode()))
        lists = {(a.getparent().get("class"), a.get("title")) for a in parse(text).iter(f"{GEXF}attribute") if a.get("type") == "liststring"}
        self.assertIn(("node", "sources"), lists)
        for _, node in graph.nodes(data=True):
            viz = node.pop("viz")
            self.assertGreater(viz["size"], 0)
            self.assertEqual(set(viz["color"]), {"r", "g", "b", "a"})
            self.read_row("node", node, lists)
        edges = []
        for source, target, edge in graph.edges(data=True):
            edge.pop("id")
            edge["weight"] = int(edge["weight"])
            if graph.is_directed():
                count = edge.get("count") if "unit" not in edge else None
                # A count says how strong a link is, if it is one that can; networkx takes it for a floating-point number.
                self.assertEqual(edge.pop("weight"), int(float(max(1, int(count or 1)))))
            self.read_row("edge", edge, lists)
            edges.append((source, target, edge))
        return *by_iri(graph.nodes(data=True), edges), graph.is_directed()

    def read_row(self, target, row, lists):
        """Makes lists of what networkx leaves as text; spells are the validity, where networkx reads no bound as text."""
        for name in row:
            if (target, name) in lists:
                row[name] = json.loads(row[name], strict=False)
        spells = [(row.get("validFrom", "None"), row.get("validTo", "None"))]
        self.assertEqual(row.pop("spells", [("None", "None")]), spells)

    def test_every_ends_and_kind_are_of_one_edge(self):
        for data in [{}, {"data": HOSTILE, "allowed": (0, 1)}]:
            edges = [(e.get("source"), e.get("target"), e.get("kind")) for e in parse(export("gexf", **data)).iter(f"{GEXF}edge")]
            self.assertEqual(len(set(edges)), len(edges))
            self.assertTrue(any(re.search(" [0-9]$", kind) for *_, kind in edges))

    def test_colours_are_those_of_the_ontology(self):
        ontology = (REPOSITORY / "ontology" / "rapporteur.ttl").read_text(encoding="utf-8")
        document = parse(export("gexf"))
        colours = {tuple(int(c.get(channel)) for channel in "rgb") for c in document.iter(f"{VIZ}color")}
        known = {tuple(bytes.fromhex(digits)) for digits in re.findall('rap:colour "#([0-9A-F]{6})"', ontology)}
        self.assertLessEqual(colours, known)
        self.assertGreater(len(colours), 5)


class Schema(unittest.TestCase):
    """Our grammar of GEXF 1.3 finds nothing wrong; nor does the schema of 1.2, the last that packages carry, but what 1.3 added."""

    def as_1_2(self, text):
        """A document of GEXF 1.3 without what 1.3 added, and without viz, whose schema is broken in both."""
        document = parse(text.replace('"http://gexf.net/1.3"', '"http://www.gexf.net/1.2draft"').replace('version="1.3"', 'version="1.2"'))
        for element in list(document.iter(f"{VIZ}*")):
            element.getparent().remove(element)
        for element in document.iter():
            for added in ["kind", "timerepresentation"]:
                element.attrib.pop(added, None)
        return etree.fromstring(etree.tostring(document), etree.XMLParser(huge_tree=True))

    def test_gexf_is_valid(self):
        for arguments in [{}, {"data": HOSTILE, "allowed": (0, 1)}]:
            for mode in ["statements", "two-mode", "one-mode"]:
                self.check_valid(export("gexf", "--mode", mode, **arguments))
        for selection in [["--around", "itu"], ["--class", "Event", "--lang", "ar"]]:
            self.check_valid(export("gexf", *selection))

    def check_valid(self, text):
        self.assertEqual(violations(grammar("gexf-1.3"), text), [])
        self.assertEqual(violations(schema("gexf"), self.as_1_2(text)), [])

    def test_the_grammar_tells_what_is_wrong(self):
        right = export("gexf", "--around", "itu")
        for pattern, replacement in MISTAKES:
            with self.subTest(pattern=pattern, replacement=replacement):
                wrong = re.sub(pattern, replacement, right, count=1, flags=re.DOTALL)
                self.assertNotEqual(wrong, right)
                self.assertNotEqual(violations(grammar("gexf-1.3"), wrong), [])

    def test_the_schema_tells_what_is_wrong(self):
        for right, wrong in [("<spell start=", "<spell begin="), ('type="liststring"', 'type="list"'), ('timeformat="date"', 'timeformat="day"')]:
            text = export("gexf")
            self.assertIn(right, text)
            self.assertNotEqual(violations(schema("gexf"), self.as_1_2(text.replace(right, wrong))), [])


if __name__ == "__main__":
    unittest.main()
