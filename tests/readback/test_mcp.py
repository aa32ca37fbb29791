"""The Model Context Protocol as the official Python client speaks it, over both transports and in both of its lifecycles."""

import asyncio
import contextlib
import json
import unittest
import xml.etree.ElementTree

import jsonschema
from mcp import Client, MCPError, StdioServerParameters

from program import PROGRAM, SHIPPED, run
from server import Server

# The handshake of the versions before 2026-07-28, and what the client finds out for itself: since then each request stands for itself.
MODES = ("legacy", "auto")
TOOLS = ["search", "describe", "paragraph", "paths", "questions", "ask", "draw", "query"]
BASE = "https://w3id.org/rapporteur/c24/"


@contextlib.contextmanager
def http_server():
    """The address of a server that runs meanwhile."""
    server = Server()
    try:
        yield f"{server.url}/mcp"
    finally:
        server.stop()


@contextlib.contextmanager
def stdio_server():
    """How a server is started that speaks over stdin and stdout."""
    yield StdioServerParameters(command=str(PROGRAM), args=["--quiet", "--data", str(SHIPPED), "mcp"])


class Caller:
    """A client that looks at every answer before it gives it on."""

    def __init__(self, client, schemas):
        self.client = client
        self.schemas = schemas

    async def call(self, tool, **arguments):
        """What a tool answers."""
        result = await self.client.call_tool(tool, arguments)
        if result.is_error:
            raise AssertionError(f"{tool} {arguments}: {result.content[0].text}")
        jsonschema.validate(result.structured_content, self.schemas[tool])
        if json.loads(result.content[0].text) != result.structured_content:
            raise AssertionError(f"{tool} {arguments}: the text says something else")
        return result.structured_content

    async def refusal(self, tool, **arguments):
        """Why a tool does not answer."""
        result = await self.client.call_tool(tool, arguments)
        if not result.is_error:
            raise AssertionError(f"{tool} {arguments} was answered")
        return result.content[0].text

    async def all(self, tool, member, **arguments):
        """All that a tool answers, part by part."""
        found, cursor = [], {}
        while True:
            answer = await self.call(tool, **arguments, **cursor)
            found += answer[member]
            if "next_cursor" not in answer:
                assert len(found) == answer["total"], (tool, arguments)
                return found
            cursor = {"cursor": answer["next_cursor"]}


class Mcp(unittest.TestCase):
    def speak(self, spoken):
        """Speaks over each transport, in each lifecycle."""

        async def speaking(server, mode):
            async with Client(server, mode=mode) as client:
                tools = (await client.list_tools()).tools
                await spoken(Caller(client, {tool.name: tool.output_schema for tool in tools}), tools)

        for transport in (stdio_server, http_server):
            for mode in MODES:
                with self.subTest(transport=transport.__name__, mode=mode), transport() as server:
                    asyncio.run(speaking(server, mode))

    def cited(self, statements):
        """Looks whether each statement says where it stands."""
        for statement in statements:
            self.assertTrue(statement["citations"], statement)
            for citation in statement["citations"]:
                self.assertTrue(citation["iri"].startswith(BASE), citation)
                if "paragraph" in citation:
                    self.assertEqual(citation["cite"], f"{citation['document']}#{citation['paragraph']}")

    def test_the_server_says_what_it_is(self):
        async def spoken(caller, tools):
            self.assertEqual(caller.client.server_info.name, "rapporteur")
            for part in ("562 entities", "1616 statements", "ar", "en", "[c24#2.10]"):
                self.assertIn(part, caller.client.instructions)
            self.assertEqual([tool.name for tool in tools], TOOLS)
            for tool in tools:
                hints = tool.annotations
                self.assertTrue(hints.read_only_hint and not hints.destructive_hint and not hints.open_world_hint)
                self.assertTrue(tool.description and tool.title)
                jsonschema.Draft202012Validator.check_schema(tool.input_schema)
                jsonschema.Draft202012Validator.check_schema(tool.output_schema)

        self.speak(spoken)

    def test_what_is_looked_up_is_cited(self):
        async def spoken(caller, _):
            found = await caller.call("search", text="الاتحاد الدولي للاتصالات", language="ar")
            self.assertEqual(found["entities"][0]["id"], "itu")
            self.assertLessEqual(len(found["entities"]), 10)
            itu = await caller.call("describe", entity="ITU")
            self.assertEqual(itu["entity"]["iri"], BASE + "itu")
            self.assertEqual(itu["documents"]["c24"], itu["documents"]["c24"].strip())
            self.assertEqual(len(itu["statements"]), 20)
            every = await caller.all("describe", "statements", entity=BASE + "itu", limit=100)
            self.cited(every)
            self.assertEqual(len({statement["iri"] for statement in every}), len(every))
            led = await caller.call("describe", entity="itu", property="leads", limit=100)
            self.assertTrue(led["total"] and all(one["property"]["name"] == "leads" for one in led["statements"]))
            paragraph = await caller.call("paragraph", paragraph=led["statements"][0]["citations"][0]["cite"])
            self.cited(paragraph["statements"])
            paths = await caller.call("paths", **{"from": "EQUALS", "to": "Guy Ryder"})
            self.assertTrue(paths["paths"] and paths["is_complete"])
            for path in paths["paths"]:
                self.assertEqual(path["hops"][-1]["to"]["id"], paths["to"]["id"])
                for hop in path["hops"]:
                    self.cited(hop["statements"])

        self.speak(spoken)

    def test_every_question_is_answered_with_its_paragraphs(self):
        async def spoken(caller, _):
            questions = await caller.all("questions", "questions")
            self.assertGreaterEqual(len(questions), 40)
            for question in questions:
                values = {parameter["name"]: parameter["value"] for parameter in question["parameters"]}
                answer = await caller.call("ask", question=question["name"], values=values, language="ar", limit=100)
                self.assertTrue(answer["rows"], question)
                self.cited(answer["rows"])
            partners = await caller.call("ask", question="partners-of-an-organization", values={"organization": "ITU"})
            as_table = run("ask", "partners-of-an-organization", "organization=ITU", "--format", "csv", "--quiet").splitlines()[1:]
            self.assertEqual(partners["total"], len(as_table))

        self.speak(spoken)

    def test_pictures_are_for_people_and_their_statements_for_models(self):
        async def spoken(caller, _):
            for arguments in ({"around": "EQUALS"}, {"section": "7"}, {"from": "EQUALS", "to": "Guy Ryder"}):
                result = await caller.client.call_tool("draw", arguments)
                self.assertFalse(result.is_error, result.content)
                text, picture = result.content
                told = json.loads(text.text)
                self.assertTrue(told["statements"])
                self.cited(told["statements"])
                self.assertEqual(picture.annotations.audience, ["user"])
                self.assertEqual(picture.resource.mime_type, "image/svg+xml")
                root = xml.etree.ElementTree.fromstring(picture.resource.text)
                self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            self.assertIn("one of", await caller.refusal("draw"))
            self.assertIn("at most", await caller.refusal("draw", around="ITU", steps=3))

        self.speak(spoken)

    def test_queries_are_answered_within_their_limits(self):
        async def spoken(caller, _):
            led = "?s rdf:subject c24:itu ; rdf:predicate rap:leads ; rdf:object ?what ; prov:hadPrimarySource ?paragraph"
            rows = await caller.call("query", query=f"SELECT ?what ?paragraph {{ {led} }}")
            self.assertEqual(rows["columns"], ["what", "paragraph"])
            cited = {citation["iri"] for citation in rows["citations"]}
            self.assertEqual(cited, {row["paragraph"] for row in rows["rows"] if "/para/" in row["paragraph"]})
            self.assertTrue(cited)
            every = await caller.all("query", "rows", query="SELECT ?name { ?e a rap:Event ; rdfs:label ?name }", limit=100)
            self.assertGreater(len(every), 100)
            self.assertIs((await caller.call("query", query=f"ASK {{ {led} }}"))["boolean"], True)
            # A row that says no paragraph is told apart, with the tools that find it.
            unsaid = [number for number, row in enumerate(rows["rows"], 1) if "/para/" not in row["paragraph"]]
            self.assertEqual(rows.get("uncited", []), unsaid)
            self.assertLess(len(unsaid), len(rows["rows"]))
            pairs = await caller.call("query", query="SELECT ?who ?what { ?who rap:leads ?what } ORDER BY ?who", limit=3)
            self.assertEqual((pairs["uncited"], pairs["citations"]), ([1, 2, 3], []))
            self.assertIn("`paths`", pairs["note"])
            ends = {name: pairs["rows"][0][cell] for name, cell in (("from", "who"), ("to", "what"))}
            self.cited((await caller.call("paths", **ends))["paths"][0]["hops"][0]["statements"])
            triples = await caller.call("query", query="DESCRIBE c24:itu", limit=5)
            self.assertEqual(len(triples["triples"]), 5)
            self.assertIn("SELEC", await caller.refusal("query", query="SELEC ?x {}"))
            self.assertIn("update", await caller.refusal("query", query="DELETE WHERE { ?s ?p ?o }"))
            endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
            self.assertIn("help: ", await caller.refusal("query", query=endless))
            # The process that was ended is replaced.
            self.assertIs((await caller.call("query", query="ASK { ?s ?p ?o }"))["boolean"], True)

        self.speak(spoken)

    def test_a_refusal_says_why_and_how_to_mend_it(self):
        async def spoken(caller, _):
            for tool, arguments, said in (
                ("describe", {"entity": "Unitd Nations"}, "did you mean United Nations"),
                ("describe", {"entity": "itu", "property": "leeds"}, "did you mean leads"),
                ("describe", {"entity": "itu", "cursor": "10"}, "leave the cursor out"),
                ("describe", {"entity": "itu", "limit": 1000}, "from 1 to 100"),
                ("describe", {"name": "itu"}, "unknown field `name`"),
                ("describe", {}, "missing field `entity`"),
                ("search", {"text": " "}, "part of a name"),
                ("search", {"text": "a", "class": "Evnt"}, "did you mean Event"),
                ("search", {"text": "a", "language": "?"}, "the tag of no language"),
                ("paragraph", {"paragraph": "c24#2.1O"}, "did you mean c24#2.1"),
                ("paths", {"from": "itu", "to": "ITU"}, "the same entity"),
                ("ask", {"question": "members-of-a-bdy"}, "did you mean members-of-a-body"),
                ("ask", {"question": "members-of-a-body", "values": {"body": "Geneva"}}, "`search`"),
                ("ask", {"question": "members-of-a-body", "values": {"bodi": "G20"}}, "it has body, language"),
            ):
                self.assertIn(said, await caller.refusal(tool, **arguments))
            self.assertEqual((await caller.call("search", text="Unitd Nations"))["near"][0], "United Nations")
            with self.assertRaises(MCPError):
                await caller.client.call_tool("no_such_tool", {})

        self.speak(spoken)

    def test_entities_and_paragraphs_are_resources(self):
        async def spoken(caller, _):
            client, resources, cursor = caller.client, [], None
            while True:
                listed = await client.list_resources(cursor=cursor)
                resources += listed.resources
                cursor = listed.next_cursor
                if cursor is None:
                    break
            kinds = [("/para/" in resource.uri) for resource in resources]
            self.assertEqual(kinds.count(False), 562)
            self.assertGreater(kinds.count(True), 40)
            self.assertEqual(len({resource.uri for resource in resources}), len(resources))
            templates = [one.uri_template for one in (await client.list_resource_templates()).resource_templates]
            self.assertEqual(templates, [BASE + "{id}", BASE + "{document}/para/{number}"])
            for uri, tool, arguments in (
                (BASE + "equals", "describe", {"entity": "equals"}),
                (BASE + "c24/para/2.10", "paragraph", {"paragraph": "c24#2.10"}),
            ):
                (contents,) = (await client.read_resource(uri)).contents
                self.assertEqual(contents.mime_type, "application/json")
                self.assertEqual(json.loads(contents.text), await caller.call(tool, **arguments, limit=100))
            with self.assertRaises(MCPError):
                await client.read_resource(BASE + "nothing")

        self.speak(spoken)
