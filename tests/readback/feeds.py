"""What every feed must show to the tool that reads it: the graph, whole and in its other modes."""

import functools
import json

from expected import Expected
from program import REPOSITORY, SHIPPED, export

HOSTILE = REPOSITORY / "tests" / "hostile"
FIXED = {"iri", "class", "type", "label", "property", "rank", "validFrom", "validTo", "year", "sources", "claims"}

expected_of = functools.cache(Expected)


def xml_writable(text):
    """A text as XML can hold it."""
    return "".join("\N{REPLACEMENT CHARACTER}" if c < " " and c not in "\t\n\r" else c for c in text)


class Feed:
    """The tests of a feed. `read` returns the attributes of nodes by IRI, and edges as IRIs of ends with attributes."""

    format_name = None
    writable = staticmethod(str)

    def read(self, text):
        raise NotImplementedError

    def written(self, *arguments, data=SHIPPED):
        """What is read: the text of a feed that is a file."""
        return export(self.format_name, *arguments, data=data, allowed=(0, 1))

    def test_the_shipped_graph_is_carried_whole(self):
        self.check_whole(SHIPPED)

    def test_the_hostile_graph_is_carried_whole(self):
        self.check_whole(HOSTILE)

    def test_two_modes_are_organizations_and_what_they_have_a_part_in(self):
        for data in [SHIPPED, HOSTILE]:
            expected = expected_of(data)
            links = expected.two_mode()
            nodes, edges, directed = self.read(self.written("--mode", "two-mode", data=data))
            self.assertTrue(directed)
            self.assertEqual(set(nodes), {end for link in links.values() for end in (link.subject, link.object)})
            self.assertEqual(sorted(edge["iri"] for _, _, edge in edges), sorted(links))
            self.check_links(expected, edges)
            for iri, node in nodes.items():
                self.check_class_and_label(expected, iri, node)

    def test_one_mode_is_organizations_and_what_they_share(self):
        for data in [SHIPPED, HOSTILE]:
            expected = expected_of(data)
            pairs = expected.one_mode()
            self.assertGreater(len(pairs), 0)
            nodes, edges, directed = self.read(self.written("--mode", "one-mode", data=data))
            self.assertFalse(directed)
            self.assertEqual(set(nodes), {end for pair in pairs for end in pair})
            self.assertEqual({frozenset((s, t)): edge["weight"] for s, t, edge in edges}, expected.weights())
            self.assertEqual(len(edges), len(pairs))
            for source, target, edge in edges:
                shared = pairs[frozenset((source, target))]
                self.assertEqual(edge["label"], "works with")
                for name, values in [("shared", shared.things), ("statements", shared.statements), ("sources", shared.sources)]:
                    self.assertEqual(sorted(edge.get(name) or []), sorted(map(self.writable, values)), name)
            for iri, node in nodes.items():
                self.check_class_and_label(expected, iri, node)

    def test_a_part_has_the_nodes_and_edges_of_that_part(self):
        expected = expected_of(SHIPPED)
        itu = next(iri for iri in expected.entities if iri.endswith("/itu"))
        near = {iri for iri, link in expected.links.items() if itu in (link.subject, link.object) and link.rank != "deprecated"}
        ends = {end for iri in near for end in (expected.links[iri].subject, expected.links[iri].object)}
        nodes, edges, _ = self.read(self.written("--around", "itu"))
        self.assertEqual(set(nodes), ends)
        self.assertLessEqual(near, {edge["iri"] for *_, edge in edges})
        self.check_links(expected, edges)
        events = {iri for iri in expected.entities if "Event" in expected.classes[iri]}
        nodes, edges, _ = self.read(self.written("--class", "Event", "--lang", "ar"))
        self.assertEqual(set(nodes), events)
        among = {iri for iri, link in expected.links.items() if {link.subject, link.object} <= events}
        self.assertEqual({edge["iri"] for *_, edge in edges}, among)
        for iri, node in nodes.items():
            self.check_class_and_label(expected, iri, node, "ar")
        self.check_links(expected, edges, "ar")

    def test_the_bytes_are_the_same_each_time(self):
        self.assertEqual(self.written(), self.written())

    def check_whole(self, data):
        """Everything that the RDF of a data set says is there, and nothing else."""
        expected = expected_of(data)
        nodes, edges, directed = self.read(self.written(data=data))
        self.assertTrue(directed)
        self.assertEqual(set(nodes), expected.entities)
        self.assertEqual(sorted(edge["iri"] for _, _, edge in edges), sorted(expected.links))
        claims = {}
        for iri, node in nodes.items():
            self.check_node(expected, iri, node)
            stated = node.get("claims", [])
            for claim in json.loads(stated) if isinstance(stated, str) else stated:
                claims[claim["iri"]] = (iri, claim)
        self.check_links(expected, edges)
        self.assertEqual(set(claims), set(expected.claims))
        for iri, (subject, claim) in claims.items():
            statement = expected.claims[iri]
            self.assertEqual((subject, claim.pop("value")), (statement.subject, self.writable(statement.object)))
            self.assertTrue(iri.endswith(claim.pop("id")))
            self.assertEqual(claim.pop("language", None), statement.language, iri)
            self.check_statement(expected, claim, statement)
        cited = sum(len(row["sources"]) for row in [edge for *_, edge in edges] + [claim for _, claim in claims.values()])
        self.assertEqual(cited, expected.citations)

    def check_links(self, expected, edges, language="en"):
        for source, target, edge in edges:
            link = expected.links[edge["iri"]]
            self.assertEqual((source, target), (link.subject, link.object))
            self.check_statement(expected, edge, link, language)

    def check_class_and_label(self, expected, iri, node, language="en"):
        name = expected.class_of(iri)
        self.assertEqual((node["class"], {node["class"], node["type"]}), (name, expected.classes[iri]), iri)
        labels = expected.labels[iri]
        self.assertEqual(node["label"], self.writable(labels.get(language) or next(iter(labels.values()))), iri)

    def check_node(self, expected, iri, node):
        self.check_class_and_label(expected, iri, node)
        self.check_dates(expected, iri, node)
        self.check_values(iri, {"sources": node.get("sources", [])}, {"sources": expected.sources[iri]})
        self.check_values(iri, {name: node[name] for name in set(node) - FIXED}, expected.attributes[iri])

    def check_statement(self, expected, row, statement, language="en"):
        self.assertEqual((row["property"], row["rank"]), (statement.property, statement.rank))
        self.assertEqual(row["label"], expected.names[statement.property][language])
        self.check_dates(expected, row["iri"], row)
        self.check_values(row["iri"], {"sources": row["sources"]}, {"sources": statement.sources})
        self.check_values(row["iri"], {name: row[name] for name in set(row) - FIXED}, statement.qualifiers)

    def check_dates(self, expected, iri, row):
        first, last = expected.valid[iri]
        self.assertEqual((row.get("validFrom"), row.get("validTo")), (first, last), iri)
        day = first or last
        self.assertEqual(row.get("year"), int(day[:4]) if day else None)

    def check_values(self, iri, found, expected):
        """Each column has the values that it must have, numbers as numbers where a double holds them."""
        self.assertEqual(set(found), set(expected), iri)
        for name, texts in expected.items():
            values = found[name] if isinstance(found[name], list) else [found[name]]
            self.assertEqual(len(values), len(texts), (iri, name))
            for text in texts:
                self.assertTrue(any(self.means(value, text) for value in values), (iri, name, text[:99], str(values)[:99]))

    def means(self, value, text):
        if isinstance(value, bool):
            return text == str(value).lower()
        if isinstance(value, (int, float)):
            return type(value)(text) == value
        return value == self.writable(text)


def by_iri(nodes, edges):
    """The nodes by IRI and the edges between IRIs, from nodes by key and edges between keys."""
    keys = {key: node["iri"] for key, node in nodes}
    if len(set(keys.values())) != len(keys):
        raise AssertionError("two nodes have one IRI")
    return {node["iri"]: node for _, node in nodes}, [(keys[source], keys[target], edge) for source, target, edge in edges]
