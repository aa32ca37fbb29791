"""What the bundled font lacks is drawn with a font that is given, and named with the option where none is."""

import pathlib
import subprocess
import tempfile
import unittest

from program import PROGRAM, SHIPPED, run

FONTS = ["wqy/wqy-zenhei.ttc", "../opentype/noto/NotoSansCJK-Regular.ttc"]
FONT = next((path for path in (pathlib.Path("/usr/share/fonts/truetype") / name for name in FONTS) if path.is_file()), None)
CHINESE = ["--lang", "zh", "draw", "--around", "gdc"]


class Font(unittest.TestCase):
    """Pictures in Chinese."""

    def test_without_a_font_each_text_is_named_with_the_option(self):
        for extension in ["png", "pdf"]:
            failed = subprocess.run([PROGRAM, "--data", SHIPPED, *CHINESE, "-f", extension], capture_output=True, check=False)
            self.assertEqual((failed.returncode, failed.stdout), (2, b""))
            told = failed.stderr.decode()
            self.assertIn("全球数字契约", told)
            self.assertIn("--font FILE", told)
            self.assertIn("fonts-noto-cjk", told)

    @unittest.skipIf(FONT is None, "no font for Chinese is installed: fonts-wqy-zenhei or fonts-noto-cjk")
    def test_with_a_font_it_is_text_of_a_page_and_the_same_each_time(self):
        with tempfile.TemporaryDirectory() as folder:
            pages = [pathlib.Path(folder) / name for name in ["one.pdf", "two.pdf"]]
            for page in pages:
                run(*CHINESE, "--font", FONT, "-o", page)
            self.assertEqual(pages[0].read_bytes(), pages[1].read_bytes())
            text = subprocess.run(["pdftotext", pages[0], "-"], capture_output=True, text=True, check=True).stdout
            self.assertIn("全球数字契约", "".join(text.split()))
            picture = pathlib.Path(folder) / "one.png"
            run(*CHINESE, "--font", FONT, "-o", picture)
            self.assertTrue(picture.read_bytes().startswith(b"\x89PNG"))


if __name__ == "__main__":
    unittest.main()
