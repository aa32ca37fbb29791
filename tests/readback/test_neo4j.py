"""Neo4j's bulk CSV, read back by the rules that its importer documents.

https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format
"""

import datetime
import pathlib
import re
import shlex
import tempfile
import unittest

from feeds import Feed, by_iri
from program import SHIPPED, run

SCALARS = "int|long|float|double|boolean|byte|short|char|string|date|localtime|time|localdatetime|datetime|duration"
NODE = re.compile(rf"(?P<name>[^:]*):(?:(?P<role>ID)\((?P<space>\w+)\)|(?P<role2>LABEL)|(?P<type>{SCALARS})(?P<list>\[\])?)")
EDGE = re.compile(
    rf"(?P<name>[^:]*):(?:(?P<role>START_ID|END_ID)\((?P<space>\w+)\)|(?P<role2>TYPE)|(?P<type>{SCALARS})(?P<list>\[\])?)"
)
QUOTE, COMMA, ENDS = '"', ",", "\r\n"


def rows(text):
    """Lines of fields. A field that is not quoted and empty is None; backslashes are characters like any other."""
    position, line = 0, []
    while position < len(text):
        if text[position] == QUOTE:
            field, position = quoted(text, position + 1)
        else:
            end = next(i for i in range(position, len(text)) if text[i] in COMMA + ENDS)
            field, position = text[position:end] or None, end
        line.append(field)
        if text[position] == COMMA:
            position += 1
            if text[position] in ENDS:
                line.append(None)
        if text[position] in ENDS:
            yield line
            line = []
            while position < len(text) and text[position] in ENDS:
                position += 1


def quoted(text, start):
    """A field after its first quote, and where it ends."""
    parts = []
    while True:
        end = text.index(QUOTE, start)
        parts.append(text[start:end])
        if text[end + 1] != QUOTE:
            break
        parts.append(QUOTE)
        start = end + 2
    if text[end + 1] not in COMMA + ENDS:
        raise AssertionError(f"data after a quote: {text[end : end + 20]!r}")
    return "".join(parts), end + 1


def value(text, kind):
    """A value of a type of the header."""
    match kind:
        case "string":
            return text
        case "long":
            if not re.fullmatch(r"-?\d+", text) or abs(int(text)) >= 1 << 63:
                raise AssertionError(text)
            return int(text)
        case "double":
            return float(text)
        case "boolean":
            return {"true": True, "false": False}[text]
        case "date":
            return datetime.date.fromisoformat(text).isoformat()
    raise AssertionError(kind)


def table(text, grammar, delimiter):
    """The rows of a file: what has a role, and properties by name."""
    header, *lines = rows(text)
    columns = [grammar.fullmatch(field) for field in header]
    if None in columns:
        raise AssertionError(header)
    names = [column["name"] for column in columns if column["name"]]
    if len(set(names)) != len(names):
        raise AssertionError(names)
    for line in lines:
        if len(line) != len(columns):
            raise AssertionError(line)
        roles, properties = {}, {}
        for column, field in zip(columns, line):
            role = column["role"] or column["role2"]
            if role:
                roles[role] = field.split(delimiter) if role == "LABEL" else field
                if column["space"] not in (None, "entity"):
                    raise AssertionError(column["space"])
            if column["name"] and field is not None:
                parts = field.split(delimiter) if column["list"] else [field]
                parts = [value(part, column["type"] or "string") for part in parts]
                properties[column["name"]] = parts if column["list"] else parts[0]
        yield roles, properties


class Neo4j(Feed, unittest.TestCase):
    """What the importer reads is the graph."""

    def written(self, *arguments, data=SHIPPED):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "graph.neo4j"
            run("export", "--quiet", "-o", path, *arguments, data=data)
            return {file.name: file.read_bytes().decode() for file in path.iterdir()}

    def read(self, files):
        command = next(line for line in files["import.txt"].splitlines() if line.startswith("neo4j-admin"))
        options = dict(option[2:].split("=", 1) for option in shlex.split(command) if option.startswith("--"))
        self.assertEqual(options["multiline-fields"], "true")
        delimiter = options["array-delimiter"]
        delimiter = chr(int(delimiter[2:], 16)) if delimiter.startswith("U+") else delimiter
        self.assertEqual(len(delimiter), 1)
        nodes, edges = [], []
        for roles, node in table(files[options["nodes"]], NODE, delimiter):
            labels = roles.pop("LABEL")
            self.assertEqual((labels[0], labels[1], labels[-1]), ("Entity", node["type"], node["class"]))
            self.assertEqual(roles, {"ID": node.pop("key")})
            nodes.append((roles["ID"], node))
        self.assertEqual(len(dict(nodes)), len(nodes))
        for roles, edge in table(files[options["relationships"]], EDGE, delimiter):
            self.assertEqual(roles["TYPE"], edge["property"])
            self.assertTrue("iri" not in edge or edge["iri"].endswith(edge["key"]))
            del edge["key"]
            edges.append((roles["START_ID"], roles["END_ID"], edge))
        # Relationships of this type have a direction that says nothing.
        return *by_iri(nodes, edges), any(edge["property"] != "worksWith" for *_, edge in edges)


if __name__ == "__main__":
    unittest.main()
