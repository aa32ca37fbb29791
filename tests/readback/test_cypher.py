"""The Cypher script, run by an interpreter of the few statements that it is made of.

That they are Cypher is shown by Neo4j's own parser, in cypher.test.mjs.
"""

import datetime
import re
import unittest

from feeds import Feed, by_iri
from program import export

TOKEN = re.compile(
    r"(?P<string>'(?:[^'\\]|\\.)*')|(?P<name>`(?:[^`]|``)+`)|(?P<number>-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)"
    r"|(?P<word>\w+)|(?P<sign>->|[-{}\[\]().,:;=|<>])|(?P<space>\s+)",
    re.DOTALL,
)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'"}
NODES = re.compile(
    r"MERGE \(n:`Entity` \{`iri`: row\.`iri`\}\)\nSET n = row((?:, n\.`\w+` = date\(row\.`\w+`\))*)\nSET n((?::`\w+`)+)"
)
EDGES = re.compile(
    r"MATCH \(a:`Entity` \{`iri`: row\.source\}\)\nMATCH \(b:`Entity` \{`iri`: row\.target\}\)\n"
    r"MERGE \(a\)-\[r:`(\w+)` \{`key`: row\.edge\.`key`\}\]->\(b\)\nSET r = row\.edge((?:, r\.`\w+` = date\(row\.edge\.`\w+`\))*)"
)


def without_unicode_escapes(script):
    """What Cypher 5 makes of a script before anything else: each `\\uXXXX` is the character."""
    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|(.))", lambda m: chr(int(m[1], 16)) if m[1] else m[0], script, flags=re.DOTALL)


def tokens(text):
    """The tokens of a text, with the offset where each ends."""
    position = 0
    while position < len(text):
        token = TOKEN.match(text, position)
        if token is None:
            raise AssertionError(f"no token: {text[position : position + 40]!r}")
        position = token.end()
        if token.lastgroup != "space":
            yield token.lastgroup, token.group(), position


def statements(script):
    """The statements, each without its `;`."""
    start = 0
    for kind, text, end in tokens(script):
        if (kind, text) == ("sign", ";"):
            yield script[start : end - 1].strip()
            start = end
    if script[start:].strip():
        raise AssertionError("the last statement does not end")


def literal(stream):
    """The value of a literal."""
    kind, text, _ = next(stream)
    if kind == "string":
        return re.sub(r"\\(.)", lambda m: ESCAPES[m[1]], text[1:-1], flags=re.DOTALL)
    if kind == "number":
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    if text in ("true", "false"):
        return text == "true"
    if text == "[":
        return list(entries(stream, "]", literal))
    if text == "{":
        return dict(entries(stream, "}", entry))
    raise AssertionError(text)


def entry(stream):
    """The key and value of an entry of a map."""
    _, name, _ = next(stream)
    if next(stream)[1] != ":":
        raise AssertionError(name)
    return name.strip("`"), literal(stream)


def entries(stream, close, read):
    """What stands between commas."""
    while True:
        yield read(stream)
        sign = next(stream)[1]
        if sign == close:
            return
        if sign != ",":
            raise AssertionError(sign)


def with_days(properties, clauses):
    """Properties of which those that the clauses name are days."""
    for name in re.findall(r"date\(row\.(?:edge\.)?`(\w+)`\)", clauses):
        if name in properties:
            datetime.date.fromisoformat(properties[name])
    return properties


class Database:
    """What the statements make."""

    def __init__(self):
        self.nodes, self.edges = {}, {}

    def run(self, script):
        first, *rest = statements(without_unicode_escapes(script))
        if not re.fullmatch(r"CREATE CONSTRAINT `\w+` IF NOT EXISTS FOR \(n:`Entity`\) REQUIRE n\.`iri` IS UNIQUE", first):
            raise AssertionError(first)
        for statement in rest:
            stream = tokens(statement)
            if next(stream)[1] != "UNWIND":
                raise AssertionError(statement[:80])
            batch = literal(stream)
            end = [next(stream), next(stream)]
            if [text for _, text, _ in end] != ["AS", "row"]:
                raise AssertionError(end)
            self.add(batch, statement[end[1][2] :].strip())
        return self

    def add(self, batch, clauses):
        if nodes := NODES.fullmatch(clauses):
            for row in batch:
                self.nodes[row["iri"]] = (with_days(row, nodes[1]), nodes[2])
        elif edges := EDGES.fullmatch(clauses):
            for row in batch:
                if row["source"] in self.nodes and row["target"] in self.nodes:
                    key = (row["source"], row["target"], edges[1], row["edge"]["key"])
                    self.edges[key] = with_days(row["edge"], edges[2])
        else:
            raise AssertionError(clauses)


class Cypher(Feed, unittest.TestCase):
    """What the script makes is the graph."""

    format_name = "cypher"

    def read(self, text):
        database = Database().run(text)
        nodes, edges = [], []
        for node, labels in database.nodes.values():
            labels = labels.strip(":`").split("`:`")
            self.assertEqual((labels[0], labels[1], labels[-1]), ("Entity", node["type"], node["class"]))
            del node["key"]
            nodes.append((node["iri"], node))
        for (source, target, kind, _), edge in database.edges.items():
            self.assertEqual(kind, edge["property"])
            del edge["key"]
            edges.append((source, target, edge))
        # Relationships of this type have a direction that says nothing.
        return *by_iri(nodes, edges), any(edge["property"] != "worksWith" for *_, edge in edges)

    def test_a_second_run_changes_nothing(self):
        script = export("cypher")
        once, twice = Database().run(script), Database().run(script).run(script)
        self.assertEqual((once.nodes, once.edges), (twice.nodes, twice.edges))


if __name__ == "__main__":
    unittest.main()
