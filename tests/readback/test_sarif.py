"""SARIF, judged by its schema."""

import json
import pathlib
import subprocess
import tempfile
import unittest

import jsonschema

from program import REPOSITORY, plant, run


def schema():
    """The schema of SARIF 2.1.0, from the package that carries it."""
    manifest = REPOSITORY / "tests" / "readback" / "schemas" / "Cargo.toml"
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--manifest-path", manifest]
    metadata = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    package = next(package for package in metadata["packages"] if package["name"] == "serde-sarif")
    path = pathlib.Path(package["manifest_path"]).parent / "src" / "schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


class Sarif(unittest.TestCase):
    """What check writes is SARIF 2.1.0."""

    def test_findings_are_valid_sarif(self):
        validator = jsonschema.validators.validator_for(schema())(schema())
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            plant(folder)
            written = json.loads(run("check", "--message-format", "sarif", data=folder, allowed=(1,)))
        self.assertEqual([error.message for error in validator.iter_errors(written)], [])
        self.assertEqual(written["version"], "2.1.0")
        self.assertGreaterEqual(len(written["runs"][0]["results"]), 25)

    def test_no_findings_are_valid_sarif_too(self):
        validator = jsonschema.validators.validator_for(schema())(schema())
        written = json.loads(run("check", "--message-format", "sarif"))
        self.assertEqual([error.message for error in validator.iter_errors(written)], [])
        self.assertEqual(written["runs"][0]["results"], [])


if __name__ == "__main__":
    unittest.main()
