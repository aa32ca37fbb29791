"""Queries, answered as pyoxigraph and rdflib answer them on the exported quads."""

import collections
import json
import unittest

import pyoxigraph
import rdflib

from program import REPOSITORY, export, run

NUMBERS = {"integer", "decimal", "double", "float"}
XSD = "http://www.w3.org/2001/XMLSchema#"


def prefixes():
    """The prefixes that every query knows, as the Turtle that the program writes declares them."""
    lines = [line for line in export("turtle").splitlines() if line.startswith("@prefix ")]
    return "".join(f"PREFIX {line[8:].rstrip(' .')}\n" for line in lines)


def literal(value, language, datatype):
    """A literal by what it means: numbers by value, languages in lower case."""
    if language:
        return (value, language.lower())
    name = datatype.removeprefix(XSD) if datatype else ""
    if datatype and datatype.startswith(XSD) and name in NUMBERS:
        return (round(float(value), 9), name)
    return (value, datatype or XSD + "string")


def of_json(term):
    """A term of SPARQL results in JSON."""
    if term["type"] == "triple":
        return tuple(of_json(term["value"][part]) for part in ("subject", "predicate", "object"))
    if term["type"] == "literal":
        return literal(term["value"], term.get("xml:lang"), term.get("datatype"))
    return "_:" if term["type"] == "bnode" else term["value"]


def of_pyoxigraph(term):
    """A term of pyoxigraph."""
    if isinstance(term, pyoxigraph.Triple):
        return tuple(of_pyoxigraph(part) for part in (term.subject, term.predicate, term.object))
    if isinstance(term, pyoxigraph.Literal):
        return literal(term.value, term.language, term.datatype.value)
    return "_:" if isinstance(term, pyoxigraph.BlankNode) else term.value


def of_rdflib(term):
    """A term of rdflib."""
    if isinstance(term, rdflib.Literal):
        return literal(str(term), term.language, str(term.datatype) if term.datatype else None)
    return "_:" if isinstance(term, rdflib.BNode) else str(term)


def solutions(rows):
    """How often there is each solution."""
    return collections.Counter(frozenset(row.items()) for row in rows)


def ours(query, profile):
    """What the program answers."""
    if query.startswith(("CONSTRUCT", "DESCRIBE")):
        text = run("query", "-F", "ntriples", "--profile", profile, query)
        triples = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)
        return {tuple(of_pyoxigraph(part) for part in (t.subject, t.predicate, t.object)) for t in triples}
    answer = json.loads(run("query", "-F", "json", "--profile", profile, query))
    if "boolean" in answer:
        return answer["boolean"]
    rows = answer["results"]["bindings"]
    return solutions({name: of_json(term) for name, term in row.items()} for row in rows)


def by_pyoxigraph(store, known, query):
    """What pyoxigraph answers."""
    answer = store.query(known + query)
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return bool(answer)
    if isinstance(answer, pyoxigraph.QueryTriples):
        return {tuple(of_pyoxigraph(part) for part in (t.subject, t.predicate, t.object)) for t in answer}
    names = [variable.value for variable in answer.variables]
    return solutions(
        {name: of_pyoxigraph(row[name]) for name in names if row[name] is not None} for row in answer
    )


def by_rdflib(dataset, known, query):
    """What rdflib answers, or the error that it ends with."""
    try:
        answer = dataset.query(known + query)
        answer.bindings
    except Exception as error:  # rdflib has no class of its own for what it cannot evaluate.
        return error
    if answer.type == "ASK":
        return answer.askAnswer
    if answer.type in ("CONSTRUCT", "DESCRIBE"):
        return {tuple(of_rdflib(part) for part in triple) for triple in answer}
    return solutions({str(name): of_rdflib(term) for name, term in row.items()} for row in answer.bindings)


def queries(profile):
    """The queries of a profile, each with the reasons why others answer otherwise."""
    reasons = {}
    for line in (REPOSITORY / "tests" / "queries" / f"{profile}.rq").read_text(encoding="utf-8").splitlines():
        if line.startswith("#! "):
            name, reason = line[3:].split(": ", 1)
            reasons[name] = reason
        elif line and not line.startswith("#"):
            yield line, reasons
            reasons = {}


class Queries(unittest.TestCase):
    """Every query of tests/queries."""

    def compare(self, name, profile, answered):
        """Compares all answers of a profile with those of another."""
        count = 0
        for query, reasons in queries(profile):
            with self.subTest(query):
                (self.assertNotEqual if name in reasons else self.assertEqual)(ours(query, profile), answered(query))
            count += 1
        self.assertGreater(count, 15)

    def by_oxigraph(self, profile):
        """Compares with pyoxigraph."""
        store = pyoxigraph.Store()
        store.load(export("nquads", "--profile", profile).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
        store.load(path=str(REPOSITORY / "ontology" / "rapporteur.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
        known = prefixes()
        self.compare("oxigraph", profile, lambda query: by_pyoxigraph(store, known, query))

    def by_rdflib(self, profile):
        """Compares with rdflib."""
        dataset = rdflib.Dataset(default_union=False)
        dataset.parse(data=export("nquads", "--profile", profile), format="nquads")
        dataset.parse(REPOSITORY / "ontology" / "rapporteur.ttl", format="turtle")
        known = prefixes()
        self.compare("rdflib", profile, lambda query: by_rdflib(dataset, known, query))

    def test_pyoxigraph_answers_alike(self):
        for profile in ("statements", "graphs", "rdf12"):
            with self.subTest(profile):
                self.by_oxigraph(profile)

    def test_rdflib_answers_alike(self):
        for profile in ("statements", "graphs"):
            with self.subTest(profile):
                self.by_rdflib(profile)


if __name__ == "__main__":
    unittest.main()
