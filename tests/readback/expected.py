"""What a feed must hold, taken from the RDF by rdflib, so that the writers of feeds have no part in it."""

import collections
import functools
import itertools
import re

import rdflib
from rdflib import RDF, RDFS

from program import REPOSITORY, SHIPPED, export

RAP = rdflib.Namespace("https://w3id.org/rapporteur/ns#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")

Statement = collections.namedtuple("Statement", "subject property object language rank sources qualifiers is_link")
Shared = collections.namedtuple("Shared", "things statements sources")


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
        self.names, self.parents = terms()
        self.classes = {entity: {local(c) for c in graph.objects(rdflib.URIRef(entity), RDF.type)} for entity in self.entities}
        self.statements = {str(node): self._statement(graph, node) for node in statements}
        self.links = {iri: statement for iri, statement in self.statements.items() if statement.is_link}
        self.claims = {iri: statement for iri, statement in self.statements.items() if not statement.is_link}
        self.citations = sum(len(statement.sources) for statement in self.statements.values())
        self.attributes = {entity: self._attributes(graph, rdflib.URIRef(entity)) for entity in self.entities}
        self.sources = {
            entity: {source(graph, paragraph) for paragraph in graph.objects(rdflib.URIRef(entity), rdflib.DCTERMS.source)}
            for entity in self.entities
        }
        self.valid = {iri: bounds(graph, rdflib.URIRef(iri), "start", "end") for iri in self.statements}
        for entity in self.entities:
            self.valid[entity] = self._dates(graph, entity)

    def _dates(self, graph, entity):
        """When an entity begins and ends; an event of which only the start is known ends with it."""
        found = self.attributes[entity]
        ends = "endDate" if "endDate" in found or "Event" not in self.classes[entity] else "startDate"
        first, last = bounds(graph, rdflib.URIRef(entity), "startDate", ends)
        # The bounds in RDF are those of all claims; where the best are days, they say it themselves.
        starts, ends = found.get("startDate", set()), found.get(ends, set())
        is_day = re.compile(r"\d{4}-\d\d-\d\d").fullmatch
        return min(starts) if starts and all(map(is_day, starts)) else first, max(ends) if ends and all(map(is_day, ends)) else last

    def _attributes(self, graph, entity):
        """The texts and controlled values of an entity by column: of properties with claims, those of the best rank."""
        stated = [claim for claim in self.claims.values() if claim.subject == str(entity) and claim.rank != "deprecated"]
        found = collections.defaultdict(set)
        for predicate, value in graph.predicate_objects(entity):
            name = local(predicate)
            is_link = isinstance(value, rdflib.URIRef) and str(value) in self.entities
            if predicate in {RDF.type, rdflib.DCTERMS.source} or is_link or name.endswith(("Earliest", "Latest")):
                continue
            claims = [claim for claim in stated if claim.property == name]
            text = local(value) if claims and isinstance(value, rdflib.URIRef) else str(value)
            best = "preferred" if any(claim.rank == "preferred" for claim in claims) else "normal"
            ranks = {claim.rank for claim in claims if claim.object == text}
            if not ranks or best in ranks:
                language = getattr(value, "language", None)
                found[name + (f"_{language.replace('-', '_')}" if language else "")].add(text)
        return dict(found)

    def two_mode(self):
        """The links between organizations and initiatives or events, by their IRIs."""
        links = {iri: link for iri, link in self.links.items() if link.rank != "deprecated"}
        return {iri: link for iri, link in links.items() if self._joins(link, {"Initiative", "Event"})}

    def one_mode(self):
        """The pairs of organizations, with the initiatives, events and documents that they share, and what says so.

        Only what the ontology marks as taking part counts; that two work together may also be stated.
        """
        taking_part, symmetric = kinds_of_properties()
        parts = collections.defaultdict(lambda: collections.defaultdict(set))
        stated = collections.defaultdict(set)
        for iri, link in self.links.items():
            if link.rank == "deprecated" or link.property not in taking_part:
                continue
            if all("Organization" in self.classes[end] for end in (link.subject, link.object)):
                if link.property in symmetric and link.subject != link.object:
                    stated[frozenset((link.subject, link.object))].add(iri)
            elif self._joins(link, {"Initiative", "Event", "Document"}):
                ends = [link.subject, link.object]
                organization, thing = ends if "Organization" in self.classes[link.subject] else reversed(ends)
                parts[thing][organization].add(iri)
        pairs = collections.defaultdict(lambda: Shared(set(), set(), set()))
        for thing, members in parts.items():
            for one, other in itertools.combinations(members, 2):
                shared = pairs[frozenset((one, other))]
                shared.things.add(local(thing))
                for iri in members[one] | members[other]:
                    shared.statements.add(local(iri))
                    shared.sources.update(self.links[iri].sources)
        for pair, iris in stated.items():
            for iri in iris:
                pairs[pair].statements.add(local(iri))
                pairs[pair].sources.update(self.links[iri].sources)
        return dict(pairs)

    def weights(self):
        """The pairs of organizations, with how much they share."""
        return {pair: max(1, len(shared.things)) for pair, shared in self.one_mode().items()}

    def class_of(self, entity):
        """The class of an entity: that of its types which is no other's parent."""
        types = self.classes[entity]
        own = types - {parent for name in types for parent in self.parents.get(name, ())}
        (name,) = own
        return name

    def _joins(self, link, things):
        one, other = self.classes[link.subject], self.classes[link.object]
        return ("Organization" in one and bool(other & things)) or ("Organization" in other and bool(one & things))

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
            language=getattr(value, "language", None),
            rank=local(graph.value(node, RAP.rank)),
            sources={source(graph, paragraph) for paragraph in graph.objects(node, PROV.hadPrimarySource)},
            qualifiers=dict(qualifiers),
            is_link=is_link,
        )


@functools.cache
def kinds_of_properties():
    """The local names of the properties that mean taking part, and of those that say the same of both ends."""
    graph = rdflib.Graph()
    graph.parse(REPOSITORY / "ontology" / "rapporteur.ttl")
    taking_part = {local(term) for term, value in graph.subject_objects(RAP.takesPart) if value.value is True}
    return taking_part, {local(term) for term in graph.subjects(RDF.type, rdflib.OWL.SymmetricProperty)}


@functools.cache
def terms():
    """The labels of the ontology's terms by local name and language, and the parents of its classes."""
    graph = rdflib.Graph()
    graph.parse(REPOSITORY / "ontology" / "rapporteur.ttl")
    names, parents = {}, {}
    for term, label in graph.subject_objects(RDFS.label):
        names.setdefault(local(term), {})[label.language] = str(label)
    for term in graph.subjects(RDF.type, rdflib.OWL.Class):
        above = set(graph.transitive_objects(term, RDFS.subClassOf)) - {term}
        parents[local(term)] = {local(parent) for parent in above if parent in RAP}
    return names, parents


def bounds(graph, node, start, end):
    """The first and the last day on which something may be valid; of claims that differ, all that they may mean."""
    first = [str(day) for day in graph.objects(node, RAP[f"{start}Earliest"])]
    last = [str(day) for day in graph.objects(node, RAP[f"{end}Latest"])]
    return min(first, default=None), max(last, default=None)


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
