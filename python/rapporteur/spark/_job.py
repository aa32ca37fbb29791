"""A data set, checked and written on an engine: the stages, in their order, each of which is done once."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import json
import pathlib
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .._program import RapporteurError
from . import _stages, _worker
from ._store import Place

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_CONFIG = "dataset.toml"
# Per kind, as many findings are told one by one as by one process.
_MOST = 10_000
# As many statements are looked through for circles on the driver.
_FEW = 100_000
# What a byte of the tables comes to: in a shard with what others declare, in the memory of a worker, in N-Triples, and in what
# is shuffled, which was 3.2, 4.7 and 5.4 with one, two and four shards of a million statements.
_GATHERED, _MEMORY, _LINES, _SHUFFLED = 2, 8, 20, 6


class Refused(RapporteurError):
    """The data set cannot be read in shards, and nothing is written."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is to be done, before anything is."""

    run: str
    """The hash of all input, by which the output is called."""
    tables: dict[str, tuple[str, int, int]]
    """Of each table the SHA-256, the bytes and the lines."""
    shards: int
    formats: tuple[str, ...]

    def lines(self) -> list[str]:
        """Returns the plan as lines for people."""
        total = sum(size for _, size, _ in self.tables.values())
        rows = sum(lines for *_, lines in self.tables.values())
        largest = total * _GATHERED // self.shards
        tables = [f"  {name}: {lines:,} lines, {_size(size)}" for name, (_, size, lines) in self.tables.items()]
        return [
            f"run {self.run}: {rows:,} lines, {_size(total)} in {len(tables)} tables",
            *tables,
            f"{self.shards} shards of about {_size(largest)} with what they name of others",
            f"shuffle: about {_size(total * _SHUFFLED)}; memory of a worker: about {_size(largest * _MEMORY)} and what the engine takes",
            *(f"{name}: about {_size(total * _LINES)} before compression" for name in self.formats if name in _LINE_FORMATS),
        ]


@dataclasses.dataclass(frozen=True)
class Result:
    """What came of a run."""

    output: str
    """The folder of the run."""
    violations: int
    findings: list[dict[str, Any]]
    """As `rapporteur check --message-format json` writes them, in the same order."""
    counts: dict[str, int]
    """Entities, statements and paragraphs."""
    written: dict[str, str]
    """The folder of each format; none if there are violations."""


_LINE_FORMATS = ("ntriples", "nquads")
# The files of a format that is a folder: which are written in parts, and what else there is.
_TABLES_OF_GRAPH = ("nodes.parquet", "edges.parquet", "claims.parquet")
_FOLDER_FORMATS = {"parquet": _TABLES_OF_GRAPH, "delta": _TABLES_OF_GRAPH, "neo4j": ("nodes.csv", "relationships.csv")}


class Job:
    """A run over a data set.

    `data` and `output` are addresses that the driver and all workers reach. A run that is repeated goes on from its last
    stage; another input is another run.
    """

    def __init__(
        self,
        spark: SparkSession,
        data: str,
        output: str,
        *,
        formats: Sequence[str] = ("ntriples",),
        profile: str = "statements",
        lang: str | None = None,
        shards: int | None = None,
        piece: int = 32 << 20,
        shard_bytes: int = 64 << 20,
        heavy: int = 1_000_000,
        keep_going: bool = False,
        leave_questions: bool = False,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._spark = spark
        self._data, self._output = Place(_absolute(data)), Place(_absolute(output))
        self._formats, self._profile, self._keep_going = tuple(formats), profile, keep_going
        self._wanted, self._piece, self._shard_bytes, self._say = shards, piece, shard_bytes, say
        self._heavy, self._lang, self._leave_questions = heavy, lang, leave_questions
        self._files: dict[str, bytes] = {}
        self._began = time.monotonic()
        known = [*_LINE_FORMATS, *_FOLDER_FORMATS]
        unknown = [name for name in self._formats if name not in known]
        if unknown:
            raise Refused(f"the format {unknown[0]} is not written in shards", f"there are {', '.join(known)}")

    def plan(self) -> Plan:
        """Reads all input once, for its hash and for where rows end, and says what is to be done. Raises `Refused` with all
        that stands against it."""
        names = [name for name in self._data.names() if not name.startswith((".", "~"))]
        if _CONFIG not in names:
            raise Refused(f"there is no {_CONFIG} in {self._data.address}")
        if "://" not in self._data.address:
            # A data set from elsewhere must not publish other files.
            inside = pathlib.Path(self._data.address).resolve()
            outside = [name for name in names if not (inside / name).resolve().is_relative_to(inside)]
            if outside:
                raise Refused(f"{outside[0]} is a link out of the folder of the data set")
        self._questions = [name for name in (self._data / "questions").names() if name.endswith(".rq") and name[0] not in ".~"]
        if self._questions and not self._leave_questions:
            message = f"questions/{self._questions[0]}: questions are asked of a whole graph, and there is none here"
            raise Refused(message, "say that they are to be left unasked: leave_questions, or --leave-questions")
        self._files = {name: b"" for name in [*names, *self._beside()]}
        self._files[_CONFIG] = (self._data / _CONFIG).read()
        listed = self._planned()
        delimiters = {table["file"]: table["delimiter"] for table in listed["tables"]}
        self._files |= {name: (self._data / name).read() for name in listed["whole"] if name in names}
        self._refuse(listed)
        files = [(name, (self._data / name).address, delimiter) for name, delimiter in delimiters.items()]
        source = self._spark.createDataFrame(files or [("", "", "")], "file string, address string, delimiter string")
        found = source.where("file <> ''").repartition(max(len(files), 1)).mapInArrow(
            _worker.splitter(self._piece), _worker.PIECE
        )
        pieces: list[tuple[str, int, int, int]] = []
        tables: dict[str, tuple[str, int, int]] = {}
        heads: dict[str, list[int]] = {}
        for part in sorted(found.collect(), key=lambda part: (part.file, part.offset)):
            if part.sha256 is not None:
                tables[part.file] = (part.sha256, part.offset, part.line)
            elif part.head:
                # Of JSON Lines any line may have new columns.
                head = (self._data / part.file).read(part.offset, part.length)
                self._files[part.file] += head if head.endswith((b"\n", b"\r")) else head + b"\n"
                heads.setdefault(part.file, []).append(part.line)
            else:
                pieces.append((part.file, part.offset, part.length, part.line))
        self._pieces, self._tables = pieces, sorted(delimiters)
        lines = {name: "".join(f"{line}\n" for line in heads[name]) for name in heads if not delimiters[name]}
        self._files |= {f".{name}.lines": text.encode() for name, text in lines.items()}
        empty = [name for name in self._tables if not self._files[name]]
        if empty:
            raise Refused(f"{empty[0]}: the table is empty", "give it a header, or a row if it is JSON Lines, or take it away")
        if not pieces:
            raise Refused("the tables have no rows")
        listed = self._planned()
        self._refuse(listed)
        self._reports: list[str] = listed["reports"]
        total = sum(size for _, size, _ in tables.values())
        shards = self._wanted or max(1, -(-total * _GATHERED // self._shard_bytes))
        digest = hashlib.sha256(_worker.version() + f" {self._profile} {self._lang}".encode())
        for name, content in sorted(self._files.items()):
            digest.update(json.dumps([name, hashlib.sha256(content).hexdigest(), tables.get(name, [""])[0]]).encode())
        if self._questions:
            digest.update(json.dumps(self._questions).encode())
        return Plan(digest.hexdigest()[:16], tables, shards, self._formats)

    def _beside(self) -> list[str]:
        """Returns what is in the folders of the data set, which are not read, but named with what is in them."""
        folders = [name for name in self._data.entries() if name.endswith("/") and name[0] not in ".~"]
        names = [folder + name for folder in folders for name in ["", *(self._data / folder.rstrip("/")).entries()]]
        return [name for name in names if not (name.startswith("questions/") and name.endswith(".rq"))]

    def run(self) -> Result:
        """Does all of it. Nothing but findings is written if there are violations, unless it is to keep going."""
        plan = self.plan()
        for line in plan.lines():
            self._say(line)
        home = self._output / f"run={plan.run}"
        if self._is_done(home):
            self._note("the run is whole already")
            return self._result(home)
        # What is there will not be whole while it is written over.
        (home / "manifest.json").remove()
        stages = home / f"_stages-{plan.shards}-{self._heavy}"
        rows = self._stage(stages / "rows", self._rows)
        known = _stages.Dictionary(rows)
        self._check_reports(known)
        meant = self._stage(stages / "meant", lambda: known.meant)
        owners = self._stage(stages / "owners", lambda: _stages.subjects(rows, meant))
        heavy = _stages.heavy(owners, self._heavy)
        full = self._stage(stages / "full", lambda: _stages.placed(rows, owners, heavy, plan.shards))
        cited = self._stage(stages / "cited", lambda: _stages.cited(rows, meant, full, plan.shards))
        said = self._stage(stages / "said", lambda: _stages.said(rows, full, cited))
        stating = self._stage(stages / "stating", lambda: _stages.stating(known, said))
        names = self._stage(
            stages / "named", lambda: _stages.named(rows, known, full, cited, said, stating, plan.shards)
        )
        gathered = stages / "gathered"
        self._stage(
            gathered,
            lambda: _stages.gathered(rows, full, names).repartition(plan.shards, "shard"),
            by="shard",
        )
        shards = _worker.Shards(self._files, self._tables, heavy, gathered.address)
        told = self._stage(stages / "told", lambda: self._over(plan, _worker.checker(shards), _worker.RECORD))
        lines = self._finish(rows, known, meant, told, stages)
        counts = {row.one: int(row["count"]) for row in told.where("what = 'count'").groupBy("one").agg(_sum("text")).collect()}
        violations = sum(json.loads(line)["severity"] == "violation" for line in lines.splitlines())
        written: dict[str, str] = {}
        if violations and not self._keep_going:
            self._say(f"nothing but findings is written: there are {violations} violations")
        else:
            for name in self._formats:
                if name in _LINE_FORMATS:
                    written[name] = self._write(plan, home, stages, shards, name)
                else:
                    written[name] = self._write_folder(plan, home, stages, shards, told, name)
        (home / "findings.jsonl").write(lines)
        self._manifest(plan, home, counts, lines, written)
        stages.remove()
        self._note("done")
        return self._result(home)

    def _is_done(self, home: Place) -> bool:
        """Tells whether the run is whole already, with all that is wanted of it."""
        if not (home / "manifest.json").exists():
            return False
        manifest = json.loads((home / "manifest.json").read())
        is_stopped = manifest["findings"]["violation"] > 0 and not self._keep_going
        return is_stopped or set(self._formats) <= set(manifest["files"])

    def _result(self, home: Place) -> Result:
        manifest = json.loads((home / "manifest.json").read())
        lines = (home / "findings.jsonl").read().splitlines()
        is_stopped = manifest["findings"]["violation"] > 0 and not self._keep_going
        written = {} if is_stopped else {name: (home / name).address for name in self._formats}
        return Result(
            home.address, manifest["findings"]["violation"], [json.loads(line) for line in lines], manifest["counts"], written
        )

    # Stages

    def _rows(self) -> DataFrame:
        schema = "file string, offset bigint, length bigint, line bigint"
        pieces = self._spark.createDataFrame(self._pieces, schema)
        spread = pieces.repartition(len(self._pieces))
        return spread.mapInArrow(_worker.rows_reader(self._files, self._data.address), _worker.ROW)

    def _over(self, plan: Plan, work: Callable[[_worker.Batches], _worker.Batches], schema: str) -> DataFrame:
        """What workers make of the shards, each a task of its own."""
        return self._spark.range(0, plan.shards, 1, plan.shards).mapInArrow(work, schema)

    def _stage(self, place: Place, make: Callable[[], DataFrame], by: str | None = None) -> DataFrame:
        """Writes what a stage makes, unless that is there already, and reads it."""
        done = Place(place.address + ".done")
        if not done.exists():
            writer = make().write.mode("overwrite")
            (writer.partitionBy(by) if by else writer).parquet(place.address)
            done.write(b"")
            self._note(place.address.rsplit("/", 1)[1])
        else:
            self._note(f"{place.address.rsplit('/', 1)[1]} is there")
        if not any(_is_part(path) for path, _ in place.files()):
            # Not every engine writes a table without rows.
            return self._spark.createDataFrame([], make().schema)
        return self._spark.read.parquet(place.address)

    def _check_reports(self, known: _stages.Dictionary) -> None:
        if not self._reports:
            return
        from pyspark.sql import functions as F

        found = known.first.where(F.col("id").isin(self._reports) & F.col("document")).select("id").collect()
        missing = sorted(set(self._reports) - {row.id for row in found})
        if missing:
            raise Refused(f"{_CONFIG} names the report `{missing[0]}`, which no table declares as a document")

    def _finish(
        self, rows: DataFrame, known: _stages.Dictionary, meant: DataFrame, told: DataFrame, stages: Place
    ) -> bytes:
        """Puts what all shards told and left open together, and returns all findings, a line each."""
        from pyspark.sql import functions as F

        def pick(what: str) -> DataFrame:
            return told.where(F.col("what") == what)

        records: list[dict[str, Any]] = []
        findings = pick("finding").select("one", "other", "text").distinct()
        counts = {row.one: row["count"] for row in findings.groupBy("one").count().collect()}
        few = [code for code, count in counts.items() if count <= _MOST]
        records += _records("finding", findings.where(F.col("one").isin(few)).collect() if few else [])
        rows_told = pick("row").select("one", "other", "text", *(F.get_json_object("text", f"$.{key}").alias(key) for key in ("file", "message")))
        groups = rows_told.distinct().groupBy("one", "file", "message").agg(F.min(F.struct("other", "text")).alias("first"), F.count("*").alias("rows"))
        records += _records("rows", groups.select("one", F.col("rows").cast("string").alias("other"), F.col("first.text").alias("text")).collect())
        for code in sorted(set(counts) - set(few)):
            records.append({"what": "all", "one": code, "text": str(counts[code])})
            most = findings.where(F.col("one") == code).orderBy("other", "text").limit(_MOST + 1)
            records += _records("finding", most.collect())
        # What a shard misses another may have.
        for missing, found, keys in (("isolated", "linked", ["one"]), ("undated", "dated", ["one"]), ("uncited", "cited", ["one", "other"])):
            had = pick(found).select(*keys).distinct()
            records += _records(missing, pick(missing).join(had, keys, "left_anti").select("one", "other", "text").collect())
        edges = pick("edge").select(F.get_json_object("text", "$.message").alias("property"), "one", "other", "text")
        records += _records("edge", self._circular(edges, stages).collect())
        paragraphs = rows.where("kind = 'p'").select(F.col("id").alias("number"), F.get("refs", F.lit(0)).alias("ref")).join(meant, "ref")
        paragraphs = paragraphs.join(known.first.where("document").select(F.col("id").alias("entity")), "entity")
        paragraphs = paragraphs.select(F.col("entity").alias("one"), F.col("number").alias("other")).distinct()
        reports = len(self._reports) or paragraphs.select("one").distinct().count()
        records.append({"what": "reports", "text": str(reports)})
        records += self._open(known, paragraphs, pick("open").select("one", "other", "text"))
        with _worker.unpacked(self._files) as folder:
            lines = _worker.run(["finish", f"--data={folder}"], map(_line, records))
        self._note("findings")
        return lines

    def _circular(self, edges: DataFrame, stages: Place) -> DataFrame:
        """The statements that circles may lead through, trimmed until few are left: most often there is no circle."""
        count, rounds = edges.count(), 0
        while count > _FEW:
            trim = edges
            edges = self._stage(stages / f"circular-{rounds}", lambda trim=trim: _stages.trimmed(trim))  # type: ignore[misc]
            left, rounds = edges.count(), rounds + 1
            if left == count:
                break
            count = left
        return edges

    def _open(self, known: _stages.Dictionary, paragraphs: DataFrame, told: DataFrame) -> list[dict[str, Any]]:
        """What leads to nothing in the whole, with what may be meant."""
        from pyspark.sql import functions as F

        records = _records("open", sorted(told.collect(), key=lambda row: row.one.encode()))
        if not records:
            return []
        said = [json.loads(record["text"])["unknown"] for record in records]
        documents = sorted({unknown["Paragraph"] for unknown in said if isinstance(unknown, dict) and "Paragraph" in unknown})
        if documents:
            found = paragraphs.where(F.col("one").isin(documents)).select("one").distinct().collect()
            records += [{"what": "document", "one": row.one} for row in found]
        sought = json.loads(_worker.run(["sought"], map(_line, records)))
        if sought["documents"]:
            found = paragraphs.where(F.col("one").isin(sought["documents"])).collect()
            records += [{"what": "number", "one": row.one, "other": row.other} for row in found]
        if sought["words"]:
            like = known.described.select("id", "written").mapInArrow(_worker.liker(sought["words"]), _worker.RECORD)
            records += _records("like", like.select("one", "other", "text").distinct().collect())
        return records

    def _write(self, plan: Plan, home: Place, stages: Place, shards: _worker.Shards, format: str) -> str:
        place, done = home / format, stages / f"{format}.done"
        if not done.exists():
            made = self._over(plan, _worker.line_writer(shards, format, self._profile), _worker.BLOCK)
            made.write.mode("overwrite").option("compression", "gzip").text(place.address)
            done.write(b"")
        self._note(format)
        return place.address

    def _write_folder(
        self, plan: Plan, home: Place, stages: Place, shards: _worker.Shards, told: DataFrame, format: str
    ) -> str:
        """Writes the files of a format that is a folder, each as a folder of parts, with the columns that all shards use."""
        place = home / format
        columns = "".join(sorted({row.text + "\n" for row in told.where("what = 'columns'").select("text").collect()})).encode()
        # Delta is Parquet with a log, which the engine keeps.
        written_as = "parquet" if format == "delta" else format
        with _worker.unpacked({**self._files, "columns": columns}) as folder:
            options = _worker.folder_options(written_as, folder / "columns", folder / "made", self._lang)
            known = [f"--table={name}" for name in self._tables]
            _worker.run(["write", f"--data={folder}", *known, *options, "--head"])
            heads = {path.name: path.read_bytes() for path in (folder / "made").iterdir()}
        for name in _FOLDER_FORMATS[format]:
            stem, done = name.split(".")[0], stages / f"{format}-{name}.done"
            if done.exists():
                continue
            work = _worker.folder_writer(shards, columns, written_as, name, self._lang)
            if written_as == "parquet":
                made = self._over(plan, work, _schema(heads[name]))
                made.write.mode("overwrite").format(format).save((place / stem).address)
                if format == "parquet" and not any(_is_part(path) for path, _ in (place / stem).files()):
                    # Not every engine writes a table without rows, of which a reader must know the columns.
                    (place / stem / "part-none.parquet").write(heads[name])
            else:
                made = self._over(plan, work, _worker.BLOCK)
                made.write.mode("overwrite").option("compression", "gzip").text((place / stem).address)
            done.write(b"")
        if format == "neo4j":
            for name, content in heads.items():
                for stem in ("nodes", "relationships"):
                    content = content.replace(f"--{stem}={stem}.csv".encode(), f'--{stem}="{stem}.csv,{stem}/[^_.].*"'.encode())
                (place / name).write(content)
        self._note(format)
        return place.address

    def _manifest(self, plan: Plan, home: Place, counts: dict[str, int], lines: bytes, written: dict[str, str]) -> None:
        """Says last what there is: without it a run is not whole."""
        told = collections.Counter(json.loads(line)["severity"] for line in lines.splitlines())
        severities = {name: told[name] for name in ("violation", "warning", "info")}
        files = {
            name: [{"path": f"{name}/{path}", "bytes": size} for path, size in Place(folder).files() if _is_part(path)]
            for name, folder in written.items()
        }
        manifest = {
            "run": plan.run,
            "tables": {name: {"sha256": it[0], "bytes": it[1], "lines": it[2]} for name, it in plan.tables.items()},
            "counts": counts,
            "findings": severities,
            "unasked": self._questions,
            "files": files,
        }
        (home / "manifest.json").write(json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n")

    # The program on the driver

    def _planned(self) -> dict[str, Any]:
        with _worker.unpacked(self._files) as folder:
            plan: dict[str, Any] = json.loads(_worker.run(["plan", f"--data={folder}"]))
        return plan

    def _refuse(self, listed: dict[str, Any]) -> None:
        if listed["obstacles"]:
            first, *others = listed["obstacles"]
            raise Refused(f"the data set cannot be read in shards: {first}", None, others)

    def _note(self, what: str) -> None:
        self._say(f"{time.monotonic() - self._began:7.1f} s  {what}")


def _absolute(address: str) -> str:
    """A path that means the same on all machines that have the folder."""
    return address if "://" in address else str(pathlib.Path(address).absolute())


def _is_part(path: str) -> bool:
    """Engines put marks of their own beside the parts."""
    return not path.rsplit("/", 1)[-1].startswith(("_", "."))


def _records(what: str, rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"what": what, "one": row.one, "other": row.other, "text": row.text} for row in rows]


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _sum(column: str) -> Any:
    from pyspark.sql import functions as F

    return F.sum(F.col(column).cast("bigint")).alias("count")


def _schema(parquet: bytes) -> Any:
    """The columns of a file of Parquet, as Spark has them."""
    import pyarrow
    import pyarrow.parquet
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(pyarrow.parquet.read_schema(pyarrow.BufferReader(parquet)))


def _size(count: int) -> str:
    size, unit = float(count), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if size >= 1000:
            size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
