"""FollowTheMoney, read back and judged by its package."""

import collections
import json
import unittest

from followthemoney import model
from followthemoney.types import registry

from expected import Expected, local
from program import REPOSITORY, SHIPPED, export

HOSTILE = REPOSITORY / "tests" / "hostile"


def entities(data, *arguments):
    """The entities by their ids, as the package makes them of the lines."""
    lines = export("followthemoney", *arguments, data=data, allowed=(0, 1)).split("\n")
    found = [json.loads(line) for line in lines if line]
    by_id = {entity["id"]: model.get_proxy(entity) for entity in found}
    if len(by_id) != len(found):
        raise AssertionError("an id occurs twice")
    return found, by_id


def texts(proxy, prefix):
    """What no property is made for: the values of the notes that begin with a column's name."""
    notes = proxy.get("description") if proxy.schema.edge else proxy.get("notes")
    return {note.removeprefix(f"{prefix}: ") for note in notes if note.startswith(f"{prefix}: ")}


def text(proxy, prefix):
    """The one such value."""
    (value,) = texts(proxy, prefix)
    return value


def ends(proxy):
    """The subject and the object of a link, in the direction of the statement."""
    source, target = proxy.schema.edge_source, proxy.schema.edge_target
    if proxy.schema.name == "Succession":
        source, target = target, source
    (subject,), (object_,) = proxy.get(source), proxy.get(target)
    return subject, object_


class Entities(unittest.TestCase):
    """Entities are those of the RDF, and valid."""

    def each(self, check):
        for data in [SHIPPED, HOSTILE]:
            with self.subTest(data.name):
                found, by_id = entities(data)
                things = {text(proxy, "iri"): proxy for proxy in by_id.values() if not proxy.schema.edge}
                links = {text(proxy, "iri"): proxy for proxy in by_id.values() if proxy.schema.edge}
                check(Expected(data), found, by_id, things, links)

    def test_every_schema_and_property_is_known_and_every_value_is_of_its_type(self):
        def check(_, found, by_id, *__):
            for entity in found:
                schema = model.get(entity["schema"])
                self.assertFalse(schema.abstract, entity["schema"])
                self.assertEqual(set(schema.required) - set(entity["properties"]), set())
                schema.validate(entity)
                for name, values in entity["properties"].items():
                    property_ = schema.properties[name]
                    self.assertFalse(property_.stub or property_.deprecated, name)
                    self.assertTrue(values and len(values) == len(set(values)))
                    for value in values:
                        cleaned = property_.type.clean(value)
                        self.assertIsNotNone(cleaned, (name, value))
                        if property_.type in (registry.date, registry.entity, registry.identifier):
                            self.assertEqual(cleaned, value)
                        if property_.type == registry.entity:
                            self.assertTrue(by_id[value].schema.is_a(property_.range), (entity["schema"], name))

        self.each(check)

    def test_the_package_cleans_no_value_of_the_shipped_data_away(self):
        for entity in entities(SHIPPED)[0]:
            cleaned = model.get_proxy(entity, cleaned=False)
            self.assertEqual(cleaned.id, entity["id"])
            for name, values in entity["properties"].items():
                self.assertEqual(len(cleaned.get(name)), len(values), (entity["id"], name))
                if cleaned.schema.properties[name].type == registry.name:
                    self.assertEqual(set(cleaned.get(name)), set(values))

    def test_the_same_data_give_the_same_bytes(self):
        self.assertEqual(export("followthemoney"), export("followthemoney"))

    def test_citations_are_as_many_as_those_of_the_links(self):
        def check(expected, found, by_id, things, links):
            cited = sum(len(proxy.get("recordId")) for proxy in links.values())
            self.assertEqual(cited, sum(len(link.sources) for link in expected.links.values()))

        self.each(check)

    def test_every_entity_has_its_names_in_every_language(self):
        def check(expected, found, by_id, things, _):
            self.assertEqual(set(things), expected.entities)
            for iri, labels in expected.labels.items():
                names = {label if len(label) <= 384 else label[:383] + "…" for label in labels.values()}
                self.assertEqual(set(things[iri].get("name")), names)
            self.assertEqual(len({entity["datasets"][0] for entity in found}), 1)
            for entity in found:
                self.assertTrue(entity["id"].startswith(entity["datasets"][0] + "-") or entity["id"].startswith("x"))

        self.each(check)

    def test_every_link_is_an_entity_with_its_sources(self):
        def check(expected, _, by_id, things, links):
            iris = {proxy.id: iri for iri, proxy in things.items()}
            self.assertEqual(set(links), set(expected.links))
            for iri, link in expected.links.items():
                proxy = links[iri]
                self.assertTrue(proxy.id.endswith(f"-statement-{local(iri)}"))
                self.assertEqual(tuple(iris[end] for end in ends(proxy)), (link.subject, link.object))
                self.assertEqual((text(proxy, "property"), text(proxy, "rank")), (link.property, link.rank))
                self.assertEqual("deprecated" in proxy.get("status"), link.rank == "deprecated")
                self.assertEqual(set(proxy.get("recordId")), link.sources)
                self.assertEqual(len(proxy.get("sourceUrl")), len(link.sources))
                documents = {source.split("#")[0] for source in link.sources}
                self.assertEqual({local(iris[document]) for document in proxy.get("proof")}, documents)

        self.each(check)

    def test_every_qualifier_is_carried(self):
        properties = {"role": "role", "status": "status", "remark_en": "summary", "remark_ar": "summary"}

        def check(expected, *_, links):
            for iri, link in expected.links.items():
                for name, values in link.qualifiers.items():
                    found = texts(links[iri], name.replace("_", "@"))
                    if name in properties and not (name == "role" and links[iri].schema.name == "Occupancy"):
                        found |= set(links[iri].get(properties[name]))
                    if name in ("start", "end"):
                        found |= set(links[iri].get(f"{name}Date"))
                    self.assertLessEqual(values, found, (iri, name))

        self.each(lambda expected, found, by_id, things, links: check(expected, links=links))

    def test_schemata_are_those_that_the_ends_fit(self):
        _, by_id = entities(SHIPPED)
        used = collections.Counter(proxy.schema.name for proxy in by_id.values())
        for schema in ["PublicBody", "Organization", "Project", "Event", "Document", "Territory", "Address", "Person",
                       "Position", "Note", "Membership", "Directorship", "Occupancy", "Representation",
                       "ProjectParticipant", "Documentation", "UnknownLink"]:
            self.assertGreater(used[schema], 0, schema)
        self.assertEqual(by_id["c24-itu"].schema.name, "PublicBody")
        self.assertEqual(by_id["c24-itu"].get("wikidataId"), ["Q376150"])
        self.assertEqual(by_id["c24-itu"].get("website"), ["https://www.itu.int"])

    def test_dates_are_prefix_dates_and_edtf_stands_beside_what_they_lose(self):
        _, by_id = entities(HOSTILE)
        found = {name: [by_id[f"hostile-{name}"].get("startDate"), texts(by_id[f"hostile-{name}"], "startDate")]
                 for name in ["interval", "month", "circa", "open"]}
        self.assertEqual(found, {
            "interval": [["2024-05"], {"2024-05-27/2024-05-30"}],
            "month": [["2024-03"], set()],
            "circa": [["2023"], {"2023~"}],
            "open": [[], {"2023-11/.."}],
        })
        _, by_id = entities(SHIPPED)
        self.assertEqual(by_id["c24-sotf"].get("startDate"), ["2024-09-22"])

    def test_every_best_claim_is_carried(self):
        names = {"startDate": ["startDate", "incorporationDate", "inceptionDate"], "issued": ["publishedAt"],
                 "endDate": ["endDate", "dissolutionDate"], "adoptedOn": ["date"], "altLabel": ["alias"]}

        def check(expected, found, by_id, things, links):
            preferred = {(c.subject, c.property) for c in expected.claims.values() if c.rank == "preferred"}
            for claim in expected.claims.values():
                best = claim.rank == "preferred" or (claim.subject, claim.property) not in preferred
                if claim.rank != "deprecated" and best:
                    proxy = things[claim.subject]
                    values = {value for name in names.get(claim.property, []) for value in proxy.get(name, quiet=True)}
                    rest = {note for note in proxy.get("notes") if note.split(":")[0].split("@")[0] == claim.property}
                    values |= {note.split(": ", 1)[1] for note in rest}
                    self.assertIn(claim.object, values, claim)

        self.each(check)

    def test_the_other_modes_have_the_entities_of_the_whole(self):
        for data in [SHIPPED, HOSTILE]:
            whole = set(entities(data)[1])
            _, two = entities(data, "--mode", "two-mode")
            self.assertLess(set(two), whole)
            things, one = entities(data, "--mode", "one-mode")
            links = [proxy for proxy in one.values() if proxy.schema.edge]
            self.assertLess({proxy.id for proxy in one.values() if not proxy.schema.edge}, whole)
            for link in links:
                self.assertEqual(link.schema.name, "UnknownLink")
                self.assertLessEqual({*ends(link)}, set(one))
                self.assertGreaterEqual(int(text(link, "weight")), 1)
                self.assertTrue(link.get("recordId"))
            self.assertTrue(links)


if __name__ == "__main__":
    unittest.main()
