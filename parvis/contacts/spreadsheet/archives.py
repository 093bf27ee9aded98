"""What must be known of a zipped workbook beside calamine: what it is, its formulas without a value.

Calamine reads an error value (#REF!) or a formula that was never computed as an empty cell, which would lose it in
silence. How much a workbook asks of the machine is not judged here: `apart` reads it under limits.
"""

import io
import re
import zipfile
import zlib
from contextlib import suppress
from xml.etree import ElementTree
from xml.parsers import expat

from parvis.core.speech import mark

from .shapes import UnreadableSheet

Spoiled = dict[int, dict[int, str]]  # row -> column -> text, from 0

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# Few workbooks hold any: the others are spared a second reading.
_SPOILS = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")

BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError)

PROTECTED = mark(
    "Ce fichier est protégé par un mot de passe : retirez le mot de passe dans votre tableur, puis recommencez."
)
BINARY_EXCEL = mark(
    "Ce fichier est au format Excel binaire (.xlsb) : enregistrez-le au format .xlsx, puis recommencez."
)


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raises `UnreadableSheet` for what calamine would misread, or could not name."""
    names = archive.namelist()
    if any(name.startswith("xl/") and name.endswith(".bin") and "/worksheets/" in name for name in names):
        raise UnreadableSheet(BINARY_EXCEL)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableSheet(PROTECTED)


def is_whole_ods(data: bytes) -> bool:
    """Calamine refuses, as if it did not know it, an ods of too many cells: this tells it from a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            expat.ParserCreate().Parse(archive.read("content.xml"), True)
            return archive.read("mimetype").endswith(b".spreadsheet")
    except (KeyError, expat.ExpatError, *BROKEN_ARCHIVE):
        return False


def spoiled_cells(archive: zipfile.ZipFile) -> dict[str, Spoiled]:
    """By sheet name: error values, and formulas that no spreadsheet has computed."""
    found: dict[str, Spoiled] = {}
    for name, path in _sheet_paths(archive).items():
        sheet = archive.read(path)
        if _SPOILS.search(sheet):
            cells = _Cells()
            cells.read(sheet)
            found[name] = cells.spoiled
    return found


class _Cells:
    """The cells of one sheet, as their XML comes by."""

    def __init__(self) -> None:
        self.spoiled: Spoiled = {}
        self.reference = self.kind = self.inside = ""
        self.formula: str | None = None
        self.value = ""

    def read(self, sheet: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        with suppress(expat.ExpatError):  # calamine says whether the rest can be read
            parser.Parse(sheet, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.inside = name.rpartition(":")[2]
        if name == "c":
            self.reference, self.kind = attributes.get("r", ""), attributes.get("t", "")
            self.formula, self.value = None, ""
        elif name == "f":
            self.formula = ""

    def _text(self, text: str) -> None:
        if self.inside == "v":
            self.value += text
        elif self.inside == "f" and self.formula is not None:
            self.formula += text

    def _end(self, name: str) -> None:
        self.inside = ""
        place = _REFERENCE.fullmatch(self.reference) if name.rpartition(":")[2] == "c" else None
        if place and self.kind == "e":
            self._note(place, self.value or "#N/A")
        elif place and self.formula is not None and not self.value:
            self._note(place, "=" + (self.formula or "?"))

    def _note(self, place: re.Match[str], text: str) -> None:
        self.spoiled.setdefault(int(place[2]) - 1, {})[column_number(place[1])] = text


def column_number(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> path in the archive, for xlsx; nothing for another kind."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    try:
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except ElementTree.ParseError:
        return {}
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    paths: dict[str, str] = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            identity = next((value for key, value in element.items() if key.endswith("}id")), "")
            target = targets.get(identity, "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if path in names:
                paths[element.get("name", "")] = path
    return paths
