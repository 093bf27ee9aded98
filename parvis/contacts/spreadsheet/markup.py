"""Tables of a web page: many programs export HTML and call it .xls."""

from html.parser import HTMLParser

from . import shapes
from .grids import numbered
from .shapes import TOO_LARGE, Cell, Grid, UnreadableSheet

_WIDEST = 200  # columns that one merged cell may cover


class _Tables(HTMLParser):
    """Only the innermost text of cells; a merged cell leaves its other columns empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self.cell: list[str] | None = None
        self.span = 1
        self.cells = 0
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close_cell()
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._close_cell()
            self.cell, span = [], dict(attrs).get("colspan") or "1"
            self.span = min(int(span), _WIDEST) if span.isdecimal() and span.isascii() else 1
        elif tag in {"br", "p", "div"} and self.cell is not None:
            self.cell.append("\n")
        self.hidden = tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._close_cell()
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.hidden:
            self.cell.append(" ".join(data.split()) if data.strip() else " ")

    def close(self) -> None:
        super().close()
        self._close_cell()

    def _close_cell(self) -> None:
        if self.cell is None:
            return
        self.cells += self.span
        if self.cells > shapes.MAX_CELLS:
            raise UnreadableSheet(TOO_LARGE)
        if not self.rows:
            self.rows.append([])
        self.rows[-1] += ["".join(self.cell).strip(), *[""] * (self.span - 1)]
        self.cell, self.span = None, 1


def is_markup(text: str) -> bool:
    head = text[:2000].lower()
    starts = ("<!doctype html", "<html", "<table", "<meta", "<head", "<style", "<?xml", "<div")
    return head.lstrip().startswith(starts) or ("<table" in head and "<tr" in text[:20_000].lower())


def read_markup(text: str) -> Grid:
    tables = _Tables()
    tables.feed(text)
    tables.close()
    return numbered("", tables.rows)
