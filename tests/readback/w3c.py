"""Runs the W3C's tests of the SPARQL 1.1 Protocol, the Service Description and the Graph Store Protocol on the server.

    python tests/readback/w3c.py FOLDER [--write]

FOLDER holds the manifests of w3c/rdf-tests (`protocol`, `service-description`, `graph-store-protocol`,
`http-rdf-update`), which are no part of this repository. The report is EARL; with --write it is kept in docs/conformance.
"""

import argparse
import json
import pathlib
import sys
import urllib.parse

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS

from program import REPOSITORY, version
from server import Server

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
HTS = rdflib.Namespace("http://www.w3.org/2011/http-statusCodes#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
EARL = rdflib.Namespace("http://www.w3.org/ns/earl#")
DOAP = rdflib.Namespace("http://usefulinc.com/ns/doap#")

# What is sent to the server for the paths that manifests have.
PATHS = {"/sparql/": "/sparql"}
FIRST = "http://kasei.us/2009/09/sparql/data/data1.rdf"
UPDATE = "updates are refused: the graph is read-only"

# What the vocabulary says of those of its properties that the server uses: the class of subject and object.
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, SD.Language),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.feature: (SD.Service, SD.Feature),
    SD.defaultEntailmentRegime: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.availableGraphs: (SD.Service, SD.GraphCollection),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (None, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
INSTANCES = {
    SD.Language: {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update},
    SD.Feature: {
        SD.DereferencesURIs,
        SD.UnionDefaultGraph,
        SD.RequiresDataset,
        SD.EmptyGraphs,
        SD.BasicFederatedQuery,
    },
}


def entries(manifest):
    """The tests of a manifest, in its order."""
    for found in manifest.objects(None, MF.entries):
        yield from Collection(manifest, found)


def requests(manifest, test):
    """The requests of a test: method, path, headers, body and what must be answered."""
    action = manifest.value(test, MF.action)
    for request in Collection(manifest, manifest.value(action, HT.requests)):
        headers = manifest.value(request, HT.headers)
        headers = Collection(manifest, headers) if headers else []
        pairs = [(str(manifest.value(h, HT.fieldName)), str(manifest.value(h, HT.fieldValue))) for h in headers]
        body = manifest.value(request, HT.body)
        text = b""
        if body:
            text = str(manifest.value(body, CNT.chars)).encode(str(manifest.value(body, CNT.characterEncoding)))
        method, path = manifest.value(request, HT.methodName), manifest.value(request, HT.absolutePath)
        yield str(method), str(path), pairs, text, manifest.value(request, HT.resp)


def fits(status, expected):
    """Tells whether a status is one of those of a manifest: `StatusCode4xx`, or the name of one."""
    names = {200: "OK", 201: "Created", 204: "NoContent", 404: "NotFound"}
    allowed = {str(each).removeprefix(str(HTS)) for each in expected}
    return f"StatusCode{status // 100}xx" in allowed or names.get(status) in allowed


def kind(headers):
    """What kind of answer a media type says that it is."""
    media_type = headers.get("content-type", "").split(";")[0]
    if media_type.startswith("application/sparql-results"):
        return {"boolean", "tabular"}
    return {"RDF"} if media_type in ("text/turtle", "application/rdf+xml", "application/n-triples") else set()


def protocol(server, manifest, test):
    """Runs a test of the protocol: what came of it, and why."""
    is_update = "update" in str(test).rsplit("#", 1)[1]
    said = []
    for method, path, headers, body, expected in requests(manifest, test):
        for theirs, ours in PATHS.items():
            path = ours + path.removeprefix(theirs) if path.startswith(theirs) else path
        # The named graphs are those of a profile, which is named in the address.
        path += ("&" if "?" in path else "?") + "profile=graphs"
        status, answered, text = server.ask(method, path, headers, body)
        said.append(str(status))
        wanted = list(manifest.objects(expected, MF.expectedStatus))
        if is_update and fits(status, wanted):
            # A refusal is what is asked for, whatever the reason.
            continue
        if is_update:
            is_refused = status == 403 and b"read-only" in text
            return ("inapplicable", UPDATE) if is_refused else ("failed", f"answered with {status}")
        if not fits(status, wanted):
            return "failed", f"answered with {status}"
        value = manifest.value(expected, MF.expectedBoolean)
        if value is not None and json.loads(text).get("boolean") is not value.toPython():
            return "failed", f"answered with {text!r}"
        format_name = manifest.value(expected, MF.expectedFormat)
        if format_name is not None and str(format_name) not in kind(answered):
            return "failed", f"answered with {answered.get('content-type')}"
    return "passed", f"answered with {', '.join(said)}"


def description(server, _, test):
    """Runs a test of the service description."""
    status, headers, text = server.ask("GET", "/sparql", [("Accept", "text/turtle, application/rdf+xml")])
    if status != 200 or headers.get("content-type", "").split(";")[0] != "text/turtle":
        return "failed", f"answered with {status} {headers.get('content-type')}"
    told = rdflib.Graph().parse(data=text, format="turtle")
    name = str(test).rsplit("#", 1)[1]
    services = list(told.subjects(RDF.type, SD.Service))
    endpoint = rdflib.URIRef(f"http://{server.host}/sparql")
    if name == "has-endpoint-triple":
        found = [s for s in services if (s, SD.endpoint, endpoint) in told]
        return ("passed", f"sd:endpoint is {endpoint}") if found else ("failed", f"no sd:endpoint {endpoint}")
    if name == "returns-rdf":
        return ("passed", f"{len(told)} triples") if len(told) else ("failed", "no triples")
    for subject, property, value in told:
        if property not in SD:
            continue
        if property not in SCHEMA:
            return "failed", f"{property} is no property of the vocabulary"
        domain, range_ = SCHEMA[property]
        if domain is not None and (subject, RDF.type, domain) not in told:
            return "failed", f"{subject} has {property} and is no {domain}"
        is_known = value in INSTANCES.get(range_, ())
        if range_ is not None and not is_known and (value, RDF.type, range_) not in told:
            return "failed", f"{value} of {property} is no {range_}"
    return "passed", "each property has a subject and a value of its classes"


def store(server, manifest, test):
    """Runs a test of the Graph Store Protocol that only reads; looks whether the others are refused."""
    methods = [method for method, *_ in requests(manifest, test)]
    writing = sorted(set(methods) - {"GET", "HEAD"})
    for method in writing:
        status, _, text = server.ask(method, f"/graph?graph={urllib.parse.quote(FIRST, safe='')}")
        if status != 403 or b"read-only" not in text:
            return "failed", f"{method} is answered with {status}"
    if writing:
        return "inapplicable", f"needs {', '.join(writing)}, which are refused: graphs are read-only"
    for method, path, headers, body, expected in requests(manifest, test):
        path = path.replace("/gsp?", "/graph?", 1)
        status, _, text = server.ask(method, path, headers, body)
        if not fits(status, manifest.objects(expected, MF.expectedStatus)):
            return "failed", f"answered with {status}: {text!r}"
    return "passed", f"answered with {status}"


# Those of the older manifest, which has its requests in prose, that only need a graph to be there or not.
READING = {
    "head_on_an_existing_graph": ("HEAD", FIRST, 200),
    "head_on_a_nonexisting_graph": ("HEAD", "http://example.org/none", 404),
    "get_of_delete__existing_graph": ("GET", "http://example.org/none", 404),
}


def older(server, _, test):
    """Runs a test of the older manifest, with the graph named by a parameter."""
    name = str(test).rsplit("#", 1)[1]
    if name not in READING:
        return "inapplicable", "needs a graph that a request before it wrote, or writes: graphs are read-only"
    method, graph, expected = READING[name]
    path = f"/graph?graph={urllib.parse.quote(graph, safe='')}"
    status, headers, text = server.ask(method, path, [("Accept", "text/turtle")])
    media_type = headers.get("content-type", "").split(";")[0]
    if status != expected or (status == 200 and (media_type != "text/turtle" or text)):
        return "failed", f"answered with {status} {media_type}: {text!r}"
    return "passed", f"answered with {status}"


SUITES = [
    ("protocol", ["protocol/manifest.ttl"], protocol),
    ("service-description", ["service-description/manifest.ttl"], description),
    (
        "graph-store",
        ["graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl"],
        store,
    ),
    ("http-rdf-update", ["http-rdf-update/manifest.ttl"], older),
]


def report(results):
    """The results as EARL, a line each way for each test."""
    lines = [
        f"@prefix dct: <{DCTERMS}> .",
        f"@prefix doap: <{DOAP}> .",
        f"@prefix earl: <{EARL}> .",
        "",
        "<#rapporteur> a doap:Project, earl:TestSubject, earl:Software ;",
        '    doap:name "rapporteur" ;',
        f'    doap:release [ doap:revision "{version()}" ] .',
        "",
        "<#runner> a earl:Assertor, earl:Software ;",
        '    doap:name "tests/readback/w3c.py" .',
    ]
    for test, (outcome, why) in results:
        lines += [
            "",
            "[] a earl:Assertion ;",
            "    earl:assertedBy <#runner> ;",
            "    earl:mode earl:automatic ;",
            "    earl:subject <#rapporteur> ;",
            f"    earl:test <{test}> ;",
            "    earl:result [",
            "        a earl:TestResult ;",
            f"        earl:outcome earl:{outcome} ;",
            f"        dct:description {rdflib.Literal(why).n3()}",
            "    ] .",
        ]
    return "\n".join(lines) + "\n"


def run(folder):
    """Runs all tests whose manifests are in a folder, and returns the results of each suite."""
    server, found = Server(data=REPOSITORY / "tests" / "w3c"), {}
    try:
        for name, files, function in SUITES:
            paths = [folder / file for file in files if (folder / file).is_file()]
            if not paths:
                print(f"{name}: no manifest in {folder}")
                continue
            results = []
            for path in paths:
                manifest = rdflib.Graph().parse(path, format="turtle")
                results += [(test, function(server, manifest, test)) for test in entries(manifest)]
            found[name] = results
    finally:
        server.stop()
    return found


def main():
    """Runs the tests, and says how many came out how."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--write", action="store_true", help="keep the reports in docs/conformance")
    arguments = parser.parse_args()
    found = run(arguments.folder)
    failed = 0
    for name, results in found.items():
        outcomes = [outcome for _, (outcome, _) in results]
        counts = ", ".join(f"{outcomes.count(each)} {each}" for each in ("passed", "failed", "inapplicable"))
        print(f"{name}: {len(results)} tests, {counts}")
        for test, (outcome, why) in results:
            if outcome == "failed":
                failed += 1
                print(f"  {test}: {why}")
        if arguments.write:
            target = REPOSITORY / "docs" / "conformance" / f"{name}.ttl"
            target.parent.mkdir(exist_ok=True)
            target.write_text(report(results), encoding="utf-8")
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
