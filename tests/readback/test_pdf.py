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

    def test_letters_have_the_size_of_the_sheet(self):
        arguments = ["draw", "--mode", "one-mode", "--top", "20"]
        shapes = {}
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.pdf"
            for sheet in [[], ["--page", "a4"], ["--page", "a3"], ["--page", "16x9"]]:
                run(*arguments, *sheet, "-o", page)
                boxes = subprocess.run(["pdftotext", "-bbox", page, "-"], capture_output=True, text=True, check=True).stdout
                found = re.findall('xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">([A-Za-z]{6,})</word>', boxes)
                self.assertGreater(len(found), 10)
                for left, top, right, bottom, word in found:
                    shape = (float(right) - float(left)) / (float(bottom) - float(top))
                    shapes.setdefault(word, []).append(shape)
        # A word is as wide for its height on every sheet; bold ones are a little wider.
        self.assertEqual([word for word, seen in shapes.items() if max(seen) > 1.2 * min(seen)], [])


if __name__ == "__main__":
    unittest.main()
