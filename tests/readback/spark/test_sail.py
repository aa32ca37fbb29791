"""A data set on Sail, an engine that speaks Spark Connect: what comes of it is what one process makes."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from compare import SHIPPED, equal, sail_server, slow_program, small_disk
from hard import Hard
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession
from rapporteur import RapporteurError
from rapporteur.spark import Job, Refused, write_tables

ALL = ("ntriples", "nquads", "parquet", "neo4j")


class Sail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = SparkConnectServer("127.0.0.1", 0)
        cls.server.start(background=True)
        cls.address = f"sc://127.0.0.1:{cls.server.listening_address[1]}"
        cls.spark = SparkSession.builder.remote(cls.address).getOrCreate()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        Hard(cls.folder / "small", 200, clean=False).write()

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.server.stop()

    def job(self, data, **options):
        output = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        return Job(self.spark, str(data), str(output), keep_going=True, piece=1 << 14, **options)

    def test_the_shipped_data_set_is_that_of_one_process(self):
        equal(self, SHIPPED, self.job(SHIPPED, formats=ALL, shards=3).run(), ALL)

    def test_any_number_of_shards_tells_the_same(self):
        for shards in (1, 4, 64):
            with self.subTest(shards=shards):
                result = self.job(self.folder / "small", formats=["ntriples"], shards=shards).run()
                equal(self, self.folder / "small", result, ["ntriples"])

    def test_hard_data_are_those_of_one_process(self):
        Hard(self.folder / "large", 2000, clean=False).write()
        # What is not read is named, too.
        (self.folder / "large" / "more" / "old").mkdir(parents=True)
        (self.folder / "large" / "more" / "entities.csv").write_text("id\n", encoding="utf-8")
        equal(self, self.folder / "large", self.job(self.folder / "large", formats=ALL, shards=5).run(), ALL)

    def test_who_has_too_much_said_about_is_spread(self):
        result = self.job(self.folder / "small", formats=ALL, shards=6, heavy=20).run()
        equal(self, self.folder / "small", result, ALL)

    def test_a_run_that_was_killed_goes_on_from_its_last_stage(self):
        output = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        options = ["--data", self.folder / "small", "--output", output, "--shards", "2", "--keep-going", "--remote", self.address]
        command = [sys.executable, "-m", "rapporteur.spark", *map(str, options)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while process.poll() is None and not list(output.glob("run=*/_stages-2-*/rows.done")):
            time.sleep(0.01)
        self.assertIsNone(process.poll(), "it must not end before it is killed")
        process.kill()
        process.wait()
        self.assertFalse(list(output.glob("run=*/manifest.json")))
        again = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(again.returncode, 1, again.stderr)
        self.assertIn("rows is there", again.stderr)
        told = json.loads(again.stdout)
        whole = self.job(self.folder / "small", shards=2).run()
        self.assertEqual(told["violations"], whole.violations)
        findings = [pathlib.Path(folder, "findings.jsonl").read_bytes() for folder in (told["output"], whole.output)]
        self.assertEqual(*findings)

    def test_a_run_that_was_killed_while_it_wrote_writes_again(self):
        output, sleeping = pathlib.Path(tempfile.mkdtemp(dir=self.folder)), pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        (sleeping / "slow").write_text("write")
        with sail_of(slow_program(sleeping)) as (server, command):
            command += ["--data", self.folder / "small", "--output", output, "--shards", "3", "--keep-going"]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            while process.poll() is None and not (sleeping / "slept").exists():
                time.sleep(0.01)
            self.assertIsNone(process.poll(), "it must not end before it is killed")
            # The other shards have time to be written.
            time.sleep(1)
            for killed in (process, server):
                killed.send_signal(signal.SIGKILL)
                killed.wait()
        [run] = output.iterdir()
        self.assertFalse((run / "manifest.json").exists())
        self.assertEqual([path.name for path in run.glob("_stages*/*.done") if path.name in ("told.done", "ntriples.done")], ["told.done"])
        result = Job(self.spark, str(self.folder / "small"), str(output), shards=3, keep_going=True, say=(said := []).append).run()
        self.assertTrue(any(line.endswith("told is there") for line in said), said)
        equal(self, self.folder / "small", result, ["ntriples"])

    def test_a_slow_worker_is_waited_for(self):
        output, sleeping = pathlib.Path(tempfile.mkdtemp(dir=self.folder)), pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        (sleeping / "slow").write_text("check")
        with sail_of(slow_program(sleeping, seconds=5)) as (_, command):
            command += ["--data", self.folder / "small", "--output", output, "--shards", "3", "--keep-going"]
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertTrue((sleeping / "slept").exists())
        whole = self.job(self.folder / "small", shards=3).run()
        told = json.loads(ended.stdout)
        self.assertEqual(told["violations"], whole.violations)
        findings = [pathlib.Path(folder, "findings.jsonl").read_bytes() for folder in (told["output"], whole.output)]
        self.assertEqual(*findings)

    def test_a_full_disk_leaves_nothing_that_looks_whole_and_the_run_goes_on_when_there_is_room(self):
        output = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        options = {"shards": 2, "keep_going": True, "piece": 1 << 14}
        with small_disk(output) as enlarge:
            with self.assertRaises(Exception) as caught:
                Job(self.spark, str(self.folder / "small"), str(output), **options).run()
            self.assertIn("No space left on device", str(caught.exception))
            self.assertFalse(list(output.rglob("manifest.json")))
            enlarge()
            equal(self, self.folder / "small", Job(self.spark, str(self.folder / "small"), str(output), **options).run(), ["ntriples"])

    def test_json_lines_are_read_as_by_one_process(self):
        for size, shards in ((50, 3), (200, 1), (200, 5), (2000, 4)):
            with self.subTest(size=size, shards=shards):
                data = self.folder / f"lines-{size}"
                Hard(data, size, clean=False, lines=True).write()
                equal(self, data, self.job(data, formats=ALL, shards=shards).run(), ALL)

    def test_questions_are_left_only_if_that_is_said(self):
        data = self.folder / "asked"
        shutil.copytree(self.folder / "small", data)
        (data / "questions").mkdir()
        (data / "questions" / "what.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
        with self.assertRaisesRegex(Refused, "questions/what.rq: questions are asked of a whole graph"):
            self.job(data, shards=2).run()
        result = self.job(data, shards=2, leave_questions=True).run()
        manifest = json.loads(pathlib.Path(result.output, "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest["unasked"], ["what.rq"])
        self.assertEqual(result.findings, self.job(self.folder / "small", shards=2).run().findings)

    def test_tables_of_the_engine_are_tables_of_a_data_set(self):
        folder = self.folder / "lake"
        folder.mkdir()
        shutil.copy(self.folder / "small" / "dataset.toml", folder)
        bodies = [(f"b{n}", "Organization", f"Body {n}", [f'so "called" {n}', "a|b", None], n % 2 == 0) for n in range(40)]
        schema = "id string, class string, `label@en` string, `altLabel@en` array<string>, odd boolean"
        frames = {"bodies": self.spark.createDataFrame(bodies, schema)}
        links = [(f"b{n}", "partOf", f"Body {n + 1}", "b0" if n else None) for n in range(40)]
        links = self.spark.createDataFrame(links, "subject string, property string, object string, source string")
        # Through the formats of a lake.
        for format in ("parquet", "json", "delta"):
            links.write.mode("overwrite").format(format).save(str(self.folder / format))
            frames["links"] = self.spark.read.format(format).load(str(self.folder / format)).select(*links.columns)
            names = write_tables(frames, str(folder), rows=16)
            self.assertEqual(names, ["bodies-0.csv", "bodies-1.csv", "bodies-2.csv", "links-0.csv", "links-1.csv", "links-2.csv"])
            written = [(folder / name).read_bytes() for name in names]
        self.assertEqual([(folder / name).read_bytes() for name in write_tables(frames, str(folder), rows=16)], written)
        result = self.job(folder, formats=ALL, shards=3).run()
        equal(self, folder, result, ALL)
        self.assertEqual((result.counts["entities"], result.counts["statements"]), (40, 39))
        with self.assertRaisesRegex(RapporteurError, "the column `s` of t is of the type struct"):
            write_tables({"t": self.spark.sql("SELECT struct(1 AS x) AS s")}, str(folder))

    def test_tables_of_the_graph_can_be_of_delta(self):
        result = self.job(SHIPPED, formats=["parquet", "delta"], shards=2).run()
        for name in ("nodes", "edges", "claims"):
            parquet, delta = (
                self.spark.read.format(format).load(f"{result.written[format]}/{name}") for format in ("parquet", "delta")
            )
            self.assertEqual(parquet.schema.names, delta.schema.names)
            self.assertEqual(sorted(map(str, parquet.collect())), sorted(map(str, delta.collect())))

    def test_with_violations_nothing_but_findings_is_written(self):
        output = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        result = Job(self.spark, str(self.folder / "small"), str(output), shards=2).run()
        self.assertGreater(result.violations, 0)
        self.assertEqual(result.written, {})
        self.assertEqual(sorted(path.name for path in pathlib.Path(result.output).iterdir()), ["findings.jsonl", "manifest.json"])

    def test_a_dry_run_writes_nothing(self):
        job = self.job(SHIPPED, shards=2)
        lines = job.plan().lines()
        self.assertRegex(lines[0], r"^run [0-9a-f]{16}: 1,\d\d\d lines, [\d.]+ KB in 9 tables$")
        self.assertIn("2 shards", "\n".join(lines))
        self.assertEqual(list(pathlib.Path(job._output.address).iterdir()), [])

    def test_what_is_not_covered_is_refused_with_the_reason(self):
        for change, reason in [
            (lambda folder: (folder / "more.xlsx").write_bytes(b""), "more.xlsx: only CSV, TSV and JSON Lines"),
            (lambda folder: (folder / "more.jsonl").write_text("[]\n"), "more.jsonl: the table is empty"),
            (lambda folder: (folder / "more.jsonl").write_text("".join(f'{{"k{n}": 1}}\n' for n in range(10_001))), "more than 10000 lines have keys that no line before them has"),
            (lambda folder: map_lines(folder, '"a[b=c].d" = "id"'), "more.jsonl: JSON Lines whose mapping has conditions"),
            (lambda folder: (folder / "more.csv").write_bytes(b""), "more.csv: the table is empty"),
            (lambda folder: (folder / "more.csv").write_text("subject,property\na,b\n"), "more.csv:1:1: a table of statements needs"),
            (lambda folder: (folder / "more.csv").write_text('id,class\n"a,Organization\nb,Organization\n'), "more.csv:2:1: the quote is never closed"),
            (lambda folder: add(folder / "dataset.toml", 'report = "nothing"\n'), "which no table declares as a document"),
            (lambda folder: add(folder / "dataset.toml", "lisence = 1\n"), "dataset.toml:1:1: "),
            (lambda folder: (folder / "more.csv").symlink_to("/etc/hostname"), "more.csv is a link out of the folder"),
            (lambda folder: (folder / "dataset.toml").unlink(), "there is no dataset.toml"),
        ]:
            with self.subTest(reason=reason):
                folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "data"
                shutil.copytree(self.folder / "small", folder)
                change(folder)
                job = self.job(folder, shards=2)
                with self.assertRaises(Exception) as caught:
                    job.run()
                self.assertIn(reason, str(caught.exception))
                self.assertFalse(list(pathlib.Path(job._output.address).rglob("manifest.json")))
        with self.assertRaisesRegex(Refused, "the format gexf is not written in shards"):
            self.job(SHIPPED, formats=["gexf"])


@contextlib.contextmanager
def sail_of(program):
    """A server in a process of its own, with another program for its workers, and a command to run a job there."""
    with sail_server(os.environ | {"RAPPORTEUR": str(program)}) as (server, address):
        yield server, [sys.executable, "-m", "rapporteur.spark", "--remote", address]


def map_lines(folder, mapping):
    (folder / "more.jsonl").write_text('{"id": "x"}\n')
    with (folder / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[table."more.jsonl".columns]\n{mapping}\n')


def add(path, text):
    path.write_text(text + path.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    unittest.main()
