"""What a feed must hold, taken from the RDF by rdflib, so that the writers of feeds have no part in it."""

import collections

import rdflib
from rdflib import RDF, RDFS

from program import SHIPPED, export

RAP = rdflib.Namespace("https://w3id.org/rapporteur/ns#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")

Statement = collections.namedtuple("Statement", "subject property object rank sources qualifiers is_link")


class Expected:
    """Entities and statements of a data set by their IRIs; statements apart into links and claims."""

    def __init__(self, data=SHIPPED):
        graph = rdflib.Graph()
        graph.parse(data=export("ntriples", data=data, allowed=(0, 1)), format="nt")
        statements = set(graph.subjects(RDF.type, RAP.Statement))
        paragraphs = set(graph.subjects(RDF.type, RAP.Paragraph))
        self.labels = {}
        for subject, label in graph.subject_objects(RDFS.label):
            if subject not in paragraphs:
                self.labels.setdefault(str(subject), {})[label.language] = str(label)
        self.entities = set(self.labels)
        self.statements = {str(node): self._statement(graph, node) for node in statements}
        self.links = {iri: statement for iri, statement in self.statements.items() if statement.is_link}
        self.claims = {iri: statement for iri, statement in self.statements.items() if not statement.is_link}
        self.citations = sum(len(statement.sources) for statement in self.statements.values())

    def _statement(self, graph, node):
        """A statement: properties and controlled values by their local names, sources as tables write them."""
        known = {RDF.type, RDF.subject, RDF.predicate, RDF.object, RAP.rank, PROV.hadPrimarySource}
        qualifiers = collections.defaultdict(set)
        for predicate, value in graph.predicate_objects(node):
            if predicate not in known and not local(predicate).endswith(("Earliest", "Latest")):
                language = getattr(value, "language", None)
                name = local(predicate) + (f"_{language.replace('-', '_')}" if language else "")
                qualifiers[name].add(local(value) if isinstance(value, rdflib.URIRef) else str(value))
        value = graph.value(node, RDF.object)
        is_link = str(value) in self.entities
        return Statement(
            subject=str(graph.value(node, RDF.subject)),
            property=local(graph.value(node, RDF.predicate)),
            object=str(value) if is_link or isinstance(value, rdflib.Literal) else local(value),
            rank=local(graph.value(node, RAP.rank)),
            sources={source(graph, paragraph) for paragraph in graph.objects(node, PROV.hadPrimarySource)},
            qualifiers=dict(qualifiers),
            is_link=is_link,
        )


def local(iri):
    """The part of an IRI after its namespace."""
    return str(iri).rpartition("#")[2].rpartition("/")[2]


def source(graph, node):
    """A paragraph or document as tables write it."""
    number = graph.value(node, RAP.number)
    if number is None:
        return local(node)
    return f"{local(graph.value(node, rdflib.DCTERMS.isPartOf))}#{number}"


def values(text):
    """The values of a list that is one text: `|` between them, `\\` before one that belongs to a value."""
    found, escaped = [""], False
    for c in text:
        if escaped or c not in "|\\":
            found[-1] += c
            escaped = False
        elif c == "\\":
            escaped = True
        else:
            found.append("")
    return found
