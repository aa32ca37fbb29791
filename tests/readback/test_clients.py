"""Programs that people ask servers with, asking ours."""

import json
import unittest
import urllib.request

import openapi_spec_validator
import pandas
import rdflib
import reconciler
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from program import export, run
from server import Server

LEADS = "SELECT ?who ?what { ?who rap:leads ?what } ORDER BY ?who ?what"
RAP = rdflib.Namespace("https://w3id.org/rapporteur/ns#")
C24 = rdflib.Namespace("https://w3id.org/rapporteur/c24/")


def rows(answer):
    """The rows of SPARQL results in JSON, as texts."""
    return [{name: term["value"] for name, term in row.items()} for row in answer["results"]["bindings"]]


class Clients(unittest.TestCase):
    """One server for all."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.endpoint = f"{cls.server.url}/sparql"
        # In the order of the query, which is the same for both.
        cls.leads = rows(json.loads(run("query", "-q", "-F", "json", LEADS)))

    def wrapper(self, query, answer, method=SPARQLWrapper.GET, request=SPARQLWrapper.URLENCODED):
        """What SPARQLWrapper makes of an answer."""
        client = SPARQLWrapper.SPARQLWrapper(self.endpoint)
        client.setQuery(query)
        client.setReturnFormat(answer)
        client.setMethod(method)
        client.setRequestMethod(request)
        return client.queryAndConvert()

    def test_sparqlwrapper_asks_in_each_way_and_takes_each_format(self):
        self.assertGreater(len(self.leads), 5)
        for method, request in [
            (SPARQLWrapper.GET, SPARQLWrapper.URLENCODED),
            (SPARQLWrapper.POST, SPARQLWrapper.URLENCODED),
            (SPARQLWrapper.POST, SPARQLWrapper.POSTDIRECTLY),
        ]:
            with self.subTest(method=method, request=request):
                self.assertEqual(rows(self.wrapper(LEADS, SPARQLWrapper.JSON, method, request)), self.leads)
        found = self.wrapper(LEADS, SPARQLWrapper.XML).getElementsByTagName("result")
        self.assertEqual(len(found), len(self.leads))
        for answer in (SPARQLWrapper.CSV, SPARQLWrapper.TSV):
            lines = self.wrapper(LEADS, answer).decode().splitlines()
            self.assertEqual(len(lines), len(self.leads) + 1)
        self.assertIs(self.wrapper("ASK { c24:itu a rap:Organization }", SPARQLWrapper.JSON)["boolean"], True)
        construct = "CONSTRUCT { ?who rap:leads ?what } { ?who rap:leads ?what }"
        for answer in (SPARQLWrapper.TURTLE, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD, SPARQLWrapper.N3):
            with self.subTest(answer):
                graph = self.wrapper(construct, answer)
                if isinstance(graph, bytes):
                    graph = rdflib.Graph().parse(data=graph, format="turtle")
                self.assertEqual(len(graph), len(self.leads))

    def test_sparqlwrapper_knows_what_went_wrong(self):
        with self.assertRaises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed) as raised:
            self.wrapper("SELECT ?x { ?x rap:leads", SPARQLWrapper.JSON)
        self.assertIn("ends before it is complete", str(raised.exception))

    def test_rdflib_asks_as_if_the_graph_were_here(self):
        there = rdflib.Graph(SPARQLStore(self.endpoint))
        here = rdflib.Graph().parse(data=export("ntriples"), format="nt")
        self.assertEqual(set(there.subject_objects(RAP.leads)), set(here.subject_objects(RAP.leads)))
        about = set(here.predicate_objects(C24.itu))
        self.assertGreater(len(about), 10)
        # What the profile leaves out of the default graph and the ontology adds is the same for both.
        self.assertEqual(set(there.predicate_objects(C24.itu)), about)
        self.assertIn((C24.itu, RAP.leads, None), there)
        query = "SELECT ?name { c24:itu rdfs:label ?name FILTER (LANG(?name) = 'ar') }"
        names = [str(row.name) for row in there.query(query, initNs={"c24": C24})]
        self.assertEqual(names, [str(name) for name in here.objects(C24.itu, rdflib.RDFS.label) if name.language == "ar"])

    def test_reconciler_matches_a_column(self):
        # It fails by itself where nothing is found: it names a constant that numpy no longer has.
        names = pandas.Series(["ITU", "United Nations"])
        found = reconciler.reconcile(names, reconciliation_endpoint=f"{self.server.url}/reconcile")
        found = found.set_index("input_value")
        self.assertEqual(found.loc["ITU", "id"], "itu")
        self.assertEqual(found.loc["United Nations", "id"], "un")
        typed = reconciler.reconcile(
            pandas.Series(["Sweden"]), type_id="Country", reconciliation_endpoint=f"{self.server.url}/reconcile"
        )
        self.assertEqual(list(typed["id"]), ["sweden"])

    def test_the_openapi_description_is_one(self):
        with urllib.request.urlopen(f"{self.server.url}/openapi.json", timeout=60) as answer:
            description = json.load(answer)
        openapi_spec_validator.validate(description)
        self.assertTrue(description["openapi"].startswith("3.1"))
        self.assertGreater(len(description["paths"]), 20)
        # What it describes is answered as it says.
        path, operations = next((p, o) for p, o in description["paths"].items() if "members-of-a-body" in p)
        status, headers, _ = self.server.ask("GET", path, [("Accept", "application/sparql-results+json")])
        self.assertEqual(status, 200)
        described = operations["get"]["responses"]["200"]["content"]
        self.assertIn(headers["content-type"].split(";")[0], described)


if __name__ == "__main__":
    unittest.main()
