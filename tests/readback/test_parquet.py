"""Parquet, read back by DuckDB, pyarrow, pandas and Spark."""

import datetime
import os
import pathlib
import re
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import duckdb
import networkx
import pandas
import pyarrow
import pyarrow.parquet
from pyspark.sql import SparkSession, functions

from expected import Expected, local
from program import REPOSITORY, SHIPPED, export, run

HOSTILE = REPOSITORY / "tests" / "hostile"
TABLES = ["nodes", "edges", "claims"]
# What every statement has; its other columns are qualifiers.
OF_STATEMENTS = {"id", "iri", "property", "label", "rank", "validFrom", "validTo", "year", "sources"}
OF_LINKS = OF_STATEMENTS | {"src", "dst", "relationship"}
OF_CLAIMS = OF_STATEMENTS | {"subject", "value", "language"}


def tables(folder, data, *arguments):
    """Writes the tables to a folder."""
    run("export", "-f", "parquet", "-o", folder, *arguments, "--quiet", data=data, allowed=(0, 1))
    return folder


def rows(folder, name):
    """The rows of a table as DuckDB reads them."""
    found = duckdb.sql(f"select * from read_parquet('{folder / name}.parquet')")
    return [dict(zip(found.columns, row)) for row in found.fetchall()]


def stated(row, known):
    """The values of a row's other columns, as sets."""
    columns = {name: value for name, value in row.items() if name not in known and value is not None}
    return {name: set(value) if isinstance(value, list) else {value} for name, value in columns.items()}


def typed(expected, found):
    """Texts of RDF as values of the types that their columns have."""
    kind = {name: type(min(values)) for name, values in found.items()}
    return {name: set(map(kind.get(name, str), values)) for name, values in expected.items()}


class Tables(unittest.TestCase):
    """Rows and columns are those of the RDF."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / "tables"

    def each(self, check):
        for data in [SHIPPED, HOSTILE]:
            with self.subTest(data.name):
                check(Expected(data), tables(self.folder, data))

    def test_every_entity_is_a_node_with_its_labels_in_every_language(self):
        def check(expected, folder):
            found = {row["iri"]: row for row in rows(folder, "nodes")}
            self.assertEqual(set(found), expected.entities)
            self.assertEqual(len({row["id"] for row in found.values()}), len(expected.entities))
            for iri, labels in expected.labels.items():
                columns = {name: value for name, value in found[iri].items() if name.startswith("label_") and value}
                spelled = {f"label_{language.replace('-', '_')}": [label] for language, label in labels.items()}
                self.assertEqual(columns, spelled)
                self.assertIn(found[iri]["label"], labels.values())

        self.each(check)

    def test_every_link_is_an_edge(self):
        def check(expected, folder):
            iris = {row["id"]: row["iri"] for row in rows(folder, "nodes")}
            found = {row["iri"]: row for row in rows(folder, "edges")}
            self.assertEqual(set(found), set(expected.links))
            for iri, link in expected.links.items():
                row = found[iri]
                self.assertEqual((iris[row["src"]], iris[row["dst"]]), (link.subject, link.object))
                self.assertEqual(row["id"], local(iri))
                self.assertEqual([row["property"], row["relationship"]], [link.property] * 2)
                self.assertEqual((row["rank"], set(row["sources"] or [])), (link.rank, link.sources))
                others = stated(row, OF_LINKS)
                self.assertEqual(others, typed(link.qualifiers, others))

        self.each(check)

    def test_every_other_statement_is_a_claim(self):
        def check(expected, folder):
            iris = {row["id"]: row["iri"] for row in rows(folder, "nodes")}
            found = {row["iri"]: row for row in rows(folder, "claims")}
            self.assertEqual(set(found), set(expected.claims))
            for iri, claim in expected.claims.items():
                row = found[iri]
                self.assertEqual((iris[row["subject"]], row["value"]), (claim.subject, claim.object))
                self.assertEqual((row["property"], row["rank"]), (claim.property, claim.rank))
                self.assertEqual(set(row["sources"] or []), claim.sources)
                others = stated(row, OF_CLAIMS)
                self.assertEqual(others, typed(claim.qualifiers, others))

        self.each(check)

    def test_citations_are_as_many_as_in_the_graph(self):
        def check(expected, folder):
            cited = [row["sources"] or [] for name in ["edges", "claims"] for row in rows(folder, name)]
            self.assertEqual(sum(map(len, cited)), expected.citations)

        self.each(check)

    def test_the_columns_of_the_nodes_are_the_best_claims(self):
        """Every claim that is not deprecated and has no rival is a value of its node's column."""
        def check(expected, folder):
            nodes = {row["iri"]: row for row in rows(folder, "nodes")}
            claims = [claim for claim in expected.claims.values() if claim.rank == "preferred"]
            rivals = {(claim.subject, claim.property) for claim in claims}
            claims += [claim for claim in expected.claims.values()
                       if claim.rank == "normal" and (claim.subject, claim.property) not in rivals]
            for claim in claims:
                columns = stated(nodes[claim.subject], {})
                named = re.compile(re.escape(claim.property) + "(_[A-Za-z_]+)?")
                values = [columns[name] for name in columns if named.fullmatch(name)]
                self.assertTrue(any({type(min(found))(claim.object)} <= found for found in values), (claim, values))

        self.each(check)

    def test_types_are_those_of_the_ontology(self):
        folder = tables(self.folder, SHIPPED)
        schemas = {name: pyarrow.parquet.read_schema(folder / f"{name}.parquet") for name in TABLES}
        for name, first in [("nodes", ["id"]), ("edges", ["id", "src", "dst", "relationship"]), ("claims", ["id", "subject"])]:
            for column in first:
                self.assertEqual(schemas[name].field(column), pyarrow.field(column, pyarrow.string(), nullable=False))
            self.assertEqual(schemas[name].field("sources").type.value_type, pyarrow.string())
            for column in ["validFrom", "validTo"]:
                self.assertEqual(schemas[name].field(column).type, pyarrow.date32())
        self.assertEqual(schemas["nodes"].field("year").type, pyarrow.int64())
        self.assertEqual(schemas["nodes"].field("editionNumber").type, pyarrow.int64())
        self.assertEqual(schemas["edges"].field("amount").type, pyarrow.float64())
        described = duckdb.sql(f"describe select * from '{folder}/nodes.parquet'").fetchall()
        types = {name: kind for name, kind, *_ in described}
        self.assertEqual((types["validFrom"], types["year"], types["label_ar"]), ("DATE", "BIGINT", "VARCHAR[]"))

    def test_days_are_the_bounds_of_what_the_dates_mean(self):
        nodes = {row["id"]: row for row in rows(tables(self.folder, HOSTILE), "nodes")}
        day = datetime.date
        bounds = {name: (nodes[name]["validFrom"], nodes[name]["validTo"], nodes[name]["year"])
                  for name in ["interval", "month", "circa", "open"]}
        self.assertEqual(bounds, {
            "interval": (day(2024, 5, 27), day(2024, 5, 30), 2024),
            "month": (day(2024, 3, 1), day(2024, 3, 31), 2024),
            "circa": (day(2023, 1, 1), day(2023, 12, 31), 2023),
            "open": (day(2023, 11, 1), None, 2023),
        })
        self.assertEqual(nodes["interval"]["startDate"], "2024-05-27/2024-05-30")

    def test_integers_that_a_double_would_round_and_control_characters_are_kept(self):
        folder = tables(self.folder, HOSTILE)
        self.assertIn("9007199254740993", {str(row["count"]) for row in rows(folder, "edges")})
        labels = {row["id"]: row["label"] for row in rows(folder, "nodes")}
        self.assertRegex(labels["control"], "[\0-\x1f]")
        self.assertGreater(len(labels["long"]), 50_000)

    def test_pandas_and_pyarrow_read_the_same_as_duckdb(self):
        def check(_, folder):
            for name in TABLES:
                found = rows(folder, name)
                self.assertEqual(pyarrow.parquet.read_table(folder / f"{name}.parquet").to_pylist(), found)
                frame = pandas.read_parquet(folder / f"{name}.parquet")
                self.assertEqual(frame["id"].tolist(), [row["id"] for row in found])
                self.assertEqual([None if sources is None else list(sources) for sources in frame["sources"]],
                                 [row["sources"] for row in found])

        self.each(check)

    def test_the_other_modes_have_the_same_nodes_and_edges_as_graphml(self):
        namespace = "{http://graphml.graphdrawing.org/xmlns}"
        for data in [SHIPPED, HOSTILE]:
            for mode in ["two-mode", "one-mode"]:
                with self.subTest(f"{data.name} {mode}"):
                    folder = tables(self.folder, data, "--mode", mode)
                    graph = ElementTree.fromstring(export("graphml", "--mode", mode, data=data, allowed=(0, 1)))
                    # GraphML writes other ids where one is no name of XML; the IRIs are the same.
                    [key] = [key.get("id") for key in graph.iter(f"{namespace}key")
                             if key.get("for") == "node" and key.get("attr.name") == "iri"]
                    iris = {node.get("id"): datum.text for node in graph.iter(f"{namespace}node")
                            for datum in node.iter(f"{namespace}data") if datum.get("key") == key}
                    nodes = {row["id"]: row["iri"] for row in rows(folder, "nodes")}
                    self.assertEqual(set(nodes.values()), set(iris.values()))
                    self.assertEqual(len(nodes), len(iris))
                    edges = sorted((nodes[row["src"]], nodes[row["dst"]]) for row in rows(folder, "edges"))
                    self.assertEqual(edges, sorted((iris[edge.get("source")], iris[edge.get("target")])
                                                   for edge in graph.iter(f"{namespace}edge")))
        weights = [row["weight"] for row in rows(tables(self.folder, SHIPPED, "--mode", "one-mode"), "edges")]
        self.assertTrue(all(weight >= 1 for weight in weights) and max(weights) > 1)

    def test_the_same_data_give_the_same_bytes(self):
        first = {path.name: path.read_bytes() for path in tables(self.folder, SHIPPED).iterdir()}
        second = {path.name: path.read_bytes() for path in tables(self.folder, SHIPPED).iterdir()}
        self.assertEqual(first, second)
        self.assertEqual(set(first), {f"{name}.parquet" for name in TABLES})


class Spark(unittest.TestCase):
    """Spark finds the components and degrees that networkx finds in the RDF, and `stats` in the graph."""

    @classmethod
    def setUpClass(cls):
        os.environ |= {"PYSPARK_SUBMIT_ARGS": "--driver-memory 1g pyspark-shell", "PYSPARK_PYTHON": sys.executable}
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        cls.spark = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
        cls.addClassCleanup(cls.spark.stop)
        cls.spark.sparkContext.setLogLevel("ERROR")
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        folder = tables(pathlib.Path(folder.name) / "tables", SHIPPED)
        cls.nodes, cls.edges = (cls.spark.read.parquet(str(folder / f"{name}.parquet")) for name in ["nodes", "edges"])
        cls.graph = networkx.MultiDiGraph()
        expected = Expected()
        cls.graph.add_nodes_from(expected.entities)
        cls.graph.add_edges_from((link.subject, link.object) for link in expected.links.values())
        cls.stats = run("stats")

    def components(self):
        """The component of each node: the least id that reaches it, handed on along the edges until none changes."""
        ends = self.edges.select("src", "dst")
        links = ends.union(ends.select("dst", "src")).distinct().collect()
        both = self.spark.createDataFrame(links, "src string, dst string").cache()
        labels = {row.id: row.id for row in self.nodes.select("id").collect()}
        while True:
            frame = self.spark.createDataFrame(list(labels.items()), "id string, label string")
            reached = both.join(frame, both.src == frame.id).groupBy("dst").agg(functions.min("label").alias("least"))
            changed = {row.dst: row.least for row in reached.collect() if row.least < labels[row.dst]}
            if not changed:
                return labels
            labels.update(changed)

    def test_components(self):
        iris = {row.id: row.iri for row in self.nodes.select("id", "iri").collect()}
        found = {}
        for node, label in self.components().items():
            found.setdefault(label, set()).add(iris[node])
        expected = {frozenset(component) for component in networkx.weakly_connected_components(self.graph)}
        self.assertEqual({frozenset(component) for component in found.values()}, expected)
        largest = max(len(component) for component in found.values())
        self.assertRegex(self.stats, rf"components +{len(found)}  the largest of {largest} entities\n")

    def test_degrees(self):
        ends = self.edges.select(functions.explode(functions.array("src", "dst")).alias("id"))
        counted = self.nodes.join(ends.groupBy("id").count(), "id", "left").select("id", "iri", "count")
        degrees = {row.iri: row["count"] or 0 for row in counted.collect()}
        self.assertEqual(degrees, dict(self.graph.degree()))
        most = sorted(((local(iri), degree) for iri, degree in degrees.items()), key=lambda pair: (-pair[1], pair[0]))
        spelled = ", ".join(f"{node} {degree}" for node, degree in most[:5])
        self.assertRegex(self.stats, rf"most linked +{re.escape(spelled)}\n")

    def test_types_lists_and_days(self):
        types = dict(self.nodes.dtypes) | dict(self.edges.dtypes)
        self.assertEqual((types["validFrom"], types["year"], types["amount"]), ("date", "bigint", "double"))
        self.assertEqual(types["label_ar"], "array<string>")
        node = self.nodes.where("id = 'sotf'").first()
        self.assertEqual((node.validFrom, node.label_ar), (datetime.date(2024, 9, 22), ["قمة المستقبل"]))


if __name__ == "__main__":
    unittest.main()
