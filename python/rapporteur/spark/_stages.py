"""What the engine does between the steps of the program: it finds out which shard needs which rows.

A shard has the rows that declare what belongs to it, those that make statements about that, and of whatever these name all
that bear the name, so that what is known, unknown or ambiguous in the whole is so in the shard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

OWN, GUEST, NAMED = 0, 1, 2

KEY = ["file", "line"]


def shard_of(column: Column, shards: int) -> Column:
    """Returns the number of the shard that something belongs to, by its id."""
    return F.pmod(F.crc32(column.cast("binary")), F.lit(shards)).cast("int")


def _first(declared: DataFrame) -> DataFrame:
    """The row that declares each entity first, which is the one that counts."""
    least = declared.groupBy("id").agg(F.min(F.struct("file", "line", "document")).alias("first"))
    return least.select("id", "first.file", "first.line", "first.document")


class Dictionary:
    """Who is called what in the whole data set."""

    def __init__(self, rows: DataFrame) -> None:
        declared = rows.where("kind = 'e'")
        self.first = _first(declared)
        """Of each entity the row that counts: id, file, line, document."""
        described = declared.join(self.first.select("id", *KEY), ["id", *KEY])
        self.described = described
        in_tables = described.select("id", F.explode("names").alias("folded")).distinct()
        refs = rows.select(F.explode(F.arrays_zip("refs", "folded")).alias("pair"))
        refs = refs.select(F.col("pair.refs").alias("ref"), F.col("pair.folded").alias("folded"))
        refs = refs.groupBy("ref").agg(F.min("folded").alias("folded"))
        # Names that a statement gives: its subject is named by its id, or by a name in a table.
        stating = rows.where("kind = 's' and size(names) > 0")
        stating = stating.select(*KEY, F.explode("names").alias("stated"), F.get("refs", F.lit(0)).alias("ref"))
        of_whom = self._meant(refs.join(stating.select("ref").distinct(), "ref"), in_tables)
        self.stating = stating.join(of_whom, "ref").select(*KEY, F.col("stated").alias("folded"), "entity")
        stated = self.stating.where("entity is not null").select(F.col("entity").alias("id"), "folded")
        self.in_tables = in_tables
        self.meant = self._meant(refs, in_tables.union(stated).distinct())
        """What each reference means in the whole: ref, entity."""

    def _meant(self, refs: DataFrame, names: DataFrame) -> DataFrame:
        index = names.groupBy("folded").agg(F.min("id").alias("named"), F.count("*").alias("bearers"))
        ids = self.first.select(F.col("id").alias("known"))
        found = refs.join(ids, F.col("ref") == F.col("known"), "left").join(index, "folded", "left")
        return found.select("ref", F.coalesce("known", F.when(F.col("bearers") == 1, F.col("named"))).alias("entity"))


def subjects(rows: DataFrame, meant: DataFrame) -> DataFrame:
    """Returns about whom rows make statements, and what each is linked with: file, line, kind, id, ref, entity, end."""
    declaring = rows.where("kind in ('e', 's', 'p')")
    pairs = declaring.select(*KEY, "kind", "id", F.explode(F.arrays_zip("owners", "ends")).alias("pair"))
    pairs = pairs.select(*KEY, "kind", "id", F.col("pair.owners").alias("ref"), F.col("pair.ends").alias("end"))
    ends = meant.select(F.col("ref").alias("end"), F.col("entity").alias("end_entity"))
    found = pairs.join(meant, "ref", "left").join(ends, "end", "left")
    # Nobody may refer to what a row declares.
    declared = F.when((F.col("kind") == "e") & (F.col("ref") == F.col("id")), F.col("id"))
    entity = F.coalesce(declared, "entity").alias("entity")
    return found.select(*KEY, "kind", "id", "ref", entity, F.col("end_entity").alias("end"))


def heavy(owners: DataFrame, most: int) -> list[str]:
    """Returns the ids of those about whom more rows make statements than one shard is to have, sorted."""
    counts = owners.where("entity is not null").groupBy("entity").count().where(F.col("count") > most)
    return sorted(row.entity for row in counts.collect())


def placed(rows: DataFrame, owners: DataFrame, spread: list[str], shards: int) -> DataFrame:
    """Returns where rows are read in full: file, line, shard, role, told."""
    # A link from one about whom too much is said is read where the other end is.
    entity = F.col("entity")
    if spread:
        entity = F.when(entity.isin(spread) & F.col("end").isNotNull(), F.col("end")).otherwise(entity)
    # A reference to nothing has a shard as well: somebody must tell that it is one.
    owner = shard_of(F.coalesce(entity, F.concat(F.lit("?"), F.col("ref"))), shards)
    owned = owners.select(*KEY, "kind", owner.alias("shard"), shard_of(F.col("id"), shards).alias("own"))
    is_own = (F.col("kind") == "p") | ((F.col("kind") == "e") & (F.col("shard") == F.col("own")))
    is_told = (F.col("kind") == "s") | is_own
    owned = owned.select(*KEY, "shard", F.when(is_own, OWN).otherwise(GUEST).alias("role"), is_told.alias("told"))
    wrong = rows.where("kind not in ('e', 's', 'p')")
    by_row = shard_of(F.concat_ws(":", "file", F.col("line").cast("string")), shards)
    lost = wrong.select(*KEY, by_row.alias("shard"), F.lit(GUEST).alias("role"), F.lit(True).alias("told"))
    return owned.union(lost).distinct()


def said(rows: DataFrame, full: DataFrame, paragraphs: DataFrame) -> DataFrame:
    """Returns how entities are referred to in rows that are read in full, and in paragraphs: shard, ref, folded."""
    pairs = full.join(rows, KEY).select("shard", F.explode(F.arrays_zip("refs", "folded")).alias("pair"))
    read = pairs.select("shard", F.col("pair.refs").alias("ref"), F.col("pair.folded").alias("folded"))
    of_paragraphs = paragraphs.join(rows.select(*KEY, "refs", "folded"), KEY)
    return read.union(_subject(of_paragraphs)).distinct()


def stating(known: Dictionary, said: DataFrame) -> DataFrame:
    """Returns the statements that give a name by which a shard refers to somebody: file, line, shard."""
    found = known.stating.select(*KEY, "folded").join(said.select("shard", "folded").distinct(), "folded")
    return found.select(*KEY, "shard").distinct()


def _subject(rows: DataFrame) -> DataFrame:
    """How rows refer to what they are about."""
    return rows.select("shard", F.get("refs", F.lit(0)).alias("ref"), F.get("folded", F.lit(0)).alias("folded"))


def named(
    rows: DataFrame, known: Dictionary, full: DataFrame, paragraphs: DataFrame, said: DataFrame, stating: DataFrame, shards: int
) -> DataFrame:
    """Returns the rows that a shard only needs to know who is who: file, line, shard."""
    said = said.union(_subject(stating.join(rows.select(*KEY, "refs", "folded"), KEY))).distinct()
    unplaced = rows.where("kind in ('u', 'm')").select(*KEY, F.explode("names").alias("folded"))
    unplaced = unplaced.union(rows.where("kind = 'e'").select(*KEY, F.explode("unsure").alias("folded")))
    unplaced = unplaced.join(said.select("shard", "folded").distinct(), "folded").select(*KEY, "shard").distinct()
    of_unplaced = unplaced.join(rows.where("kind = 'u'").select(*KEY, "refs"), KEY)
    entities = said.join(known.first.select("id"), F.col("ref") == F.col("id")).select("shard", "id")
    entities = entities.union(said.join(known.in_tables, "folded").select("shard", "id"))
    entities = entities.union(of_unplaced.select("shard", F.get("refs", F.lit(0))))
    guests = full.where(f"role = {GUEST}").select(*KEY, "shard").join(rows.where("kind = 'e'").select(*KEY, "id"), KEY)
    entities = entities.union(guests.select("shard", "id"))
    entities = entities.union(_sharing(known, shards)).distinct()
    first = entities.join(known.first.select("id", *KEY), "id").select(*KEY, "shard")
    # A row of a table of paragraphs that cannot be taken apart may be any paragraph.
    torn = rows.where("kind = 'n'").select(*KEY).crossJoin(full.select("shard").distinct())
    return first.union(paragraphs).union(stating).union(unplaced).union(torn.select(*KEY, "shard")).distinct()


def cited(rows: DataFrame, meant: DataFrame, full: DataFrame, shards: int) -> DataFrame:
    """Returns the rows of the paragraphs that a shard cites and others declare: file, line, shard."""
    cited = full.join(rows, KEY).select("shard", F.explode(F.arrays_zip("documents", "numbers")).alias("pair"))
    cited = cited.select("shard", F.col("pair.documents").alias("ref"), F.col("pair.numbers").alias("number"))
    cited = cited.where("number <> ''").distinct().join(meant, "ref").select("shard", F.col("entity").alias("document"), "number")
    cited = cited.where(F.col("document").isNotNull()).distinct()
    cited = cited.where(F.col("shard") != shard_of(F.col("document"), shards))
    declared = rows.where("kind = 'p'").select(*KEY, F.col("id").alias("number"), F.get("refs", F.lit(0)).alias("ref"))
    declared = declared.join(meant, "ref").select(F.col("entity").alias("document"), "number", *KEY)
    # Where some numbers can be counted and others not, all paragraphs of a document decide on their order.
    is_counted = F.substring("number", 1, 1).between("0", "9")
    kinds = declared.groupBy("document").agg(F.min(is_counted.cast("int")).alias("least"), F.max(is_counted.cast("int")).alias("most"))
    mixed = kinds.where("least < most").select("document")
    whole = cited.select("shard", "document").distinct().join(mixed, "document").join(declared, "document")
    some = cited.join(declared, ["document", "number"])
    return some.select(*KEY, "shard").union(whole.select(*KEY, "shard")).distinct()


def _sharing(known: Dictionary, shards: int) -> DataFrame:
    """The first entity that has the acronym of another, for the shard of the other."""
    acronyms = known.described.select("id", F.explode("acronyms").alias("acronym")).distinct()
    shared = acronyms.groupBy("acronym").agg(F.min("id").alias("least"), F.count("*").alias("bearers"))
    others = acronyms.join(shared.where("bearers > 1"), "acronym").where(F.col("id") != F.col("least"))
    return others.select(shard_of(F.col("id"), shards).alias("shard"), F.col("least").alias("id")).distinct()


def gathered(rows: DataFrame, full: DataFrame, names: DataFrame) -> DataFrame:
    """Returns the rows of all shards, each once in a shard: shard, role, told, file, line, text."""
    all_of = full.union(names.select(*KEY, "shard", F.lit(NAMED).alias("role"), F.lit(False).alias("told")))
    all_of = all_of.groupBy(*KEY, "shard").agg(F.min("role").alias("role"), F.max("told").alias("told"))
    return all_of.join(rows.select(*KEY, "text"), KEY).select("shard", "role", "told", *KEY, "text")


def trimmed(edges: DataFrame) -> DataFrame:
    """Leaves out the statements that no circle leads through, because nothing leads to where they begin or on from where
    they end: as many as can be told at once."""
    starts = edges.select("property", F.col("one").alias("other")).distinct()
    ends = edges.select("property", F.col("other").alias("one")).distinct()
    return edges.join(starts, ["property", "other"], "left_semi").join(ends, ["property", "one"], "left_semi")
