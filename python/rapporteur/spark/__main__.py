"""Checks and writes a data set on an engine: `python -m rapporteur.spark --data FOLDER --output FOLDER`."""

from __future__ import annotations

import argparse
import json
import sys

from .._program import RapporteurError
from ._job import Job
from ._tables import write_tables


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rapporteur.spark", description=__doc__)
    parser.add_argument("--data", required=True, help="the folder of the data set, by a path or address that all workers reach")
    parser.add_argument("--output", required=True, help="the folder for the runs")
    parser.add_argument(
        "--table",
        action="append",
        default=[],
        metavar="NAME=FORMAT:ADDRESS",
        help="a table that the engine reads, such as bodies=delta:s3://lake/bodies, to be written as CSV into the data set first",
    )
    parser.add_argument("--format", action="append", help="ntriples, nquads, parquet, delta or neo4j; may be given several times")
    parser.add_argument("--profile", default="statements", help="how statements carry their sources in RDF")
    parser.add_argument("--lang", help="the language of labels in Parquet and Neo4j")
    parser.add_argument("--shards", type=int, help="how many shards; by default, as the size of the tables asks for")
    parser.add_argument("--keep-going", action="store_true", help="write what could be linked although there are violations")
    parser.add_argument("--leave-questions", action="store_true", help="leave the questions of the data set, which need all of a graph, unasked")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--remote", help="the address of Spark Connect, such as sc://localhost:50051")
    parser.add_argument("--master", help="the master of a cluster, such as spark://host:7077 or local[2]")
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("rapporteur")
    if arguments.remote:
        builder = builder.remote(arguments.remote)
    elif arguments.master:
        builder = builder.master(arguments.master)
    spark = builder.getOrCreate()
    try:
        frames = {}
        for table in arguments.table:
            name, _, place = table.partition("=")
            format, _, address = place.partition(":")
            frames[name] = spark.read.format(format).load(address)
        write_tables(frames, arguments.data)
        job = Job(
            spark,
            arguments.data,
            arguments.output,
            formats=arguments.format or ["ntriples"],
            profile=arguments.profile,
            lang=arguments.lang,
            shards=arguments.shards,
            keep_going=arguments.keep_going,
            leave_questions=arguments.leave_questions,
            say=lambda line: print(line, file=sys.stderr, flush=True),
        )
        if arguments.dry_run:
            print("\n".join(job.plan().lines()))
            return 0
        result = job.run()
    except RapporteurError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(json.dumps({"output": result.output, "violations": result.violations, **result.counts}))
    return 1 if result.violations else 0


if __name__ == "__main__":
    sys.exit(main())
