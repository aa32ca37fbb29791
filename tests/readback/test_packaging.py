"""The packages of the program: one for Debian, and the list of all that it is built from."""

import gzip
import json
import pathlib
import subprocess
import tempfile
import tomllib
import unittest

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from program import REPOSITORY, version

# `cargo deb` and `cargo cyclonedx`, compiled by `.ci/run`.
TOOLS = REPOSITORY / "target" / "tools" / "bin"
# The folder from which the package takes manual pages and completions.
PACKAGING = REPOSITORY / "target" / "packaging"


def tool(name, *arguments):
    """Runs a command of cargo that was compiled for this."""
    subprocess.run([TOOLS / f"cargo-{name}", name, *arguments], cwd=REPOSITORY, check=True, capture_output=True)


class Debian(unittest.TestCase):
    """The package for Debian, unpacked."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.package = pathlib.Path(folder.name, "rapporteur.deb")
        subprocess.run(
            ["cargo", "run", "--quiet", "--locked", "--example", "packaging", "--", PACKAGING], cwd=REPOSITORY, check=True
        )
        tool("deb", "--no-build", "--fast", "--quiet", "--output", str(cls.package))
        cls.root = pathlib.Path(folder.name, "root")
        subprocess.run(["dpkg-deb", "--extract", cls.package, cls.root], check=True)

    def field(self, name):
        return subprocess.run(["dpkg-deb", "--field", self.package, name], capture_output=True, text=True, check=True).stdout

    def test_it_says_what_it_is_and_needs_nothing_but_the_c_library(self):
        self.assertEqual(self.field("Package"), "rapporteur\n")
        self.assertTrue(self.field("Version").startswith(version()))
        # Debian adds libgcc where the linker wants it.
        needed = {one.split()[0] for one in self.field("Depends").split(", ")}
        self.assertLessEqual(needed, {"libc6", "libgcc-s1"})

    def test_the_program_in_it_builds_the_shipped_data_set(self):
        with tempfile.TemporaryDirectory() as folder:
            command = [self.root / "usr" / "bin" / "rapporteur", "build", "--quiet", "-o", "out"]
            subprocess.run(command, cwd=folder, env={"PATH": "", "HOME": folder}, check=True)
            self.assertTrue(pathlib.Path(folder, "out", "manifest.json").is_file())

    def test_there_is_a_manual_page_for_each_command(self):
        program = self.root / "usr" / "bin" / "rapporteur"
        said = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
        listed = said.split("Commands:\n")[1].split("\n\n")[0].splitlines()
        commands = {line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "} - {"help"}
        self.assertGreater(len(commands), 15)
        pages = self.root / "usr" / "share" / "man" / "man1"
        names = {page.name.removesuffix(".1.gz") for page in pages.iterdir()}
        self.assertEqual(names, {"rapporteur"} | {f"rapporteur-{command}" for command in commands})
        for page in pages.iterdir():
            self.assertTrue(gzip.decompress(page.read_bytes()).lstrip().startswith(b".ie"), page.name)

    def test_a_shell_completes_commands_and_options(self):
        completions = self.root / "usr" / "share" / "bash-completion" / "completions" / "rapporteur"
        script = f"""source {completions}
            COMP_WORDS=(rapporteur dr) COMP_CWORD=1; _rapporteur rapporteur dr rapporteur; echo "${{COMPREPLY[@]}}"
            COMP_WORDS=(rapporteur draw --aro) COMP_CWORD=2; _rapporteur rapporteur --aro draw; echo "${{COMPREPLY[@]}}" """
        said = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
        self.assertEqual(said.splitlines(), ["draw", "--around"])

    def test_licences_and_changes_are_in_it(self):
        folder = self.root / "usr" / "share" / "doc" / "rapporteur"
        names = {path.name for path in folder.iterdir()}
        self.assertLessEqual({"copyright", "LICENSE-APACHE", "LICENSE-MIT", "LICENSE-DejaVu", "CHANGELOG.md"}, names)


class Bill(unittest.TestCase):
    """The bill of materials, in CycloneDX."""

    def test_it_is_valid_and_names_every_crate_of_the_program(self):
        tool("cyclonedx", "--quiet", "--format", "json", "--spec-version", "1.5", "--override-filename", "bill-of-materials")
        path = REPOSITORY / "bill-of-materials.json"
        self.addCleanup(path.unlink)
        text = path.read_text(encoding="utf-8")
        self.assertIsNone(JsonStrictValidator(SchemaVersion.V1_5).validate_str(text))
        bill = json.loads(text)
        named = {(one["name"], one["version"]) for one in bill["components"]}
        self.assertEqual(bill["metadata"]["component"]["version"], version())
        command = ["cargo", "tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]
        tree = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
        built = {(words[0], words[1].removeprefix("v")) for line in tree.splitlines() if (words := line.split())}
        built.discard(("rapporteur", version()))
        self.assertEqual(built - named, set())
        with open(REPOSITORY / "Cargo.lock", "rb") as file:
            locked = {(one["name"], one["version"]) for one in tomllib.load(file)["package"]}
        self.assertLessEqual(named, locked)
        self.assertEqual([one["name"] for one in bill["components"] if not one.get("licenses")], [])


if __name__ == "__main__":
    unittest.main()
