"""Runs the program, on the shipped data set and on one with planted mistakes."""

import pathlib
import re
import shutil
import subprocess
import tomllib

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = REPOSITORY / "target" / "release" / "rapporteur"
SHIPPED = REPOSITORY / "data" / "c24"


def version():
    """The version of the program."""
    with open(REPOSITORY / "Cargo.toml", "rb") as file:
        return tomllib.load(file)["package"]["version"]


def run(*arguments, data=SHIPPED, allowed=(0,)):
    """Returns what the program writes to stdout."""
    result = subprocess.run([PROGRAM, "--data", data, *arguments], capture_output=True, text=True, check=False)
    if result.returncode not in allowed:
        raise AssertionError(f"exit code {result.returncode}: {result.stderr}")
    return result.stdout


def export(format_name, *arguments, data=SHIPPED, allowed=(0,)):
    """Returns the graph in a format."""
    return run("export", "-f", format_name, *arguments, "--quiet", data=data, allowed=allowed)


def plant(folder):
    """Copies the shipped data set to a folder and adds the planted tables, without their marks."""
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    for path in sorted((REPOSITORY / "tests" / "mistakes").iterdir()):
        if path.suffix != ".md":
            text = re.sub("⟦[^:]*:|⟧", "", path.read_text(encoding="utf-8"))
            (folder / f"planted-{path.name}").write_text(text, encoding="utf-8")
