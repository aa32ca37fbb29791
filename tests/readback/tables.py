"""What tables for analysts must hold, CSV and XLSX alike."""

import re

FIXED = {
    "subject", "subjectLabel", "property", "label", "object", "objectLabel", "value", "language",
    "iri", "rank", "validFrom", "validTo", "year", "sources",
}  # fmt: skip

# Tables of something else than entities.
OTHERS = {"statements", "shared", "paragraphs", "dataset"}


def values(text):
    """The values of a cell: `|` between them, `\\` before one that belongs to a value."""
    return [part.strip().replace("\\|", "|") for part in re.split(r"(?<!\\)\|", text)]


class Tables:
    """The rows of tables by their names, each row by its headers, without empty cells."""

    def __init__(self, tables):
        self.tables = tables
        self.entities = {}
        for name, rows in tables.items():
            if name not in OTHERS:
                self.entities |= {row["iri"]: row for row in rows}
        self.iris = {row["id"]: iri for iri, row in self.entities.items()}

    def check_whole(self, case, expected, kept=lambda text: text):
        """Compares with the whole graph; `kept` is what a cell keeps of a text."""
        case.assertEqual(set(self.entities), expected.entities)
        rows = [row for name, rows in self.tables.items() if name not in OTHERS for row in rows]
        case.assertEqual(len(rows), len(expected.entities))
        for iri, row in self.entities.items():
            self.check_entity(case, row, expected, kept)
        statements = {row["iri"]: row for row in self.tables["statements"]}
        case.assertEqual(set(statements), set(expected.statements))
        case.assertEqual(len(self.tables["statements"]), len(expected.statements))
        for iri, row in statements.items():
            self.check_statement(case, row, expected.statements[iri], kept)
            self.check_dates(case, row, expected)
        case.assertEqual(sum(len(values(row["sources"])) for row in statements.values()), expected.citations)

    def check_statement(self, case, row, wanted, kept):
        """Compares a row of the statements."""
        case.assertEqual(self.iris[row["subject"]], wanted.subject)
        case.assertEqual(row["subjectLabel"], self.entities[wanted.subject]["label"])
        case.assertEqual((row["property"], row["rank"]), (wanted.property, wanted.rank))
        case.assertEqual(set(values(row["sources"])), wanted.sources)
        if wanted.is_link:
            case.assertEqual(self.iris[row["object"]], wanted.object)
            case.assertEqual(row["objectLabel"], self.entities[wanted.object]["label"])
        else:
            case.assertEqual(row["value"].replace("\\\\|", "\\|"), kept(wanted.object))
        self.check_values(case, row, FIXED, wanted.qualifiers, kept)

    def check_entity(self, case, row, expected, kept):
        """Compares a row of a table of entities."""
        iri = row["iri"]
        case.assertLessEqual({row["class"], row["type"]}, expected.classes[iri])
        case.assertIn(row["label"], {kept(label) for label in expected.labels[iri].values()})
        case.assertEqual(set(values(row["sources"])) if "sources" in row else set(), expected.sources[iri])
        self.check_dates(case, row, expected)
        stated = {}
        for claim in self.tables["statements"]:
            if claim["subject"] == row["id"] and "language" in claim:
                name = f"{claim['property']}_{claim['language']}".replace("-", "_")
                stated.setdefault(name, set()).add(claim["value"])
        # Names that are only stated are in the table of statements alone.
        wanted = {name: set(texts) - (stated.get(name, set()) - self.named(row, name)) for name, texts in expected.attributes[iri].items()}
        self.check_values(case, row, FIXED | {"id", "class", "type"}, {n: t for n, t in wanted.items() if t}, kept)

    def named(self, row, name):
        """The values of the column of that name."""
        cells = (text for header, text in row.items() if header.replace("@", "_").replace("-", "_") == name)
        return {value for text in cells for value in (text, *values(text))}

    def check_dates(self, case, row, expected):
        """Compares the days of a row."""
        case.assertEqual((row.get("validFrom"), row.get("validTo")), expected.valid[row["iri"]])
        day = row.get("validFrom") or row.get("validTo")
        case.assertEqual(row.get("year"), day and day[:4])

    def check_values(self, case, row, fixed, wanted, kept):
        """Compares the columns of properties: what is in each is the value, or the values of a list."""
        found = {header.replace("@", "_").replace("-", "_"): text for header, text in row.items() if header not in fixed}
        case.assertEqual(set(found), set(wanted))
        for name, texts in wanted.items():
            case.assertIn({kept(text) for text in texts}, ({found[name]}, set(values(found[name]))))

    def check_one_mode(self, case, expected):
        """Compares how much two organizations share."""
        found = {}
        for row in self.tables["shared"]:
            found[frozenset((self.iris[row["one"]], self.iris[row["other"]]))] = int(row["weight"])
            case.assertEqual(int(row["weight"]), len(values(row["shared"])) if "shared" in row else 1)
        case.assertGreater(len(found), 0)
        case.assertEqual(found, expected.weights())
        case.assertEqual(len(found), len(self.tables["shared"]))

    def check_two_mode(self, case, expected):
        """Compares the links between organizations and what they have a part in."""
        links = [row["iri"] for row in self.tables["statements"] if "object" in row]
        case.assertEqual(sorted(links), sorted(expected.two_mode()))
