"""A release, judged by the tools of those who find and reuse data."""

import contextlib
import csv
import gzip
import http.client
import importlib.resources
import io
import json
import logging
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

import mlcroissant
import pyshacl
import rdflib
import requests
import yaml
from rdflib.namespace import DCTERMS, FOAF, RDF
from requests.adapters import BaseAdapter
from requests_cache import CachedSession
from rocrate_validator import models, services
from urllib3 import HTTPResponse

from program import REPOSITORY, SHIPPED, run

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
CONTEXT = "https://w3id.org/ro/crate/1.3/context"
BASE = "https://w3id.org/rapporteur/c24/"

# What only the publisher of a real data set can say.
SAID = """
publisher-iri = "https://ror.org/00k4n6c32"
contact = "mailto:data@example.org"
site = "https://data.example.org/c24/"
"""


def setUpModule():
    """Releases the shipped data set, once as it is and once with all that can be said."""
    global PLACE, RELEASE, FULL
    PLACE = tempfile.TemporaryDirectory()
    place = pathlib.Path(PLACE.name)
    RELEASE, FULL = place / "release", place / "full"
    run("release", "-o", str(RELEASE), "--quiet")
    shutil.copytree(SHIPPED, place / "data")
    config = (place / "data" / "dataset.toml").read_text(encoding="utf-8")
    (place / "data" / "dataset.toml").write_text(SAID + config, encoding="utf-8")
    run("release", "-o", str(FULL), "--quiet", data=place / "data")


def tearDownModule():
    PLACE.cleanup()


class Checksums(unittest.TestCase):
    def test_all_files_are_as_the_checksums_say(self):
        result = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=RELEASE, capture_output=True, text=True, check=False)
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)


class Croissant(unittest.TestCase):
    """mlcroissant finds nothing wrong, and reads every record from the packed tables."""

    def test_records(self):
        path = RELEASE / "croissant.json"
        files = [one for one in json.loads(path.read_text(encoding="utf-8"))["distribution"] if "containedIn" not in one]
        # Where they will be downloaded from, they are not yet.
        mapping = {one["@id"]: RELEASE / one["@id"] for one in files}
        with self.assertLogs("absl", logging.WARNING) as logged:
            logging.getLogger("absl").warning("nothing else")
            dataset = mlcroissant.Dataset(jsonld=str(path), mapping=mapping)
        self.assertEqual(logged.output, ["WARNING:absl:nothing else"])
        issues = dataset.metadata.ctx.issues
        self.assertEqual((list(issues.errors), list(issues.warnings)), ([], []))
        counts = {records.id: sum(1 for _ in dataset.records(records.id)) for records in dataset.metadata.record_sets}
        manifest = json.loads((RELEASE / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(counts["statements"], manifest["counts"]["statements"])
        entities = sum(count for name, count in counts.items() if name not in {"statements", "paragraphs"})
        self.assertEqual(entities, manifest["counts"]["entities"])


class Packaged(BaseAdapter):
    """Answers with the context of RO-Crate that a package brings along."""

    def send(self, request, **_):
        body = importlib.resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response.headers["Content-Type"] = "application/ld+json"
        headers = dict(response.headers)
        response.raw = HTTPResponse(io.BytesIO(body), headers, 200, preload_content=False, request_url=request.url, request_method="GET")
        return response

    def close(self):
        pass


class Crate(unittest.TestCase):
    """rocrate-validator, offline."""

    # What cannot be asked offline, and what the data set of a test cannot have.
    UNSEEN = "SHOULD resolve to the RO-Crate Metadata Document"

    def issues(self, folder):
        with tempfile.TemporaryDirectory() as place:
            cache = str(pathlib.Path(place) / "cache")
            session = CachedSession(cache_name=cache, backend="sqlite", expire_after=-1, allowable_methods=("GET",))
            session.mount(CONTEXT.removesuffix("context"), Packaged())
            self.assertEqual(json.loads(session.get(CONTEXT).content)["@id"], CONTEXT)
            session.close()
            settings = services.ValidationSettings(
                rocrate_uri=str(folder),
                profile_identifier="ro-crate-1.3",
                requirement_severity=models.Severity.RECOMMENDED,
                offline=True,
                cache_path=cache,
            )
            found = services.validate(settings).get_issues()
        return {(issue.severity.name, issue.message) for issue in found if self.UNSEEN not in issue.message}

    def test_all_that_is_required_and_recommended(self):
        self.assertEqual(self.issues(FULL), set())

    def test_what_is_wrong_is_found(self):
        with tempfile.TemporaryDirectory() as place:
            broken = pathlib.Path(place) / "broken"
            shutil.copytree(RELEASE, broken)
            path = broken / "ro-crate-metadata.json"
            path.write_text(path.read_text(encoding="utf-8").replace('"datePublished"', '"dateCreated"'), encoding="utf-8")
            self.assertTrue(any(severity == "REQUIRED" for severity, _ in self.issues(broken)))


class Dcat(unittest.TestCase):
    """The record for catalogues has what DCAT-AP makes mandatory, and shapes see it if not."""

    def conforms(self, graph):
        shapes = rdflib.Graph().parse(pathlib.Path(__file__).with_name("dcat-ap.ttl"))
        conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
        return conforms, text

    def test_the_records(self):
        for folder in (RELEASE, FULL):
            conforms, text = self.conforms(rdflib.Graph().parse(folder / "dcat.ttl"))
            self.assertTrue(conforms, text)

    def test_each_property_that_must_be_there_is_missed(self):
        whole = rdflib.Graph().parse(FULL / "dcat.ttl")
        catalogue, dataset = rdflib.URIRef(BASE + "release/catalogue"), rdflib.URIRef(BASE)
        node = next(whole.objects(dataset, DCAT.distribution))
        checksum = whole.value(node, SPDX.checksum)
        publisher = whole.value(dataset, DCTERMS.publisher)
        needed = [
            (catalogue, DCTERMS.title), (catalogue, DCTERMS.description), (catalogue, DCTERMS.publisher),
            (dataset, DCTERMS.title), (dataset, DCTERMS.description), (node, DCAT.accessURL),
            (checksum, SPDX.algorithm), (checksum, SPDX.checksumValue), (publisher, FOAF.name),
        ]
        for subject, predicate in needed:
            graph = rdflib.Graph()
            graph += whole
            graph.remove((subject, predicate, None))
            self.assertLess(len(graph), len(whole))
            self.assertFalse(self.conforms(graph)[0], (subject, predicate))


class Void(unittest.TestCase):
    """What VoID counts is what is counted in the triples."""

    @classmethod
    def setUpClass(cls):
        cls.void = rdflib.Graph().parse(RELEASE / "void.ttl")
        cls.data = rdflib.Graph()
        with gzip.open(RELEASE / "data" / "c24.nt.gz", "rt", encoding="utf-8") as file:
            cls.data.parse(file, format="nt")
        with gzip.open(RELEASE / "data" / "c24.direct.ttl.gz", "rt", encoding="utf-8") as file:
            cls.direct = rdflib.Graph().parse(file, format="turtle")

    def test_triples_and_entities(self):
        query = "SELECT ?triples ?entities ?space { ?d a void:Dataset ; void:triples ?triples ; void:entities ?entities ; void:uriSpace ?space }"
        ((triples, entities, space),) = self.void.query(query, initNs={"void": rdflib.VOID})
        self.assertEqual(triples.value, len(self.data))
        self.assertEqual(str(space), BASE)
        manifest = json.loads((RELEASE / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(entities.value, manifest["counts"]["entities"])

    def test_each_partition(self):
        properties = "SELECT ?p ?n { <%s> void:propertyPartition [ void:property ?p ; void:triples ?n ] }" % BASE
        rows = list(self.void.query(properties, initNs={"void": rdflib.VOID}))
        self.assertGreater(len(rows), 50)
        for predicate, n in rows:
            self.assertEqual(sum(1 for _ in self.direct.triples((None, predicate, None))), n.value, predicate)
        classes = "SELECT ?c ?n { <%s> void:classPartition [ void:class ?c ; void:entities ?n ] }" % BASE
        rows = list(self.void.query(classes, initNs={"void": rdflib.VOID}))
        self.assertGreater(len(rows), 30)
        for of_class, n in rows:
            # A thing has its class and the base class of that; in a partition it is counted by its own class.
            self.assertLessEqual(n.value, sum(1 for _ in self.direct.subjects(RDF.type, of_class)), of_class)
        self.assertEqual(sum(n.value for _, n in rows), self.void.value(rdflib.URIRef(BASE), rdflib.VOID.entities).value)

    def test_dumps_are_there_and_are_what_they_say(self):
        dumps = self.void.objects(rdflib.URIRef(BASE), rdflib.VOID.dataDump)
        names = [str(dump).removeprefix(BASE + "release/0.1.0/") for dump in dumps]
        self.assertGreaterEqual(len(names), 9)
        for name in names:
            self.assertTrue((RELEASE / name).is_file(), name)


class Citation(unittest.TestCase):
    """CITATION.cff has the keys that the format asks for, and values of their kinds."""

    def test_the_file(self):
        found = yaml.safe_load((FULL / "CITATION.cff").read_text(encoding="utf-8"))
        self.assertEqual(found["cff-version"], "1.2.0")
        for key in ("message", "title", "version", "url", "abstract", "license"):
            self.assertIsInstance(found[key], str, key)
        self.assertRegex(found["date-released"], r"^\d{4}-\d\d-\d\d$")
        self.assertEqual(found["authors"], [{"name": "rapporteur", "website": "https://ror.org/00k4n6c32"}])
        self.assertEqual(found["type"], "dataset")
        self.assertEqual(len(found["keywords"]), len(set(found["keywords"])))


class Redirects(unittest.TestCase):
    """Apache does with the rules what the table says."""

    MODULES = ("mpm_event", "authz_core", "unixd", "rewrite", "env")

    def test_the_table(self):
        with open(FULL / "redirects" / "table.tsv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.assertGreater(len(rows), 30)
        with self.apache() as port:
            for path, accept, language, target in rows:
                headers = {"Accept": accept} | ({"Accept-Language": language} if language else {})
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                connection.request("GET", path, headers=headers)
                response = connection.getresponse()
                self.assertEqual((response.status, response.getheader("Location")), (303, target), (path, accept, language))
                connection.close()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/rapporteur/elsewhere")
            self.assertEqual(connection.getresponse().status, 404)
            connection.close()

    @contextlib.contextmanager
    def apache(self):
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            os.chmod(place, 0o755)
            shutil.copytree(FULL / "redirects", place / "root" / "rapporteur")
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            modules = pathlib.Path("/usr/lib/apache2/modules")
            built_in = subprocess.run(["/usr/sbin/apache2", "-l"], capture_output=True, text=True, check=True).stdout
            load = [f"LoadModule {name}_module {modules}/mod_{name}.so" for name in self.MODULES if f"mod_{name}.c" not in built_in]
            config = [
                *load, f"Listen 127.0.0.1:{port}", "ServerName localhost", f"ServerRoot {place}", f"PidFile {place}/pid",
                f"ErrorLog {place}/log", f"DocumentRoot {place}/root", "User www-data", "Group www-data",
                f"<Directory {place}/root>", "AllowOverride All", "Require all granted", "Options FollowSymLinks", "</Directory>",
            ]
            (place / "conf").write_text("\n".join(config) + "\n", encoding="utf-8")
            server = subprocess.Popen(["/usr/sbin/apache2", "-X", "-f", str(place / "conf")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            try:
                self.wait(server, port)
                yield port
            finally:
                server.terminate()
                server.communicate(timeout=30)

    def wait(self, server, port):
        """Until it answers; a server that ended says why."""
        for _ in range(300):
            if server.poll() is not None:
                raise AssertionError(server.stdout.read())
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            time.sleep(0.1)
        raise AssertionError("Apache does not answer")


class Names(unittest.TestCase):
    """The repository is where the program is run from: the release of the shipped data has no mark of where it was made."""

    def test_no_file_names_the_folder(self):
        for path in sorted(RELEASE.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                content = gzip.decompress(content) if path.suffix == ".gz" else content
                for folder in (REPOSITORY, RELEASE):
                    self.assertNotIn(os.fsencode(folder), content, path)


if __name__ == "__main__":
    unittest.main()
