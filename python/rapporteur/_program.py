"""Where the program is, how it is run, and what its failures are."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from typing import Any


class RapporteurError(Exception):
    """Why there is no result: what is wrong, and what to do about it."""

    def __init__(self, message: str, help: str | None = None, causes: Sequence[str] = ()) -> None:
        self.message = message
        """What is wrong, in one sentence."""
        self.help = help
        """What to do about it, if that is known."""
        self.causes = list(causes)
        """What it comes from, nearest first."""
        lines = [message, *(f"because: {cause}" for cause in self.causes)]
        super().__init__("\n".join([*lines, f"help: {help}"] if help else lines))


class ProgramError(RapporteurError):
    """The program is not there, or ended in a way that it should not."""


class QueryError(RapporteurError):
    """A query has no answer."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.line: int | None = entry.get("line")
        """The line of the query, from 1, if one is meant."""
        self.column: int | None = entry.get("column")
        """The character of the line, from 1."""
        place = f"query:{self.line}:{self.column}: " if self.line else ""
        super().__init__(place + entry["message"], entry.get("help"), entry.get("causes", []))


class DataError(RapporteurError):
    """The data set has violations, and nothing is made of it."""

    def __init__(self, findings: list[dict[str, Any]]) -> None:
        self.findings = findings
        """The findings as the program writes them, each with its file, line and column or sheet and cell."""
        first = findings[0]
        place = ":".join(str(first[key]) for key in ("file", "line", "column", "sheet", "cell") if key in first)
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{place}: {first['message']}{more}", first.get("help"))


def program() -> str:
    """Returns the path of the program.

    It is `RAPPORTEUR` of the environment, else the one that was installed with this package, else one on the path.
    """
    if chosen := os.environ.get("RAPPORTEUR"):
        return chosen
    name = "rapporteur" + (sysconfig.get_config_var("EXE") or "")
    for scheme in (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")):
        candidate = pathlib.Path(sysconfig.get_path("scripts", scheme), name)
        if candidate.is_file():
            return str(candidate)
    if found := shutil.which("rapporteur"):
        return found
    raise ProgramError("the program `rapporteur` is not installed", "install the package with pip, or name the program in RAPPORTEUR")


def run(arguments: Sequence[str], text: str | None = None, allowed: Sequence[int] = (0,)) -> bytes:
    """Runs the program and returns what it writes to stdout.

    `text` goes to its stdin. Raises what its message says if the exit code is not allowed.
    """
    verbosity = [] if "--verbose" in arguments else ["--quiet"]
    command = [program(), arguments[0], *verbosity, "--message-format=json", "--all", *arguments[1:]]
    result = subprocess.run(
        command,
        input=text.encode() if text is not None else None,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        check=False,
    )
    if result.returncode not in allowed:
        raise _error(result.returncode, result.stderr.decode(errors="replace"))
    return result.stdout


def json_lines(text: str) -> Iterator[dict[str, Any]]:
    """Yields the objects of a text of JSON Lines; other lines are passed over."""
    for line in text.splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _error(code: int, stderr: str) -> RapporteurError:
    entries = list(json_lines(stderr))
    findings = [entry for entry in entries if entry.get("severity") == "violation" and "message" in entry]
    if findings:
        return DataError(findings)
    for entry in entries:
        if entry.get("severity") == "error":
            if entry.get("file") == "query":
                return QueryError(entry)
            return RapporteurError(entry["message"], entry.get("help"), entry.get("causes", []))
    usage = stderr.removeprefix("error: ").partition("\n")[0]
    return RapporteurError(usage) if stderr.startswith("error: ") else ProgramError(stderr or f"the program ended with code {code}")
