"""Measures what a data set costs on an engine, beside one process: `measure.py sail|spark FOLDER... [--shards 1,2,4]`.

Prints a table: wall time, processor time of all processes, memory of the largest process of the program, of the engine and of
Python beside it, what was shuffled, and what stages and N-Triples take on disk. Spark is a standalone master with two workers
of a core each. Start-up and a first run, of the shipped data set, are not counted. `--seconds` ends it before the next run.
"""

import argparse
import contextlib
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from compare import PROGRAM, SHIPPED, sail_server

TICKS = os.sysconf("SC_CLK_TCK")
MB = 1_000_000


def statistics():
    """Of each process: its parent, and the seconds of processor time of it and of its children that have ended."""
    found = {}
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            found[int(process.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / TICKS)
    return found


def tree(found):
    """This process and all that come of it."""
    inside, grown = {os.getpid()}, True
    while grown:
        more = {process for process, (parent, _) in found.items() if parent in inside} - inside
        inside, grown = inside | more, bool(more)
    return inside


def processor():
    """The processor time of this process and of all that come of it."""
    found = statistics()
    return sum(found[process][1] for process in tree(found) if process in found)


def ended():
    """The processor time of all processes of this one that have ended."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


class Memory(threading.Thread):
    """Looks, as often as it can be afforded, at how much memory processes hold at most: of the program, of the engine."""

    def __init__(self, pause):
        super().__init__(daemon=True)
        self.ended, self.pause = threading.Event(), pause
        self.largest = {"program": 0, "engine": 0, "python": 0}
        for process in tree(statistics()):
            # What was held before does not count.
            with contextlib.suppress(OSError):
                pathlib.Path(f"/proc/{process}/clear_refs").write_text("5")
        self.start()

    def run(self):
        while not self.ended.wait(self.pause):
            for process in tree(statistics()) - {os.getpid()}:
                with contextlib.suppress(OSError, KeyError, ValueError):
                    lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
                    told = dict(line.split(":\t", 1) for line in lines)
                    name = "python" if told["Name"].startswith("python") else "engine"
                    name = "program" if told["Name"] == PROGRAM.name else name
                    self.largest[name] = max(self.largest[name], int(told["VmHWM"].split()[0]) << 10)

    def stop(self):
        self.ended.set()
        self.join()
        return self.largest


def size(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


def one_process(data, folder):
    """Runs one process, and returns what it took: medians of three."""
    output, rows = folder / "one.nt", []
    for _ in range(3):
        # Not of this process, whose looks at the memory cost more than the program takes.
        memory, before, began = Memory(0.005), ended(), time.monotonic()
        subprocess.run([PROGRAM, "export", "--data", data, "-f", "ntriples", "--quiet", "-o", output], check=True)
        row = {"wall": time.monotonic() - began, "cpu": ended() - before} | memory.stop()
        rows.append(row | {"engine": None, "python": None, "lines": output.stat().st_size})
        output.unlink()
    return {key: sorted(row[key] for row in rows)[1] if rows[0][key] is not None else None for key in rows[0]}


def job(spark, data, folder, shards, shuffled):
    """Runs a job, and returns what it took."""
    from rapporteur.spark import Job

    output, stages = folder / "graph", []

    def say(line):
        print(f"    {line}", file=sys.stderr, flush=True)
        if line.endswith("  ntriples"):
            stages.append(sum(map(size, output.glob("run=*/_stages*"))))

    shuffled_before = shuffled()
    memory, before, began = Memory(0.05), processor(), time.monotonic()
    result = Job(spark, str(data), str(output), shards=shards, say=say).run()
    row = {"wall": time.monotonic() - began, "cpu": processor() - before}
    row |= memory.stop()
    assert result.violations == 0, result.findings[:3]
    row |= {"stages": stages[-1], "packed": size(result.written["ntriples"])}
    row["shuffled"] = shuffled() - shuffled_before if shuffled_before is not None else None
    shutil.rmtree(output)
    return row


@contextlib.contextmanager
def sail(_):
    """Sail as a server of its own, which tells nothing of what it shuffles."""
    from pyspark.sql import SparkSession

    with sail_server(os.environ) as (_, address):
        yield SparkSession.builder.remote(address).getOrCreate(), lambda: None


@contextlib.contextmanager
def spark(folder):
    """Two workers, whose master keeps a log of what is shuffled."""
    from cluster import Standalone

    log = folder / "log"
    log.mkdir()
    settings = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": log.as_uri(), "spark.eventLog.compress": "false"}
    with Standalone(folder, offered="4g", memory="2g", settings=settings) as cluster:

        def shuffled():
            total = 0
            for path in log.rglob("*"):
                for line in path.open(encoding="utf-8", errors="replace") if path.is_file() else []:
                    with contextlib.suppress(ValueError, KeyError, TypeError):
                        total += json.loads(line)["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            return total

        yield cluster.spark, shuffled


def shown(name, what, row):
    cell = lambda key, unit="": f"{row[key] / MB:,.0f} MB{unit}" if row.get(key) else ""  # noqa: E731
    figures = [f"{row['wall']:.2f} s", f"{row['cpu']:.2f} s", *map(cell, ("program", "engine", "python", "shuffled", "stages"))]
    print(f"| {name} | {what} | {' | '.join(figures)} | {cell('packed', ' packed') or cell('lines')} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["sail", "spark"])
    parser.add_argument("data", nargs="+", type=pathlib.Path)
    parser.add_argument("--shards", default="1,2,4")
    parser.add_argument("--seconds", type=float, default=1200)
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with {"sail": sail, "spark": spark}[arguments.engine](folder) as (session, shuffled):
            print(f"{time.monotonic() - began:.1f} s to start", file=sys.stderr)
            job(session, SHIPPED, folder, 2, shuffled)
            print("| data | run | wall | CPU | memory of the program | of the engine | of Python | shuffled | stages | N-Triples |")
            print("|---|---|---|---|---|---|---|---|---|---|")
            for data in arguments.data:
                shown(data.name, "one process", one_process(data, folder))
                for shards in map(int, arguments.shards.split(",")):
                    if time.monotonic() - began > arguments.seconds:
                        return
                    shown(data.name, f"{arguments.engine}, {shards} shards", job(session, data, folder, shards, shuffled))


if __name__ == "__main__":
    main()
