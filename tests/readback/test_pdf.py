"""The text of a page, extracted by poppler, is the text of the picture in the order of reading."""

import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from program import run

TEXT = "{http://www.w3.org/2000/svg}text"


def plain(text):
    """A text without marks of direction, and with single spaces."""
    return " ".join(re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text).split())


def words(text):
    """The words, numbers, brackets and other signs of a text, sorted."""
    return sorted(re.findall("[\u0620-\u0670]+|[A-Za-zÀ-ž]+|[0-9]+|[^\\w\\s]", text))


class Pages(unittest.TestCase):
    """Pages in both languages."""

    def test_every_line_is_extracted_in_the_order_of_reading(self):
        for language in ["en", "ar"]:
            sections = [["--whole", "--section", section] for section in ["2", "6", "12"]]
            for part in [*sections, ["--events"], ["--events", "--section", "3", "--style", "print"]]:
                arguments = ["--lang", language, "draw", *part]
                picture = ElementTree.fromstring(run(*arguments, "-f", "svg"))
                lines = [plain(element.text) for element in picture.iter(TEXT)]
                with tempfile.TemporaryDirectory() as folder:
                    page = pathlib.Path(folder) / "page.pdf"
                    run(*arguments, "-o", page)
                    extracted = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, text=True, check=True)
                text = plain(extracted.stdout)
                self.assertEqual(words(text), words(" ".join(lines)))
                self.assertEqual([line for line in lines if line not in text], [])


if __name__ == "__main__":
    unittest.main()
