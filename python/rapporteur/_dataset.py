"""A data set, and what can be asked of it."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from ._answer import Answer, read_answer
from ._program import json_lines, run

if TYPE_CHECKING:
    import networkx
    import pyarrow

Mode = Literal["statements", "two-mode", "one-mode"]


@dataclasses.dataclass(frozen=True)
class Finding:
    """Something wrong with the data: what, where, and how to mend it."""

    code: str
    severity: Literal["violation", "warning", "info"]
    message: str
    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    focus: str | None = None
    help: str | None = None

    @property
    def place(self) -> str:
        """`file:line:column`, or the file with its sheet and cell."""
        parts = (self.file, self.line, self.column, self.sheet, self.cell)
        return ":".join(str(part) for part in parts if part is not None)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.code}]: {self.message}"


class Picture:
    """A diagram as SVG, which a notebook shows."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the SVG to a file."""
        pathlib.Path(path).write_text(self.svg, encoding="utf-8", newline="\n")

    def _repr_svg_(self) -> str:
        return self.svg


class Dataset:
    """A data set of tables, opened anew by each call, so that a call sees the tables as they are."""

    def __init__(self, path: str | os.PathLike[str] | None = None, *, ontology: Iterable[str | os.PathLike[str]] = ()) -> None:
        self._arguments = [f"--ontology={os.fspath(file)}" for file in ontology]
        if path is not None:
            self._arguments.append(f"--data={os.fspath(path)}")

    def _run(self, command: str, *arguments: str, text: str | None = None, allowed: tuple[int, ...] = (0,)) -> bytes:
        return run([command, *self._arguments, *arguments], text, allowed)

    def query(self, sparql: str, *, profile: str = "statements", timeout: float = 60) -> Answer | bool:
        """Answers a query in SPARQL: SELECT with rows, ASK with a bool.

        Raises `QueryError`, with line and column, if the query is wrong or passes its limits.
        """
        return read_answer(self._ask(sparql, "json", profile, timeout))

    def construct(self, sparql: str, *, profile: str = "statements", timeout: float = 60) -> str:
        """Answers a query in SPARQL that makes a graph, with CONSTRUCT or DESCRIBE, in Turtle."""
        return self._ask(sparql, "turtle", profile, timeout).decode()

    def _ask(self, sparql: str, format: str, profile: str, timeout: float) -> bytes:
        options = [f"--format={format}", f"--profile={profile}", f"--timeout={max(1, round(timeout))}"]
        return self._run("query", "-", *options, text=sparql)

    def findings(self) -> list[Finding]:
        """Returns all that is wrong with the data, most severe first."""
        names = {field.name for field in dataclasses.fields(Finding)}
        entries = json_lines(self._run("check", "--verbose", allowed=(0, 1)).decode())
        return [Finding(**{key: value for key, value in entry.items() if key in names}) for entry in entries if "message" in entry]

    def show(self, name: str, *, lang: str | None = None) -> str:
        """Returns all that is known of an entity, with paragraphs, as text."""
        return self._run("show", *_options(lang=lang), "--", name).decode()

    def nodes(self) -> pyarrow.Table:
        """Returns the entities as a table of Arrow, with the columns of the Parquet feed."""
        return self._table("nodes")

    def edges(self) -> pyarrow.Table:
        """Returns the links between entities as a table of Arrow, each with its paragraphs in `sources`."""
        return self._table("edges")

    def claims(self) -> pyarrow.Table:
        """Returns what is said of entities in values as a table of Arrow, each with its paragraphs in `sources`."""
        return self._table("claims")

    def _table(self, name: str) -> pyarrow.Table:
        import pyarrow.parquet

        with tempfile.TemporaryDirectory() as folder:
            tables = pathlib.Path(folder, "tables")
            self._run("export", "--format=parquet", f"--output={tables}")
            return pyarrow.parquet.read_table(tables / f"{name}.parquet", memory_map=False)

    def to_networkx(self, *, mode: Mode = "statements", **view: str | int | bool | Iterable[str] | None) -> networkx.Graph:
        """Returns the graph, or a part of it, as networkx has it.

        `view` names options of `export`: `around="ITU"`, `depth=2`, `as_of="2024"`, `section="7"`, `lang="ar"`.
        """
        import networkx

        text = self._run("export", "--format=nodelink", *_options(mode=mode, **view))
        return networkx.node_link_graph(json.loads(text), edges="edges")

    def draw(self, **view: str | int | bool | Iterable[str] | None) -> Picture:
        """Draws the graph or a part of it; a notebook shows the picture.

        `view` names options of `draw`: `around="ITU"`, `section="7"`, `events=True`, `whole=True`, `lang="ar"`.
        """
        return Picture(self._run("draw", "--format=svg", "--output=-", *_options(**view)).decode())

    def __repr__(self) -> str:
        return f"rapporteur.Dataset({' '.join(self._arguments)!r})"


def open(path: str | os.PathLike[str] | None = None, *, ontology: Iterable[str | os.PathLike[str]] = ()) -> Dataset:
    """Opens a data set's folder or a file that is one alone.

    Without a path it is the one in the current folder, else the only one under `data/`, else the report that is part of
    the program.
    """
    return Dataset(path, ontology=ontology)


def _options(**options: Any) -> list[str]:
    """Returns options of the command line: `as_of="2024"` as `--as-of=2024`, True without a value, a list repeated."""
    arguments = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            arguments.append(option)
        elif isinstance(value, (str, int, float)):
            arguments.append(f"{option}={value}")
        else:
            arguments += [f"{option}={item}" for item in value]
    return arguments
