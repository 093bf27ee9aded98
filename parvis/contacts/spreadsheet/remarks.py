"""What is said of the file itself: columns and sheets that were not read, lines in another alphabet."""

from collections.abc import Iterator, Sequence

from parvis.core.speech import mark, say

from .alphabets import OLD_ALPHABETS, Text
from .cells import shorten, text_of
from .headings import Layout
from .shapes import Cell, Grid, Rejection
from .texts import Records

IGNORED = mark(
    "Cette colonne n’est pas lue : son titre n’est pas de ceux que l’on connaît. "
    "Si elle doit servir, renommez-la (par exemple Goûts, Dernier achat ou Remarques) ; sinon il n’y a rien à faire."
)
UNTITLED = mark("Cette colonne n’a pas de titre : elle n’est pas lue. Si elle doit servir, donnez-lui un titre.")
OTHER_SHEET = mark(
    "Cette feuille n’est pas lue : une seule l’est, celle qui a des titres reconnus et le plus de lignes."
)
TITLES_ONLY = mark(
    "Il n’y a que des titres de colonnes, personne en dessous : ajoutez vos clients, une ligne par personne."
)

Lines = Sequence[tuple[int, list[Cell]]]


def of_text(read: Text, records: Records | None) -> Iterator[Rejection]:
    """`records`: None for a web page, whose lines are not those of its table."""
    if read.encoding in OLD_ALPHABETS:
        yield Rejection(0, "", "", OLD_ALPHABETS[read.encoding])
    odd = {(records.number(line) if records else 0, how): None for line, how in read.odd.items()}
    yield from (Rejection(number, "", "", how) for number, how in odd)


def of_sheet(layout: Layout, below: Lines, others: Sequence[Grid]) -> Iterator[Rejection]:
    yield from (Rejection(layout.line, shorten(heading), "", IGNORED) for heading in layout.ignored())
    yield from _untitled(layout, below)
    yield from (Rejection(0, "", say("feuille {name}", name=shorten(other.name)), OTHER_SHEET) for other in others)
    if not below:
        yield Rejection(layout.line, "", "", TITLES_ONLY)


def _untitled(layout: Layout, below: Lines) -> Iterator[Rejection]:
    """The first cell of each column that holds something under no title."""
    told: set[int] = set()
    for number, cells in below:
        for place, cell in enumerate(cells):
            if place in told or (place < len(layout.headings) and layout.headings[place]):
                continue
            if text := text_of(cell):
                told.add(place)
                yield Rejection(number, say("colonne {letters}", letters=_letters(place)), shorten(text), UNTITLED)


def _letters(place: int) -> str:
    """0 is A, 26 is AA."""
    above, last = divmod(place, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + last)
