"""XLSX tables, read back by openpyxl."""

import datetime
import decimal
import hashlib
import pathlib
import re
import tempfile
import unittest
import zipfile

import openpyxl
from openpyxl.utils.escape import unescape

from expected import Expected
from program import REPOSITORY, SHIPPED, run
from tables import Tables

HOSTILE = REPOSITORY / "tests" / "hostile"
UNITS = 32_767


def written(folder, *arguments, data=SHIPPED):
    """The path of a workbook."""
    path = pathlib.Path(folder) / "graph.xlsx"
    run("export", "--quiet", "-o", path, *arguments, data=data)
    return path


def text(cell):
    """A cell as text."""
    match cell.value:
        case bool(value):
            return str(value).lower()
        case datetime.datetime() as value:
            return value.date().isoformat()
        case str(value):
            return unescape(value)
        case value:
            return kept(str(value))


def kept(value):
    """What a cell keeps of a text: not more than fits, and of a number its value."""
    if re.fullmatch(r"-?\d{1,15}\.\d+", value) and sum(map(str.isdigit, value)) <= 15:
        return format(decimal.Decimal(value).normalize(), "f")
    if len(value.encode("utf-16-le")) // 2 <= UNITS:
        return value
    cut = value.encode("utf-16-le")[: (UNITS - 1) * 2].decode("utf-16-le", errors="ignore")
    return cut + "…"


def tables(case, *arguments, data=SHIPPED):
    """The rows of each sheet."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        workbook = openpyxl.load_workbook(written(folder, *arguments, data=data))
    for sheet in workbook:
        case.assertEqual(sheet.freeze_panes, "A2")
        case.assertEqual(bool(sheet.sheet_view.rightToLeft), "ar" in arguments)
        header, *rows = sheet.iter_rows()
        header = [cell.value for cell in header]
        case.assertEqual(len(set(header)), len(header))
        for row in rows:
            for cell in row:
                case.assertIn(cell.data_type, "snbd")
        found[sheet.title] = [{h: text(c) for h, c in zip(header, row) if c.value is not None} for row in rows]
    return Tables(found)


class Xlsx(unittest.TestCase):
    """The sheets are the graph."""

    def test_the_shipped_graph(self):
        expected, whole = Expected(), tables(self)
        self.assertIn("organization", whole.tables)
        whole.check_whole(self, expected, kept)
        tables(self, "--mode", "one-mode").check_one_mode(self, expected)
        tables(self, "--mode", "two-mode").check_two_mode(self, expected)

    def test_hostile_labels(self):
        expected, whole = Expected(HOSTILE), tables(self, data=HOSTILE)
        whole.check_whole(self, expected, kept)
        self.assertEqual(whole.entities["https://example.org/hostile/formula"]["label"], "=SUM(A1:A9)")
        self.assertTrue(whole.entities["https://example.org/hostile/long"]["label"].endswith("L…"))
        tables(self, "--mode", "one-mode", data=HOSTILE).check_one_mode(self, expected)

    def test_arabic_sheets_run_from_right_to_left(self):
        whole = tables(self, "--lang", "ar")
        self.assertIn("الاتحاد الدولي للاتصالات", {row["label"] for row in whole.tables["organization"]})

    def test_days_and_numbers_are_typed(self):
        with tempfile.TemporaryDirectory() as folder:
            workbook = openpyxl.load_workbook(written(folder))
        sheet = workbook["event"]
        header = [cell.value for cell in sheet[1]]
        for name, kind in (("validFrom", "d"), ("year", "n")):
            column = [row[header.index(name)] for row in sheet.iter_rows(min_row=2)]
            filled = [cell for cell in column if cell.value is not None]
            self.assertGreater(len(filled), 20)
            self.assertEqual({cell.data_type for cell in filled}, {kind})

    def test_there_is_no_formula_and_no_clock(self):
        with tempfile.TemporaryDirectory() as folder:
            first = written(folder, data=HOSTILE)
            with zipfile.ZipFile(first) as parts:
                self.assertEqual({part.date_time for part in parts.infolist()}, {(1980, 1, 1, 0, 0, 0)})
                for name in parts.namelist():
                    self.assertNotIn(b"<f>", parts.read(name))
                self.assertIn(b"1980-01-01T00:00:00Z", parts.read("docProps/core.xml"))
            sums = [hashlib.sha256(first.read_bytes()).digest()]
            sums.append(hashlib.sha256(written(folder, data=HOSTILE).read_bytes()).digest())
        self.assertEqual(*sums)


if __name__ == "__main__":
    unittest.main()
