"""What workers do: each runs the program, which has all rules, and hands it rows over a pipe.

The functions are for `DataFrame.mapInArrow`. They import nothing of Spark, and keep nothing in memory but a batch.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import pathlib
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

import pyarrow
import pyarrow.csv
import pyarrow.dataset
import pyarrow.json
import pyarrow.parquet

from .._program import ProgramError, program
from ._store import Place

Batches = Iterable[pyarrow.RecordBatch]

PIECE = "file string, offset bigint, length bigint, line bigint, head boolean, sha256 string"
RECORD = "what string, one string, other string, text string"
ROW = (
    "file string, line bigint, kind string, text string, id string, document boolean, owners array<string>, ends array<string>, "
    "refs array<string>, folded array<string>, documents array<string>, numbers array<string>, names array<string>, written array<string>, "
    "acronyms array<string>, unsure array<string>"
)
BLOCK = "text string"

_TEXTS = pyarrow.list_(pyarrow.string())
_LISTS = ("owners", "ends", "refs", "folded", "documents", "numbers", "names", "written", "acronyms", "unsure")
_RECORDS = pyarrow.schema([(name, pyarrow.string()) for name in ("what", "one", "other", "text")])
_ROWS = pyarrow.schema(
    [
        ("line", pyarrow.int64()),
        ("kind", pyarrow.string()),
        ("text", pyarrow.string()),
        ("id", pyarrow.string()),
        ("document", pyarrow.bool_()),
        *((name, _TEXTS) for name in _LISTS),
    ]
)
_PIECES = pyarrow.schema(
    [
        ("file", pyarrow.string()),
        *((name, pyarrow.int64()) for name in ("offset", "length", "line")),
        ("head", pyarrow.bool_()),
        ("sha256", pyarrow.string()),
    ]
)
_SIZE = 1 << 20


@contextlib.contextmanager
def unpacked(files: dict[str, bytes]) -> Iterator[pathlib.Path]:
    """Puts the files of the plan, which travel with the tasks, into a folder of the worker."""
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        for name, content in files.items():
            if name.endswith("/"):
                pathlib.Path(folder, name).mkdir(parents=True, exist_ok=True)
            else:
                pathlib.Path(folder, name).write_bytes(content)
        yield pathlib.Path(folder)


@contextlib.contextmanager
def running(arguments: Sequence[str], feed: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Runs a step of the program while another thread feeds it, and gives what it writes.

    A task that is given up ends it. Raises what its message says if it fails.
    """
    with tempfile.TemporaryFile() as errors:
        command = [program(), "shard", *arguments]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        assert process.stdin is not None and process.stdout is not None
        stdin, failures = process.stdin, []

        def write() -> None:
            try:
                with stdin:
                    feed(stdin)
            except BrokenPipeError:
                pass  # It says why it went away.
            except BaseException as error:
                failures.append(error)
                process.kill()

        feeder = threading.Thread(target=write, daemon=True)
        feeder.start()
        try:
            yield process.stdout
            process.stdout.read()
            process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()
            feeder.join()
        if failures:
            raise failures[0]
        if process.returncode not in (0, 1):
            errors.seek(0)
            message = errors.read().decode(errors="replace").strip()
            raise ProgramError(message or f"`{' '.join(arguments[:1])}` ended with code {process.returncode}")


def run(arguments: Sequence[str], lines: Iterable[bytes] = ()) -> bytes:
    """Runs a step on the driver with what is little, and returns what it writes."""

    def feed(stdin: IO[bytes]) -> None:
        for line in lines:
            stdin.write(line)

    with running(arguments, feed) as stdout:
        return stdout.read()


def splitter(piece: int) -> Callable[[Batches], Batches]:
    """Cuts files into pieces, and takes the hash of each."""

    def split(batches: Batches) -> Batches:
        for batch in batches:
            for table in batch.to_pylist():

                def feed(stdin: IO[bytes], place: Place = Place(table["address"])) -> None:
                    with place.stream() as file:
                        while block := file.read(_SIZE):
                            stdin.write(block)

                arguments = ["split", f"--length={piece}"]
                arguments += [f"--delimiter={table['delimiter']}"] if table["delimiter"] else []
                with running(arguments, feed) as stdout:
                    found = [json.loads(line) for line in stdout]
                whole = found.pop()
                end = {"offset": whole["bytes"], "length": 0, "line": whole["lines"], "sha256": whole["sha256"]}
                rows = [{"sha256": None, "head": False, **part, "file": table["file"]} for part in [*found, end]]
                columns = {name: [row[name] for row in rows] for name in _PIECES.names}
                yield pyarrow.RecordBatch.from_pydict(columns, _PIECES)

    return split


def rows_reader(files: dict[str, bytes], data: str) -> Callable[[Batches], Batches]:
    """Reads pieces, and tells of each row what it declares and names."""

    def read(batches: Batches) -> Batches:
        with unpacked(files) as folder:
            for batch in batches:
                for piece in batch.to_pylist():
                    place = Place(data) / piece["file"]

                    def feed(stdin: IO[bytes], place: Place = place, piece: dict[str, Any] = piece) -> None:
                        stdin.write(place.read(piece["offset"], piece["length"]))

                    arguments = ["rows", f"--data={folder}", f"--table={piece['file']}", f"--line={piece['line']}"]
                    with running(arguments, feed) as stdout:
                        for read in _json(stdout, _ROWS):
                            names = pyarrow.array([piece["file"]] * len(read), pyarrow.string())
                            yield pyarrow.RecordBatch.from_arrays(
                                [names, *read.columns], names=["file", *read.schema.names]
                            )

    return read


def _json(stream: IO[bytes], schema: pyarrow.Schema) -> Batches:
    """Reads JSON Lines as Arrow, which parses them without a loop of Python."""
    options = pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    rest = b""
    while True:
        block = stream.read(_SIZE)
        cut = block.rfind(b"\n") + 1
        lines, rest = (rest + block[:cut], block[cut:]) if cut else (b"", rest + block)
        if lines:
            read = pyarrow.json.ReadOptions(use_threads=False, block_size=max(len(lines), 1))
            table = pyarrow.json.read_json(pyarrow.BufferReader(lines), read, options)
            yield from table.select(schema.names).cast(schema).to_batches()
        if not block:
            return


def _shard(stage: str, number: int) -> Callable[[IO[bytes]], None]:
    """Hands the rows of a shard to the program, batch by batch."""

    def feed(stdin: IO[bytes]) -> None:
        place = Place(f"{stage}/shard={number}")
        if not place.exists():
            return
        store, path = place.opened()
        options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
        dataset = pyarrow.dataset.dataset(path, filesystem=store, format="parquet")
        for batch in dataset.to_batches(columns=["role", "told", "file", "line", "text"], batch_size=1 << 14):
            if len(batch):
                pyarrow.csv.write_csv(batch, stdin, options)

    return feed


@dataclasses.dataclass(frozen=True)
class Shards:
    """Where the rows of the shards are, and what the program must know of the whole to read them."""

    files: dict[str, bytes]
    """`dataset.toml`, the headers of the tables, and what is needed whole."""
    tables: Sequence[str]
    heavy: Sequence[str]
    """The ids of entities whose links belong to the shards of their other ends."""
    stage: str

    def each(self, batches: Batches, step: str, *arguments: str) -> Iterator[tuple[int, IO[bytes]]]:
        """Runs a step for each shard whose number comes, and gives what it writes."""
        with unpacked(self.files) as folder:
            known = [f"--table={name}" for name in self.tables] + [f"--heavy={id}" for id in self.heavy]
            for batch in batches:
                for number in batch.column(0).to_pylist():
                    options = [step, f"--data={folder}", *known, *arguments]
                    options += ["--dataset"] if step == "write" and number == 0 else []
                    with running(options, _shard(self.stage, number)) as stdout:
                        yield number, stdout


def checker(shards: Shards) -> Callable[[Batches], Batches]:
    """Checks shards, and tells what is wrong and what they leave open."""

    def check(batches: Batches) -> Batches:
        for _, stdout in shards.each(batches, "check"):
            yield from _json(stdout, _RECORDS)

    return check


def liker(words: Sequence[str]) -> Callable[[Batches], Batches]:
    """Looks among some names for those that may be meant by words."""

    def like(batches: Batches) -> Batches:
        def feed(stdin: IO[bytes]) -> None:
            for word in words:
                stdin.write(json.dumps({"what": "word", "one": word}).encode() + b"\n")
            for batch in batches:
                for id, written in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist()):
                    text = json.dumps(written or [])
                    stdin.write(json.dumps({"what": "name", "one": id, "text": text}).encode() + b"\n")

        with running(["like"], feed) as stdout:
            yield from _json(stdout, _RECORDS)

    return like


def line_writer(shards: Shards, format: str, profile: str) -> Callable[[Batches], Batches]:
    """Writes what of N-Triples or N-Quads belongs to shards: texts of many lines, which the engine writes one behind the other."""

    def write(batches: Batches) -> Batches:
        for _, stdout in shards.each(batches, "write", f"--format={format}", f"--profile={profile}"):
            yield from _blocks(stdout)

    return write


def folder_writer(shards: Shards, columns: bytes, format: str, name: str, language: str | None) -> Callable[[Batches], Batches]:
    """Writes what of a file of a format that is a folder belongs to shards: as the columns of Parquet, or as texts of many lines."""

    def write(batches: Batches) -> Batches:
        with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
            told = pathlib.Path(folder, "columns")
            told.write_bytes(columns)
            made = pathlib.Path(folder, "made")
            for _, stdout in shards.each(batches, "write", *folder_options(format, told, made, language)):
                stdout.read()
                if name.endswith(".parquet"):
                    with pyarrow.parquet.ParquetFile(made / name, memory_map=False) as file:
                        yield from file.iter_batches(batch_size=1 << 13)
                else:
                    with (made / name).open("rb") as rows:
                        yield from _blocks(rows)

    return write


def folder_options(format: str, columns: pathlib.Path, folder: pathlib.Path, language: str | None) -> list[str]:
    """Returns the options for a format that is a folder, which is then there and empty of what was."""
    folder.mkdir(exist_ok=True)
    options = [f"--format={format}", f"--columns={columns}", f"--output={folder}"]
    return options + ([f"--lang={language}"] if language else [])


def _blocks(stream: IO[bytes]) -> Batches:
    rest = b""
    while block := stream.read(_SIZE):
        cut = block.rfind(b"\n")
        if cut < 0:
            rest += block
            continue
        yield _block(rest + block[:cut])
        rest = block[cut + 1 :]


def _block(text: bytes) -> pyarrow.RecordBatch:
    return pyarrow.RecordBatch.from_arrays([pyarrow.array([text.decode()])], names=["text"])


def version() -> bytes:
    """The version of the program, which is part of what a run is called by."""
    return subprocess.run([program(), "--version"], capture_output=True, check=True).stdout
