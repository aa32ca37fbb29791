"""Writes a data set in which as much is hard as can be: `hard.py FOLDER N [--clean] [--lines]`.

N bodies with half as many initiatives and events; names of several scripts, shared and begun ones; references by names, in
both directions, to several and to nothing; the same said twice, in other files; claims that contradict each other, circles,
dates that end before they start; rows that are wrong or malformed; quotes, line breaks, a first line that says the delimiter.
With --clean, without what makes a violation; with --lines, as JSON Lines where it can be. The same bytes each time.
"""

import csv
import io
import json
import pathlib
import random
import sys

ALEF = str.maketrans("ا", "أ")
WORDS = ["council", "union", "office", "forum", "fund", "panel", "network", "academy"]
ARABIC = ["المجلس", "الاتحاد", "المكتب", "المنتدى", "الصندوق", "الفريق", "الشبكة", "الأكاديمية"]


class Hard:
    def __init__(self, folder: pathlib.Path, size: int, clean: bool, lines: bool = False) -> None:
        self.folder, self.size, self.clean, self.lines = folder, size, clean, lines
        self.random = random.Random(f"{size} {clean}")
        self.bodies = [f"body-{number}" for number in range(size)]
        self.works = [f"work-{number}" for number in range(size // 2)]
        self.events = [f"event-{number}" for number in range(size // 2)]
        self.documents = [f"doc-{number}" for number in range(2 + size // 50)]
        self.names: dict[str, list[str]] = {}

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def wrong(self, part: float) -> bool:
        """As often a mistake is made that is a violation."""
        return not self.clean and self.chance(part)

    def name(self, id: str) -> tuple[str, str, str]:
        number = int(id.rsplit("-", 1)[1])
        word, arabic = WORDS[number % 8], ARABIC[number % 8]
        english, other = f"{id.split('-')[0].title()} {word} {number}", f"{arabic} {id.split('-')[0]} {number}"
        acronym = f"{id[0].upper()}{word[0].upper()}{number}"
        if self.chance(0.02):
            acronym = self.random.choice(["SAME", "Same", "TWIN"])
        self.names[id] = [english, other, acronym]
        return english, other, acronym

    def refer(self, id: str) -> str:
        """An entity by its id, or by a name that may be folded to it; sometimes by one that leads nowhere."""
        if self.wrong(0.004):
            return self.random.choice(["Nobody at all", f"{id}x", "body concil 3", "SAME", "Ghost council", "torn row", "a" * 1200])
        if self.chance(0.7) or id not in self.names:
            return id + ("\u200b" if self.chance(0.02) else "")
        english, other, acronym = self.names[id]
        if self.clean and acronym.upper() in ("SAME", "TWIN"):
            return english
        return self.random.choice([english, english.upper(), f" {english.replace(' ', '  ')}", other, other.translate(ALEF), acronym])

    def source(self) -> str:
        document = self.random.choice(self.documents)
        if self.wrong(0.004):
            return self.random.choice([f"{document}#99.9", "nothing#1", f"{self.bodies[0]}#1", "#", f"{document}#", "doc-none"])
        if self.chance(0.05):
            return document
        number = self.random.choice(["1", "1.1", "1.2", "1.10", "2", "2.1", "Annex A", "recalling"])
        return f"{self.refer(document)}#{number}"

    def sources(self) -> str:
        if self.chance(0.03):
            return ""
        return "|".join(self.source() for _ in range(self.random.choice([1, 1, 1, 2, 3])))

    def date(self) -> str:
        if self.wrong(0.004):
            return self.random.choice(["2024-13", "May", "2024-02-30"])
        year = self.random.randrange(1990, 2030)
        return self.random.choice([f"{year}", f"{year}-0{self.random.randrange(1, 10)}", f"{year}~", f"{year}-03-15", f"{year}-04/{year}-06"])

    def bodies_table(self) -> list[dict[str, str]]:
        rows = []
        for id in self.bodies:
            english, arabic, acronym = self.name(id)
            row = {"id": id, "class": self.random.choice(["Organization", "Agency", "Organ", "Body"]), "label@en": english}
            row |= {"label@ar": arabic, "acronym@en": acronym, "source": self.sources()}
            if self.chance(0.1):
                row["altLabel@en"] = f'The "{english}",\nso called|{english} \\| old'
            if self.chance(0.05):
                row["altLabel@ar"] = arabic.translate(ALEF) + "ـــ"
            if self.chance(0.1):
                row["partOf"] = self.refer(self.random.choice(self.bodies))
            if self.chance(0.05):
                row["hasMember"] = "|".join(self.refer(self.random.choice(self.bodies)) for _ in range(2))
            if self.chance(0.02):
                row["label@en"] = ""
            if self.chance(0.05):
                row["homepage"] = "https://example.org/" + id if not self.wrong(0.2) else "www.example.org"
            if self.wrong(0.01):
                row |= self.random.choice([{"class": "Bodie"}, {"class": "Ghost"}, {"class": ""}, {"id": "a b"}, {"id": ""}, {"label@en": "Ghost council", "class": "Bodie"}])
            rows.append(row)
        return rows

    def works_table(self) -> list[dict[str, str]]:
        rows = []
        for id in self.works:
            english, arabic, acronym = self.name(id)
            row = {"id": id, "class": "Initiative", "label@en": english, "label@ar": arabic, "acronym": acronym}
            row |= {"startDate": self.date(), "source": self.sources()}
            if self.chance(0.2):
                row["ledBy"] = "|".join(self.refer(self.random.choice(self.bodies)) for _ in range(self.random.choice([1, 2])))
            if self.chance(0.05):
                row["endDate"] = "1980"
            rows.append(row)
        return rows

    def events_table(self) -> list[dict[str, str]]:
        rows = []
        for id in self.events:
            english, arabic, _ = self.name(id)
            row = {"id": id, "class": self.random.choice(["Event", "Conference", "Meeting"]), "label@en": english, "label@ar": arabic}
            row |= {"startDate": "" if self.chance(0.05) else self.date(), "source": self.sources()}
            if self.chance(0.05):
                row["eventStatus"] = self.random.choice(["planned", "scheduled", "مقرر"]) if not self.wrong(0.3) else "plannd"
            if self.chance(0.05):
                row["note@en"] = "a bell\x07 rings" if self.chance(0.3) else "of two\r\nlines"
            rows.append(row)
        return rows

    def statement(self) -> dict[str, str]:
        kind = self.random.randrange(8)
        body, work, event = (self.random.choice(group) for group in (self.bodies, self.works, self.events))
        # A few have much more said of them than others.
        if self.chance(0.2):
            body = self.bodies[0]
        ends = [
            (body, "participatesIn", event),
            (work, "ledBy", body),
            (body, "leads", work),
            (body, "cooperatesWith", self.random.choice(self.bodies)),
            (event, "partOf", work),
            (body, "partOf", self.random.choice(self.bodies[: max(3, self.size // 10)])),
            (event, "hasParticipant", body),
            (body, "contributesTo", work),
        ]
        subject, property, object = ends[kind]
        row = {"subject": self.refer(subject), "property": property, "object": self.refer(object), "source": self.sources()}
        row["rank"] = self.random.choice(["", "", "", "preferred", "deprecated", "normal"])
        if self.chance(0.1):
            row |= {"start": self.date(), "end": self.date()}
        if self.chance(0.05):
            row["atEvent"] = self.refer(self.random.choice(self.events if not self.wrong(0.1) else self.bodies))
        if self.chance(0.05):
            row |= {"amount": self.random.choice(["3.50", "7"] if not self.wrong(0.2) else ["1,000"]), "unit": "euro", "count": "12"}
        if self.chance(0.05):
            row["remark@en"] = self.random.choice(["with; a semicolon", 'says "so"', "of two\nlines"])
        if self.wrong(0.01):
            row |= self.random.choice([{"property": "leeds"}, {"property": "start"}, {"property": ""}, {"rank": "best"}, {"object": ""}, {"status": "sheduled"}])
        return row

    def claims(self) -> list[dict[str, str]]:
        """What tables of statements say in values: dates that contradict each other, and names."""
        rows = []
        for body in self.bodies[:: max(1, self.size // 40)]:
            for year in ("1990", "1991"):
                rows.append({"subject": body, "property": "startDate", "object": year, "rank": "preferred", "source": self.source()})
            rows.append({"subject": self.refer(body), "property": "altLabel@en", "object": f"Stated {body}", "source": self.source()})
            rows.append({"subject": f"stated  {body.upper()}", "property": "leads", "object": self.works[0], "source": self.source()})
        for number in range(3):
            ring = self.bodies[5 * number : 5 * number + 2 + number]
            rows += [
                {"subject": one, "property": "partOf", "object": ring[(at + 1) % len(ring)], "source": self.source()}
                for at, one in enumerate(ring)
            ]
        return rows

    def paragraphs_table(self) -> list[dict[str, str]]:
        rows = []
        for document in self.documents:
            for number in ["recalling", "1.10", "1", "1.2", "1.1", "Annex A", "2", "2.1", "3", "3.1"]:
                row = {"document": self.refer(document) if self.chance(0.3) else document, "number": number}
                row["heading@en"] = "A heading,\nof two lines" if self.chance(0.1) else ""
                row["noLink@en"] = "a heading" if number in ("3",) and self.chance(0.5) else ""
                rows.append(row)
            if self.wrong(0.2):
                rows.append({"document": document, "number": self.random.choice(["1", "", "..", "1.2"])})
        return rows

    def lone(self) -> list[dict[str, str]]:
        """Entities that are named only where something is wrong: what they lack for that is not told."""
        rows = [{"id": f"lone-{letter}", "class": "Organ", "label@en": f"Lone {letter.upper()}", "label@ar": letter} for letter in "abcde"]
        rows.append({"id": "lone-wrong", "class": "Bodie", "label@en": "Lone", "partOf": "lone-a", "source": "doc-1#3.1"})
        rows.append({"id": "lone-event", "class": "Event", "label@en": "Lone event", "label@ar": "x"})
        rows.append({"id": "lone-day", "class": "Event", "label@en": "Lone day", "label@ar": "y", "startDate": "2024-13"})
        return rows

    def documents_table(self) -> list[dict[str, str]]:
        rows = []
        for id in self.documents:
            english, arabic, _ = self.name(id)
            rows.append({"id": id, "class": "Report", "label@en": english, "label@ar": arabic})
        return rows

    def write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        documents, bodies = self.documents_table(), self.bodies_table()
        works, events, paragraphs = self.works_table(), self.events_table(), self.paragraphs_table()
        statements = [self.statement() for _ in range(5 * self.size)]
        again = [dict(self.random.choice(statements), source=self.source()) for _ in range(self.size // 4)]
        self.table("documents.csv", documents)
        self.table("events.csv", events, end="\r\n")
        self.table("paragraphs.csv", paragraphs)
        lone = [] if self.clean else [{"subject": "lone-c", "property": "leeds", "object": "Lone D", "source": "doc-0#3.1"}]
        torn = "" if self.clean else "lone-b,participatesIn,lone-event" + "," * 40 + "\n"
        self.table("statements.csv", statements + lone, last=torn)
        self.table("again.tsv", again, delimiter="\t")
        self.table("claims.csv", self.claims(), delimiter=";", first="sep=;\n")
        self.table("works.csv", works, first="\ufeff")
        torn = "" if self.clean else 'torn row,Organization,only\nx"y,"Agency",Quote\n\n'
        self.table("bodies.csv", bodies, last=torn, unknown=not self.clean)
        if not self.clean:
            twice = [dict(self.random.choice(bodies), **{"label@en": "Again"}) for _ in range(1 + self.size // 50)]
            self.table("zz-bodies.csv", twice + self.lone())
        config = 'id = "hard"\nbase = "https://example.org/id/"\nlicense = "https://example.org/licence"\nlanguages = ["en", "ar"]\n\n[title]\nen = "Hard"\n'
        if self.lines:
            config += '\n[table."works.jsonl".columns]\n"meta.lead" = "ledBy"\n'
        (self.folder / "dataset.toml").write_text(config, encoding="utf-8")
        (self.folder / "notes.md").write_text("no table\n", encoding="utf-8")

    def table(self, name: str, rows: list[dict[str, str]], *, delimiter: str = ",", end: str = "\n", first: str = "", last: str = "", unknown: bool = False) -> None:
        if self.lines and name != "documents.csv":
            self.objects(name.split(".")[0] + ".jsonl", rows, end, first.replace("sep=;\n", ""), unknown)
            return
        headers = list(dict.fromkeys(header for row in rows for header in row))
        if unknown:
            headers += ["", "colour"]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, headers, delimiter=delimiter, lineterminator=end)
        writer.writeheader()
        for row in rows:
            writer.writerow(row | ({"": "x", "colour": "red"} if unknown and self.chance(0.1) else {}))
        whole = first + text.getvalue() + last
        (self.folder / name).write_bytes(whole.rstrip("\r\n").encode() if not last else whole.encode())

    def objects(self, name: str, rows: list[dict[str, str]], end: str, first: str, unknown: bool) -> None:
        """Writes rows as JSON Lines: columns that come late, in any order, null or left out; arrays, texts by language, what is
        nested; lines that are no objects."""
        lines = []
        for number, row in enumerate(rows):
            cells: dict[str, object] = {header: cell for header, cell in row.items() if cell or self.chance(0.3)}
            cells = {header: None if cell == "" and self.chance(0.5) else cell for header, cell in cells.items()}
            for header, cell in cells.items():
                if isinstance(cell, str) and "|" in cell and "\\" not in cell:
                    cells[header] = [*cell.split("|"), None][: None if self.chance(0.1) else -1]
            if self.chance(0.2):
                shuffled = list(cells.items())
                self.random.shuffle(shuffled)
                cells = dict(shuffled)
            if number > len(rows) // 2 and "startDate" in cells and self.chance(0.3):
                cells["note"] = {"en": "A late note", "ar": "ملاحظة"} | ({"fr": "Une note"} if self.chance(0.1) else {})
            if number > len(rows) // 3 and self.chance(0.2):
                cells["meta"] = {"lead": self.refer(self.random.choice(self.bodies))} if not self.wrong(0.3) else {"lead": {"x": 1}}
            if unknown and number > len(rows) // 4 and self.chance(0.1):
                cells["colour"] = self.random.choice(["red", None, ["red", "blue"], {"hue": [1, {"x": "y"}]}, 7])
            lines.append(json.dumps(cells, ensure_ascii=self.chance(0.1)))
            if self.wrong(0.01):
                lines.append(self.random.choice(['{"id": "torn row",', "[1]", '{"id": "x", "id": "y"}', '{"id": "z\\ud800"}', "", "  ", '{"id":\r"w"}']))
        (self.folder / name).write_bytes((first + end.join(lines) + (end if self.chance(0.5) else "")).encode())


if __name__ == "__main__":
    Hard(pathlib.Path(sys.argv[1]), int(sys.argv[2]), "--clean" in sys.argv[3:], "--lines" in sys.argv[3:]).write()
