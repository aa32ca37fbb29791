"""The answer of a query: rows of Python's values, or a table of Arrow."""

from __future__ import annotations

import datetime
import decimal
import html
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
_VALUES: dict[str, Callable[[str], Any]] = {
    **{_XSD + name: int for name in _INTEGERS},
    _XSD + "decimal": decimal.Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in ("true", "1"),
    _XSD + "date": datetime.date.fromisoformat,
}


class Answer:
    """Rows of an answer, in its order, with a value for each variable.

    An IRI is its text, a literal a value of Python: int, Decimal, float, bool, date, else its text. What a row leaves
    unbound is None. Languages and datatypes are in `terms`.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.variables: list[str] = document["head"].get("vars", [])
        """The names of the columns, in the order of SELECT."""
        self.terms: list[dict[str, dict[str, Any]]] = document["results"]["bindings"]
        """The terms of each row as SPARQL 1.1 Query Results JSON has them."""

    def rows(self) -> list[dict[str, Any]]:
        """Returns the rows, each a dictionary from variable to value."""
        return list(self)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for terms in self.terms:
            yield {name: _value(terms.get(name)) for name in self.variables}

    def __len__(self) -> int:
        return len(self.terms)

    def to_arrow(self) -> pyarrow.Table:
        """Returns the rows as a table of Arrow; a column whose values have several types is text."""
        import pyarrow

        return pyarrow.table({name: self._column(name) for name in self.variables})

    def to_pandas(self) -> pandas.DataFrame:
        """Returns the rows as a data frame of pandas."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Returns the rows as a data frame of polars."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def _column(self, name: str) -> pyarrow.Array:
        import pyarrow

        values = [_value(terms.get(name)) for terms in self.terms]
        if len({type(value) for value in values if value is not None}) > 1:
            values = [None if name not in terms else terms[name]["value"] for terms in self.terms]
        try:
            return pyarrow.array(values)
        except (pyarrow.ArrowInvalid, OverflowError):
            # Numbers beyond what a column of Arrow holds.
            return pyarrow.array([None if value is None else str(value) for value in values])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.variables)
        body = "".join(
            "<tr>" + "".join(f'<td dir="auto">{_cell(terms.get(name))}</td>' for name in self.variables) + "</tr>"
            for terms in self.terms[:100]
        )
        rest = f"<p>100 of {len(self)} rows</p>" if len(self) > 100 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"

    def __repr__(self) -> str:
        return f"<Answer of {len(self)} rows: {', '.join(self.variables)}>"


def read_answer(text: bytes) -> Answer | bool:
    """Reads an answer from SPARQL 1.1 Query Results JSON: rows, or what ASK says."""
    document = json.loads(text)
    if "boolean" in document:
        return bool(document["boolean"])
    return Answer(document)


def _value(term: dict[str, Any] | None) -> Any:
    if term is None:
        return None
    if term["type"] == "triple":
        return json.dumps(term["value"], ensure_ascii=False)
    read = _VALUES.get(term.get("datatype", ""), str)
    try:
        return read(term["value"])
    except (ValueError, ArithmeticError):
        # A date before year 1 or beyond 9999, or text that is not what its datatype says.
        return term["value"]


def _cell(term: dict[str, Any] | None) -> str:
    text = "" if term is None else html.escape(str(_value(term)))
    if term is not None and term["type"] == "uri" and term["value"].startswith(("http://", "https://")):
        return f'<a href="{html.escape(term["value"])}">{text}</a>'
    return text
