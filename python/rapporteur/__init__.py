"""Reports of international bodies as one graph in which every statement cites its paragraph.

    >>> import rapporteur
    >>> report = rapporteur.open()
    >>> report.query("SELECT (COUNT(*) AS ?events) WHERE { ?event a rap:Event }").rows()[0]["events"] > 50
    True

Everything is done by the program, which comes with this package; each call runs it once.
"""

from ._answer import Answer
from ._dataset import Dataset, Finding, Picture, open
from ._program import DataError, ProgramError, QueryError, RapporteurError, program

__all__ = [
    "Answer",
    "DataError",
    "Dataset",
    "Finding",
    "Picture",
    "ProgramError",
    "QueryError",
    "RapporteurError",
    "open",
    "program",
]
