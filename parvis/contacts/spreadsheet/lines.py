"""The cells of one line by field, and what is said about them on the way."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from parvis.core.speech import mark, say

from .cells import is_empty_word, says_nothing, shorten, text_of, why_not_believed
from .dates import NotADate
from .headings import Layout
from .shapes import Cell, LineRejected, Rejection

TOO_LONG = mark(
    "Ce texte a plus de {limit} caractères : il a sans doute été collé dans la mauvaise case. "
    "Raccourcissez-le dans votre tableau."
)


@dataclass(slots=True)
class Line:
    number: int
    layout: Layout
    cells: list[Cell]
    region: str
    today: dt.date
    read: list[str] = field(init=False)  # the text of each cell
    warnings: list[Rejection] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.read = [text_of(cell) for cell in self.cells]

    def warn(self, heading: str, value: str, reason: str) -> None:
        self.warnings.append(Rejection(self.number, heading, shorten(value), reason))

    def reject(self, heading: str, value: str, reason: str) -> LineRejected:
        return LineRejected(Rejection(self.number, heading, shorten(value), reason))

    def known(self) -> Iterator[tuple[str, Cell, str]]:
        """(heading, cell, text) of each column that is read and holds something, believed or not."""
        layout = self.layout
        for found, heading, cell, text in zip(layout.fields, layout.headings, self.cells, self.read, strict=False):
            if found and text:
                yield heading, cell, text

    def cells_of(self, *fields: str) -> Iterator[tuple[str, str, bool, str]]:
        """(field, heading, believed, text) of each column of these fields that holds something."""
        layout = self.layout
        for found, heading, text in zip(layout.fields, layout.headings, self.read, strict=False):
            if text and found in fields:
                why = why_not_believed(text)
                if why:
                    self.warn(heading, text, why)
                yield found, heading, not why, text

    def raw(self, *fields: str) -> Iterator[tuple[str, str, Cell, str]]:
        """(field, heading, cell, text) of each column of these fields that holds something to be believed."""
        layout = self.layout
        for found, heading, cell, text in zip(layout.fields, layout.headings, self.cells, self.read, strict=False):
            if not text or found not in fields:
                continue
            if why := why_not_believed(text):
                self.warn(heading, text, why)
            else:
                yield found, heading, cell, text

    def texts(
        self, *fields: str, limit: int, empty: Callable[[str], bool] = says_nothing
    ) -> Iterator[tuple[str, str, str]]:
        """(field, heading, text), without the words that mean nothing and the texts that are too long."""
        for found, heading, _, text in self.raw(*fields):
            if len(text) > limit:
                self.warn(heading, text, say(TOO_LONG, limit=limit))
            elif not empty(text):
                yield found, heading, text

    def dates(self, name: str, parse: Callable[[Cell, dt.date], dt.date]) -> list[dt.date]:
        """Every date of these columns that stands; the others get their sentence."""
        found = []
        for _, heading, cell, text in self.raw(name):
            if is_empty_word(text):
                continue
            try:
                found.append(parse(cell, self.today))
            except NotADate as error:
                self.warn(heading, text, error.sentence)
        return found
