"""The Python package: its wheel, installed where there is no Rust, and what it gives."""

import collections
import json
import os
import pathlib
import subprocess
import sys
import sysconfig
import tempfile
import unittest
import zipfile

import nbclient
import nbformat
import networkx

from program import REPOSITORY, export

PACKAGE = REPOSITORY / "python"


def python(environment, script, *arguments):
    """Runs a script in the environment, outside of any checkout and with nothing else on the path, and returns what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        command = [environment / "bin" / "python", "-c", script, *map(str, arguments)]
        variables = {"PATH": str(environment / "bin"), "HOME": folder, "PYTHONUTF8": "1"}
        result = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
        if result.returncode:
            raise AssertionError(result.stderr)
        return json.loads(result.stdout)


class Wheel(unittest.TestCase):
    """The wheel brings the program, and the package runs it."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        built = pathlib.Path(folder.name) / "wheels"
        maturin = pathlib.Path(sys.executable).with_name("maturin")
        command = [maturin, "build", "--release", "--locked", "--quiet", "--out", built]
        variables = os.environ | {"CARGO_TARGET_DIR": str(REPOSITORY / "target")}
        subprocess.run(command, cwd=PACKAGE, env=variables, check=True)
        [cls.wheel] = built.iterdir()
        cls.environment = pathlib.Path(folder.name) / "environment"
        subprocess.run([sys.executable, "-m", "venv", cls.environment], check=True)
        pip = [cls.environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-index", "--no-deps", cls.wheel], check=True)
        # pyarrow, pandas and networkx are those of the readers.
        [packages] = cls.environment.glob("lib/python*/site-packages")
        (packages / "readers.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    def test_the_wheel_is_small_and_typed_and_runs_on_common_systems(self):
        self.assertLess(self.wheel.stat().st_size, 25_000_000)
        self.assertRegex(self.wheel.name, r"^rapporteur-.*-py3-none-manylinux_.*\.whl$")
        with zipfile.ZipFile(self.wheel) as archive:
            names = archive.namelist()
        self.assertIn("rapporteur/py.typed", names)
        self.assertTrue([name for name in names if name.endswith("/scripts/rapporteur")], names)

    def test_the_program_builds_outside_of_any_checkout(self):
        script = """
import json, pathlib, subprocess
subprocess.run(["rapporteur", "build", "--quiet"], check=True)
manifest = json.loads(pathlib.Path("out/manifest.json").read_text())
module = subprocess.run(["python", "-m", "rapporteur", "--version"], check=True, capture_output=True, text=True)
print(json.dumps([len(manifest["files"]), module.stdout]))
"""
        files, version = python(self.environment, script)
        self.assertGreater(files, 100)
        self.assertTrue(version.startswith("rapporteur "))

    def test_networkx_gets_the_graph_of_graphml(self):
        script = """
import json, rapporteur
graph = rapporteur.open().to_networkx()
print(json.dumps([sorted(graph.nodes), sorted([*link, data["property"]] for *link, data in graph.edges(data=True))]))
"""
        expected = networkx.parse_graphml(export("graphml"), force_multigraph=True)
        nodes, links = python(self.environment, script)
        self.assertEqual(nodes, sorted(expected.nodes))
        self.assertEqual(links, sorted([*link, data["property"]] for *link, data in expected.edges(data=True)))

    def test_tables_have_the_rows_and_paragraphs_of_the_feed(self):
        script = """
import json, rapporteur
report = rapporteur.open()
nodes, edges, claims = report.nodes(), report.edges(), report.claims()
print(json.dumps([nodes.column("id").to_pylist(), edges.select(["src", "dst", "property"]).to_pylist(),
                  min(map(len, edges.column("sources").to_pylist())), claims.num_rows]))
"""
        nodes, edges, least, claims = python(self.environment, script)
        graph = json.loads(export("nodelink"))
        self.assertEqual(sorted(nodes), sorted(node["id"] for node in graph["nodes"]))
        ends = collections.Counter((edge["source"], edge["target"], edge["property"]) for edge in graph["edges"])
        self.assertEqual(collections.Counter((edge["src"], edge["dst"], edge["property"]) for edge in edges), ends)
        self.assertGreater(least, 0)
        self.assertEqual(claims, sum(len(node.get("claims", [])) for node in graph["nodes"]))

    def test_answers_have_values_of_python(self):
        script = '''
import json, rapporteur
answer = rapporteur.open().query("""SELECT ?i ?d ?f ?b ?t ?day ?none (?i AS ?mixed) {
  VALUES (?i ?d ?f ?b ?t ?day) { (7 1.50 1e3 true "x"@en "2024-05-27"^^xsd:date) } }""")
[row] = answer.rows()
frame = answer.to_pandas()
print(json.dumps([[type(value).__name__ for value in row.values()], [str(value) for value in row.values()],
                  list(frame.columns), [str(kind) for kind in answer.to_arrow().schema.types],
                  answer.terms[0]["t"], rapporteur.open().query("ASK { ?s rap:leads ?o }"),
                  rapporteur.open().construct("DESCRIBE <https://w3id.org/rapporteur/c24/itu>").count("rap:acronym")]))
'''
        kinds, values, columns, types, term, leads, acronyms = python(self.environment, script)
        self.assertEqual(kinds, ["int", "Decimal", "float", "bool", "str", "date", "NoneType", "int"])
        self.assertEqual(values, ["7", "1.50", "1000.0", "True", "x", "2024-05-27", "None", "7"])
        self.assertEqual(columns, ["i", "d", "f", "b", "t", "day", "none", "mixed"])
        self.assertEqual(types[:4], ["int64", "decimal128(3, 2)", "double", "bool"])
        self.assertEqual(term, {"type": "literal", "value": "x", "xml:lang": "en"})
        self.assertIs(leads, True)
        self.assertGreater(acronyms, 0)

    def test_failures_are_exceptions_with_places(self):
        script = """
import json, pathlib, rapporteur
caught = []
def attempt(call):
    try:
        call()
    except rapporteur.RapporteurError as error:
        caught.append([type(error).__name__, str(error), getattr(error, "line", None), getattr(error, "column", None)])
report = rapporteur.open()
attempt(lambda: report.query("SELECT ?x\\nWHERE { ?x rdfs:label \\"x }"))
attempt(lambda: report.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=1))
attempt(lambda: report.draw(around="Nobody At All"))
attempt(lambda: report.draw(colour="red"))
attempt(lambda: rapporteur.open("nowhere").nodes())
folder = pathlib.Path("mine")
folder.mkdir()
(folder / "dataset.toml").write_text('id = "mine"\\nbase = "https://example.org/"\\n')
(folder / "a.csv").write_text("id,class,label@en\\nx,Nonsense,X\\n")
attempt(lambda: rapporteur.open(folder).nodes())
findings = rapporteur.open(folder).findings()
print(json.dumps([caught, [[finding.place, finding.severity] for finding in findings]]))
"""
        caught, findings = python(self.environment, script)
        query, late, name, option, folder, data = caught
        self.assertEqual([query[0], *query[2:]], ["QueryError", 2, 23])
        self.assertTrue(query[1].startswith("query:2:23: this string is never closed\nhelp: "), query)
        self.assertEqual(late[0], "QueryError")
        self.assertEqual(name[:2], ["RapporteurError", "no entity is called `Nobody At All`"])
        self.assertIn("--colour", option[1])
        self.assertIn("nowhere", folder[1])
        self.assertEqual(data[0], "DataError")
        self.assertTrue(data[1].startswith("a.csv:2:3: "), data)
        self.assertIn(["a.csv:2:3", "violation"], findings)

    def test_pictures_and_the_notebook(self):
        script = """
import json, rapporteur
picture = rapporteur.open().draw(around="EQUALS", lang="ar")
picture.save("picture.svg")
print(json.dumps([picture._repr_svg_() == open("picture.svg", encoding="utf-8").read(), 'xml:lang="ar"' in picture.svg or 'lang="ar"' in picture.svg]))
"""
        self.assertEqual(python(self.environment, script), [True, True])
        os.environ["RAPPORTEUR"] = str(self.environment / "bin" / "rapporteur")
        self.addCleanup(os.environ.pop, "RAPPORTEUR")
        [packages] = self.environment.glob("lib/python*/site-packages")
        os.environ["PYTHONPATH"] = str(packages)
        self.addCleanup(os.environ.pop, "PYTHONPATH")
        notebook = nbformat.read(PACKAGE / "example.ipynb", 4)
        with tempfile.TemporaryDirectory() as folder:
            nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}}).execute()
        shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        self.assertTrue(any("image/svg+xml" in output.get("data", {}) for output in shown))
        self.assertTrue(any("International Telecommunication Union" in str(output.get("data")) for output in shown))


class Types(unittest.TestCase):
    """The package's types hold."""

    def test_mypy_finds_nothing(self):
        command = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "--no-incremental", PACKAGE / "rapporteur"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stdout)


if __name__ == "__main__":
    unittest.main()
