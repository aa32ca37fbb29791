"""CSV tables, read back by Python's csv as a strict reader."""

import csv
import pathlib
import re
import tempfile
import unittest

from expected import Expected
from program import REPOSITORY, SHIPPED, run
from tables import Tables

HOSTILE = REPOSITORY / "tests" / "hostile"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def restored(text):
    """A text without the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def tables(case, *arguments, data=SHIPPED):
    """The rows of each file, with a check of each cell."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "tables.csv"
        run("export", "--quiet", "-f", "csv", "-o", path, *arguments, data=data)
        for file in sorted(path.glob("*.csv")):
            content = file.read_bytes()
            case.assertTrue(content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n"))
            with file.open(encoding="utf-8-sig", newline="") as lines:
                csv.field_size_limit(1 << 24)
                header, *rows = csv.reader(lines, strict=True)
            case.assertEqual(len(set(header)), len(header))
            for row in rows:
                case.assertEqual(len(row), len(header))
                for cell in row:
                    case.assertFalse(cell.startswith(FORMULA) and not re.fullmatch(r"-?\d+(\.\d+)?", cell), cell)
            cells = [[restored(cell) for cell in row] for row in rows]
            found[file.stem] = [{h: c for h, c in zip(header, row) if c} for row in cells]
    return Tables(found)


class Csv(unittest.TestCase):
    """The tables are the graph."""

    def test_the_shipped_graph(self):
        expected, whole = Expected(), tables(self)
        self.assertIn("organization", whole.tables)
        whole.check_whole(self, expected)
        tables(self, "--mode", "one-mode").check_one_mode(self, expected)
        tables(self, "--mode", "two-mode").check_two_mode(self, expected)

    def test_hostile_labels(self):
        expected, whole = Expected(HOSTILE), tables(self, data=HOSTILE)
        whole.check_whole(self, expected)
        self.assertEqual(whole.entities["https://example.org/hostile/formula"]["label"], "=SUM(A1:A9)")
        interval = whole.entities["https://example.org/hostile/interval"]
        self.assertEqual((interval["validFrom"], interval["validTo"]), ("2024-05-27", "2024-05-30"))
        tables(self, "--mode", "one-mode", data=HOSTILE).check_one_mode(self, expected)
        tables(self, "--mode", "two-mode", data=HOSTILE).check_two_mode(self, expected)

    def test_names_are_in_the_chosen_language(self):
        whole = tables(self, "--lang", "ar")
        rows = [row for row in whole.entities.values() if "label@ar" in row]
        self.assertGreater(len(rows), 100)
        self.assertTrue(all(row["label"] == row["label@ar"].replace("\\|", "|") for row in rows))
        whole.check_whole(self, Expected())


if __name__ == "__main__":
    unittest.main()
