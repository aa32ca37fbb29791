"""What a new user does: `new`, rows written into the workbook, `check`, `draw`, `show`; no edit of dataset.toml."""

import hashlib
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import openpyxl

from program import PROGRAM, REPOSITORY

# Headings and words as people write them: by the headings of the new workbook, in any case.
ENGLISH = {
    "Organization": [
        {"Id": "itu", "Class": "Specialized agency", "Name": "International Telecommunication Union", "Acronym": "ITU", "Source": "report#1"},
        {"Id": "undp", "Class": "programme, fund or similar entity", "Name": "United Nations Development Programme", "Acronym": "UNDP", "Source": "report#1"},
    ],
    "Initiative": [
        {"Id": "dpi", "Class": "Initiative", "Name": "Digital Public Infrastructure", "Start date": "2023-09", "Source": "report#1"},
    ],
    "Event": [
        {"Id": "summit", "Class": "conference", "Name": "Summit of the Future", "Start date": "2024-09-22", "End date": "2024-09-23", "Event status": "Scheduled", "Held in": "New York", "Source": "report#2.10"},
    ],
    "Place": [{"Id": "new-york", "Class": "City", "Name": "New York", "Source": "report#2.10"}],
    "Paragraph": [{"Document": "report", "Number": "1", "Heading": "Initiatives"}, {"Document": "report", "Number": "2.10"}],
    "Statement": [
        {"Subject": "ITU", "Property": "leads", "Object": "Digital Public Infrastructure", "From": "2023-09", "Role": "co-lead", "Source": "report#1"},
        {"Subject": "UNDP", "Property": "Leads", "Object": "dpi", "From": "2023-09", "Role": "Co-lead", "Source": "report#1"},
        {"Subject": "itu", "Property": "participates in", "Object": "Summit of the Future", "Source": "report#2.10"},
    ],
}
ARABIC = {
    "منظمة": [
        {"المعرِّف": "itu", "الفئة": "وكالة متخصصة", "الاسم": "الاتحاد الدولي للاتصالات", "الاسم المختصر": "ITU", "المصدر": "report#1"},
        {"المعرِّف": "undp", "الفئة": "منظمة", "الاسم": "برنامج الأمم المتحدة الإنمائي", "المصدر": "report#1"},
    ],
    "مبادرة": [{"المعرِّف": "dpi", "الفئة": "شراكة", "الاسم": "البنية التحتية الرقمية العامة", "المصدر": "report#1"}],
    "فقرة": [{"الوثيقة": "report", "الرقم": "1"}, {"الوثيقة": "report", "الرقم": "2"}],
    "بيان": [
        {"الطرف الأول": "الاتحاد الدولي للإتصالات", "الخاصية": "يقود", "الطرف الثاني": "البنيه التحتيه الرقميه العامه", "من": "2023-09", "الدور": "شريك في القيادة", "المصدر": "report#1"},
        {"الطرف الأول": "undp", "الخاصية": "يدعم", "الطرف الثاني": "dpi", "المصدر": "report#2"},
    ],
}
GUIDES = {"en": "Read me", "ar": "اقرأني", "fr": "Lisez-moi", "es": "Léame", "ru": "Справка", "zh": "说明"}


def fill(path, tables):
    """Writes rows under the headings, over the examples, which are emptied."""
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.font.italic:
                    cell.value = None
    for name, rows in tables.items():
        sheet = workbook[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, start=2):
            for heading, text in row.items():
                sheet.cell(number, columns[heading], text)
    workbook.save(path)


class FirstDataSet(unittest.TestCase):
    """From nothing to a picture."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.commands = 0

    def run_program(self, *arguments, code=0):
        self.commands += 1
        result = subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout + result.stderr

    def from_nothing_to_a_picture(self, tag, report, tables):
        """The four commands of a new user. Returns the picture and what `show` says."""
        self.run_program("new", "mine", "--lang", tag, "--report", report)
        config = (self.folder / "mine" / "dataset.toml").read_text(encoding="utf-8")
        fill(self.folder / "mine" / "data.xlsx", tables)
        self.assertNotIn("violation[", self.run_program("--data", "mine", "check"))
        self.run_program("--data", "mine", "draw", "-o", "picture.svg")
        shown = self.run_program("--data", "mine", "show", "ITU")
        self.assertLessEqual(self.commands, 6)
        self.assertEqual((self.folder / "mine" / "dataset.toml").read_text(encoding="utf-8"), config)
        return (self.folder / "picture.svg").read_text(encoding="utf-8"), shown

    def test_in_english(self):
        picture, shown = self.from_nothing_to_a_picture("en", "Digital cooperation", ENGLISH)
        for name in ("International Telecommunication", "Digital Public", "Summit of the Future", "Digital cooperation"):
            self.assertIn(name, picture)
        for text in ("Digital Public Infrastructure", "co-lead", "from: 2023-09", "[report#1]", "[report#2.10]"):
            self.assertIn(text, shown)
        self.assertNotIn("Example ", picture)

    def test_in_arabic(self):
        picture, shown = self.from_nothing_to_a_picture("ar", "تقرير عن التعاون الرقمي", ARABIC)
        self.assertIn("الاتحاد الدولي للاتصالات", shown)
        for text in ("شريك في القيادة", "2023-09", "[report#1]"):
            self.assertIn(text, shown)
        self.assertIn("rtl", picture)

    def test_a_new_data_set_is_checked_drawn_and_built_as_it_is(self):
        for tag in GUIDES:
            written = []
            for kind, more in (("workbook", ()), ("csv", ("--csv",))):
                name = f"{kind}/{tag}"
                self.run_program("new", name, "--lang", tag, *more)
                said = self.run_program("--data", name, "check")
                self.assertNotIn("warning[", said)
                self.run_program("--data", name, "build", "-o", f"{name}-out")
                self.assertTrue((self.folder / f"{name}-out" / "site" / "index.html").is_file())
                written.append(self.run_program("--quiet", "--data", name, "export", "-f", "ntriples"))
            self.assertEqual(*written, "the same is said in the workbook and in CSV files")

    def test_nothing_is_written_over(self):
        self.run_program("new", "mine")
        before = hashlib.sha256((self.folder / "mine" / "data.xlsx").read_bytes()).digest()
        self.assertIn("is there already", self.run_program("new", "mine", "--title", "Other", code=2))
        self.assertEqual(hashlib.sha256((self.folder / "mine" / "data.xlsx").read_bytes()).digest(), before)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["mine"])

    def test_the_same_is_made_twice(self):
        for name in ("one/mine", "two/mine"):
            self.run_program("new", name, "--lang", "ar")
        one, two = ((self.folder / name / "mine" / "data.xlsx").read_bytes() for name in ("one", "two"))
        self.assertEqual(one, two)

    def test_the_workbook_helps(self):
        for tag, guide in GUIDES.items():
            self.run_program("new", tag, "--lang", tag)
            workbook = openpyxl.load_workbook(self.folder / tag / "data.xlsx")
            self.assertEqual(workbook.sheetnames[0], guide)
            self.assertEqual(len(workbook.sheetnames), 12)
            lists = 0
            for sheet in workbook:
                if sheet.title == "lists":
                    self.assertEqual(sheet.sheet_state, "hidden")
                    continue
                self.assertEqual(bool(sheet.sheet_view.rightToLeft), tag == "ar")
                if sheet.title == guide:
                    self.assertEqual(sheet.max_row, 9)
                    continue
                self.assertEqual(sheet.freeze_panes, "A2")
                for cell in sheet[1]:
                    self.assertTrue(cell.comment is not None and cell.comment.text, f"{tag} {sheet.title} {cell.value}")
                    self.assertGreaterEqual(sheet.column_dimensions[cell.column_letter].width, 10)
                lists += self.count_lists(workbook, sheet)
            # Class and sources of each of eight classes; what they refer to; paragraphs; statements with their qualifiers.
            self.assertEqual(lists, 43, tag)

    def count_lists(self, workbook, sheet):
        """How many columns have a list. Each leads to words, or to formulas."""
        found = sheet.data_validations.dataValidation
        for validation in found:
            self.assertEqual(validation.type, "list")
            self.assertFalse(validation.showErrorMessage)
            first = validation.formula1.split("!")[1].split(":")[0].split(",")[0].replace("$", "")
            self.assertTrue(workbook["lists"][first].value)
        return len(found)

    def test_libreoffice_saves_the_same_data_and_computes_the_lists(self):
        self.run_program("new", "mine", "--report", "Digital cooperation")
        path = self.folder / "mine" / "data.xlsx"
        fill(path, ENGLISH)
        written = self.run_program("--quiet", "--data", "mine", "export", "-f", "ntriples")
        for extension in ("xlsx", "ods"):
            profile = (self.folder / "profile").as_uri()
            command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", extension, "--outdir", self.folder / extension, path]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            saved = self.folder / "saved" / extension
            saved.mkdir(parents=True)
            (saved / "dataset.toml").write_bytes((self.folder / "mine" / "dataset.toml").read_bytes())
            (saved / f"data.{extension}").write_bytes((self.folder / extension / f"data.{extension}").read_bytes())
            self.assertEqual(self.run_program("--quiet", "--data", f"saved/{extension}", "export", "-f", "ntriples"), written)
        saved = openpyxl.load_workbook(self.folder / "xlsx" / "data.xlsx", data_only=True)
        offered = {cell.value for column in saved["lists"].iter_cols() for cell in column}
        for text in ("International Telecommunication Union", "New York", "report#2.10", "co-lead", "specialized agency"):
            self.assertIn(text, offered)
        names = [cell.value for cell in saved["lists"]["L"] if cell.value]
        self.assertEqual(names[:3], ["Digital cooperation", "International Telecommunication Union", "United Nations Development Programme"])
        self.assertEqual(len(names), 8)
        before = openpyxl.load_workbook(path)
        for sheet in before:
            lists = len(saved[sheet.title].data_validations.dataValidation)
            self.assertEqual(lists, len(sheet.data_validations.dataValidation), sheet.title)

    def test_lists_offer_what_stands_below_empty_rows(self):
        self.run_program("new", "mine")
        path = self.folder / "mine" / "data.xlsx"
        fill(path, ENGLISH)
        workbook = openpyxl.load_workbook(path)
        for name, row in (("Organization", 900), ("Paragraph", 1001)):
            for cell in workbook[name][2]:
                workbook[name].cell(row, cell.column, cell.value)
                cell.value = None
        # Cells ask for what each list holds.
        found = [validation.formula1 for sheet in workbook for validation in sheet.data_validations.dataValidation]
        found = sorted({formula for formula in found if formula.startswith("OFFSET(")})
        asked = workbook.create_sheet("asked")
        for row, formula in enumerate(found, start=1):
            asked.append([f"=ROWS({formula})", *(f'=IFERROR(INDEX({formula},{number}),"")' for number in range(1, 10))])
        workbook.save(self.folder / "asked.xlsx")
        command = ["soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", self.folder / "saved", self.folder / "asked.xlsx"], check=True, capture_output=True, timeout=300)
        answers = openpyxl.load_workbook(self.folder / "saved" / "asked.xlsx", data_only=True)["asked"]
        offered = [[value for value in row[1 : 1 + row[0]]] for row in answers.iter_rows(values_only=True)]
        union, programme = "International Telecommunication Union", "United Nations Development Programme"
        self.assertIn([programme, union], offered)
        self.assertIn(["New York"], offered)
        self.assertIn(["report#2.10", "report#1"], offered)
        # Nothing of a class is one empty cell, which a formula takes for 0.
        self.assertIn([0], offered)
        self.assertIn([programme, union, "Digital Public Infrastructure", "Summit of the Future", "New York"], [every[-5:] for every in offered])
        self.assertEqual(len(offered), 8)


class Tutorial(unittest.TestCase):
    """docs/first-data-set.md: its tables are filled in, its commands run, and what they say and draw is compared."""

    PAGE = REPOSITORY / "docs" / "first-data-set.md"

    def test_the_page_says_what_happens(self):
        text, update = self.PAGE.read_text(encoding="utf-8"), bool(os.environ.get("UPDATE_EXPECT"))
        parts = re.split(r"(^Sheet \*\*[^\n]+\n\n(?:\|[^\n]*\n)+|^```sh\n.*?^```\n(?:\n```text\n.*?^```\n)?)", text, flags=re.M | re.S)
        with tempfile.TemporaryDirectory() as folder:
            self.folder, self.emptied, self.commands = pathlib.Path(folder), False, 0
            for number in range(1, len(parts), 2):
                if parts[number].startswith("Sheet"):
                    self.fill(parts[number])
                else:
                    parts[number] = self.run_command(parts[number])
            drawn = sorted(self.folder.glob("*.svg"))
            self.assertEqual([path.name for path in drawn], ["first-data-set.svg", "first-timeline.svg"])
            for path in drawn:
                self.assertIn(f"]({path.name})", text)
                kept = self.PAGE.with_name(path.name)
                if update:
                    shutil.copyfile(path, kept)
                self.assertEqual(path.read_text(encoding="utf-8"), kept.read_text(encoding="utf-8"))
        self.assertEqual(self.commands, 7)
        if update:
            self.PAGE.write_text("".join(parts), encoding="utf-8")
        self.assertEqual("".join(parts), self.PAGE.read_text(encoding="utf-8"))

    def fill(self, part):
        """Writes a table of the page below what its sheet holds; first of all, the examples are emptied."""
        path = self.folder / "council" / "data.xlsx"
        if not self.emptied:
            fill(path, {})
            self.emptied = True
        title, *lines = part.strip().split("\n")
        name = re.match(r"Sheet \*\*(.+?)\*\*", title).group(1)
        headings, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line]
        workbook = openpyxl.load_workbook(path)
        if name not in workbook.sheetnames:
            workbook.create_sheet(name).append(headings)
        sheet = workbook[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        used = [cell.row for column in sheet.iter_cols() for cell in column if cell.value is not None]
        for number, row in enumerate(rows, start=max(used) + 1):
            for heading, text in zip(headings, row, strict=True):
                if text:
                    sheet.cell(number, columns[heading], text)
        workbook.save(path)

    def run_command(self, part):
        """Runs a command of the page. Returns it with what it says."""
        command, said = re.fullmatch(r"```sh\nrapporteur (.*?)\n```\n(\n```text\n.*?```\n)?", part, flags=re.S).groups()
        result = subprocess.run([PROGRAM, *shlex.split(command)], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.commands += 1
        shown = f"```sh\nrapporteur {command}\n```\n"
        lines = "".join(f"{line.rstrip()}\n" for line in (result.stdout + result.stderr).splitlines())
        return shown + f"\n```text\n{lines}```\n" if said else shown


if __name__ == "__main__":
    unittest.main()
