"""The text of a page, extracted by poppler, is the text of the picture in the order of reading."""

import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from program import run

TEXT = "{http://www.w3.org/2000/svg}text"


def words(text):
    """The words and numbers of a text, sorted. Poppler puts brackets beside Latin letters in an Arabic line elsewhere."""
    return sorted(re.findall("[\u0620-\u0670]+|[A-Za-zÀ-ž]+|[0-9]+", text))


class Pages(unittest.TestCase):
    """Pages in both languages."""

    def test_every_word_is_extracted_in_the_order_of_its_letters(self):
        for language in ["en", "ar"]:
            sections = [["--section", section] for section in ["2", "6", "12"]]
            for part in [*sections, ["--events"], ["--events", "--section", "3", "--style", "print"]]:
                arguments = ["--lang", language, "draw", *part]
                picture = ElementTree.fromstring(run(*arguments, "-f", "svg"))
                expected = words(" ".join(element.text for element in picture.iter(TEXT)))
                with tempfile.TemporaryDirectory() as folder:
                    page = pathlib.Path(folder) / "page.pdf"
                    run(*arguments, "-o", page)
                    extracted = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, text=True, check=True)
                self.assertEqual(words(extracted.stdout), expected)


if __name__ == "__main__":
    unittest.main()
