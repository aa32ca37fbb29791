"""Compares what a job wrote with what one process writes."""

import collections
import contextlib
import csv
import gzip
import io
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import pyarrow.parquet

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(os.environ.get("RAPPORTEUR", REPOSITORY / "target" / "release" / "rapporteur"))
SHIPPED = REPOSITORY / "data" / "c24"

# The package is that of the repository, here and in the workers.
os.environ["RAPPORTEUR"] = str(PROGRAM)
os.environ["PYTHONPATH"] = str(REPOSITORY / "python")
sys.path.insert(0, str(REPOSITORY / "python"))


def free_port():
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@contextlib.contextmanager
def sail_server(environment):
    """Sail as a server in a process of its own, and its address."""
    port = free_port()
    sail = [pathlib.Path(sys.executable).parent / "sail", "spark", "server", "--port", str(port)]
    server = subprocess.Popen(sail, env=environment, stderr=subprocess.DEVNULL)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield server, f"sc://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def slow_program(folder, seconds=60):
    """A program that is the program, but when the file `slow` in the folder names a step, one such step takes so long."""
    script, folder = pathlib.Path(folder, "slow-program"), pathlib.Path(folder)
    test = f'[ "$2" = "$(cat {folder}/slow 2>/dev/null)" ] && mkdir {folder}/slept 2>/dev/null'
    script.write_text(f'#!/bin/sh\nif {test}; then sleep {seconds}; fi\nexec {PROGRAM} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return script


@contextlib.contextmanager
def small_disk(folder):
    """Makes a folder a disk of a quarter of a megabyte, and returns what makes it large. Raises `unittest.SkipTest` where that is not permitted."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, text=True, check=False)
    if mounted.returncode:
        raise unittest.SkipTest(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def one_process(*arguments):
    """Returns what one process writes to stdout, with violations or without."""
    result = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False)
    if result.returncode not in (0, 1):
        raise AssertionError(result.stderr.decode())
    return result.stdout


def content(path):
    """The bytes of a part, which may be packed."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def parts(folder):
    """The parts in a folder, in order."""
    found = [path for path in pathlib.Path(folder).iterdir() if path.is_file()]
    return sorted(path for path in found if not path.name.startswith(("_", ".")))


def equal(test, data, result, formats):
    """Asserts that findings and formats are those of one process."""
    found = one_process("check", "--data", data, "--verbose", "--all", "--message-format", "json").decode().splitlines()
    told = pathlib.Path(result.output, "findings.jsonl").read_text(encoding="utf-8").splitlines()
    same(test, found, told, "findings")
    test.assertEqual(list(result.written), list(formats))
    for name in formats:
        {"parquet": equal_tables, "neo4j": equal_import}.get(name, equal_lines)(test, data, result.written[name], name)
    manifest = json.loads(pathlib.Path(result.output, "manifest.json").read_text(encoding="utf-8"))
    listed = [file for files in manifest["files"].values() for file in files]
    for file in listed:
        test.assertEqual(pathlib.Path(result.output, file["path"]).stat().st_size, file["bytes"], file)
    test.assertEqual({name for name, files in manifest["files"].items() if files}, set(formats))


def equal_lines(test, data, folder, name):
    whole = one_process("export", "--data", data, "-f", name, "--keep-going", "--quiet").splitlines()
    same(test, sorted(whole), sorted(line for part in parts(folder) for line in content(part).splitlines()), name)


def equal_tables(test, data, folder, _):
    with tempfile.TemporaryDirectory() as made:
        one_process("export", "--data", data, "-f", "parquet", "-o", f"{made}/x", "--keep-going", "--quiet")
        for name in ("nodes", "edges", "claims"):
            whole = pyarrow.parquet.read_table(f"{made}/x/{name}.parquet")
            found = pyarrow.parquet.read_table(pathlib.Path(folder, name))
            # Engines name the items of a list, and say whether there may be none, each in its own way.
            plain = lambda kind: str(kind).replace("item", "element").replace(" not null", "")  # noqa: E731
            kinds = [[(field.name, plain(field.type)) for field in table.schema] for table in (whole, found)]
            test.assertEqual(*kinds)
            rows = [sorted(json.dumps(row, default=str) for row in table.to_pylist()) for table in (whole, found)]
            same(test, *rows, name)


def equal_import(test, data, folder, _):
    with tempfile.TemporaryDirectory() as made:
        one_process("export", "--data", data, "-f", "neo4j", "-o", f"{made}/x", "--keep-going", "--quiet")
        for name in ("nodes", "relationships"):
            whole = pathlib.Path(made, "x", f"{name}.csv").read_bytes()
            found = pathlib.Path(folder, f"{name}.csv").read_bytes() + b"".join(map(content, parts(pathlib.Path(folder, name))))
            rows = [list(csv.reader(io.StringIO(text.decode(), newline=""))) for text in (whole, found)]
            test.assertEqual(rows[0][0], rows[1][0])
            same(test, *(sorted(map(tuple, table)) for table in rows), name)
        delimiters = [pathlib.Path(path, "import.txt").read_text().partition("--array-delimiter=")[2][:8] for path in (f"{made}/x", folder)]
        test.assertEqual(*delimiters)


def same(test, whole, found, what):
    """Asserts that two lists are equal, and says what one has and not the other."""
    if whole != found:
        less, more = collections.Counter(whole), collections.Counter(found)
        missing, additional = list((less - more).elements()), list((more - less).elements())
        shown = [f"- {it}" for it in missing[:5]] + [f"+ {it}" for it in additional[:5]]
        test.fail("\n".join([f"{what}: {len(missing)} missing, {len(additional)} additional of {len(whole)}", *shown]))
