"""Tables of a lake, in whatever format the engine reads, as tables of a data set."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow

from .._program import RapporteurError
from ._store import Place
from ._worker import Batches

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# About so many rows are a file.
_ROWS = 1_000_000


def write_tables(frames: Mapping[str, DataFrame], folder: str, *, rows: int = _ROWS) -> list[str]:
    """Writes each DataFrame as tables of CSV, `NAME-0.csv` and so on, into the folder of a data set, and returns their names.

    Headers are the names of the columns. A list is several values; null is an empty cell. Rows are sorted by their text, for a
    DataFrame has no order: the same rows give the same files, and what is found wrong is told with their lines. Raises
    `RapporteurError` for a column of another kind, such as a struct.
    """
    from pyspark.sql import functions as F
    from pyspark.sql import types as T

    names = []
    for name, frame in frames.items():
        for field in frame.schema.fields:
            inner = field.dataType.elementType if isinstance(field.dataType, T.ArrayType) else field.dataType
            if isinstance(inner, (T.StructType, T.MapType, T.ArrayType, T.BinaryType)):
                message = f"the column `{field.name}` of {name} is of the type {field.dataType.simpleString()}"
                raise RapporteurError(message, "select what it holds as columns of their own")
        parts = max(1, -(-frame.count() // rows))
        header = _line(frame.columns)
        lines = frame.mapInArrow(_lines(frame.columns), "line string")
        lines = lines.select("line", F.pmod(F.crc32(F.col("line").cast("binary")), F.lit(parts)).cast("int").alias("part"))
        made = lines.repartition(parts, "part").mapInArrow(_files(header, Place(folder).address, name), "name string")
        written = [row.name for row in made.collect()]
        names += written or [_empty(Place(folder), name, header)]
    return sorted(names)


def _empty(folder: Place, name: str, header: str) -> str:
    (folder / f"{name}-0.csv").write(header.encode())
    return f"{name}-0.csv"


def _lines(columns: list[str]) -> Callable[[Batches], Batches]:
    def lines(batches: Batches) -> Batches:
        for batch in batches:
            cells = [[_cell(value) for value in batch.column(name).to_pylist()] for name in columns]
            rows = [_line(list(row)) for row in zip(*cells)]
            yield pyarrow.RecordBatch.from_arrays([pyarrow.array(rows, pyarrow.string())], names=["line"])

    return lines


def _files(header: str, folder: str, name: str) -> Callable[[Batches], Batches]:
    """Writes the rows of a partition. A task that is done again writes the same files."""

    def write(batches: Batches) -> Batches:
        parts: dict[int, list[str]] = {}
        for batch in batches:
            for line, part in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist()):
                parts.setdefault(part, []).append(line)
        names = []
        for part, rows in sorted(parts.items()):
            names.append(f"{name}-{part}.csv")
            (Place(folder) / names[-1]).write((header + "".join(sorted(rows))).encode())
        yield pyarrow.RecordBatch.from_arrays([pyarrow.array(names, pyarrow.string())], names=["name"])

    return write


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        # A separator within a value is text.
        return "|".join(_cell(item).replace("\\", "\\\\").replace("|", "\\|") for item in value if item is not None)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
