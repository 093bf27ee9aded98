"""Rows of a register file that have a wanted key, whether the file is CSV, zipped CSV or Parquet.

The kind is told by the first bytes, never by the name. Parquet goes through DuckDB (columns and filter pushed
down). CSV is read line by line in Python: that keeps the line numbers of the file, streams out of a zip
without unpacking it, and costs little more than DuckDB would (figures in docs/developers/sirene.md).
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol, cast

import duckdb

from parvis.core.decoding import utf8_or
from parvis.sirene.columns import Layout, check
from parvis.sirene.errors import UnreadableStock

# The line (CSV) or row (Parquet) number, and the values in the order of `layout.wanted`, None when absent.
Row = tuple[int, Sequence[str | None]]

DOWNLOAD_AGAIN = "Téléchargez-le de nouveau depuis data.gouv.fr"
_READ_AHEAD = 1 << 20
_FETCHED_AT_ONCE = 5_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An .xlsx, .xlsb or .ods is a zip too.
_OF_A_WORKBOOK = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a CSV that does not hold the announced columns. `line` counts from 1, titles included.

    `cells` are in the order of `layout.wanted`, "" where the line has none; sure only up to where it breaks."""

    line: int
    reason: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class Remarks:
    """What a table notices while its rows are read."""

    bad_lines: list[BadLine] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    first_line_not_utf8: int | None = None
    cut_short: bool = False
    titles_only: bool = False


class Table(Protocol):
    remarks: Remarks

    def rows(self, keys: Collection[str], known: Collection[str] = ()) -> Iterator[Row]:
        """The rows that have one of these keys, and those of the known identities whatever their key."""
        ...


def open_table(path: Path, layout: Layout) -> Table:
    """Recognise the file and check its columns. Raises UnreadableStock, here or while rows are read."""
    head = _first_bytes(path)
    if head.startswith(b"PAR1"):
        return ParquetTable(path, layout)
    if head.startswith(b"PK"):
        return CsvTable(path, layout, zipped=True)
    _refuse_other_kinds(path, head, layout)
    return CsvTable(path, layout, zipped=False)


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
    except FileNotFoundError:
        raise UnreadableStock(path, "il n’existe pas", "Vérifiez son nom et son dossier") from None
    except OSError as error:
        raise UnreadableStock(path, f"l’accès est refusé ({error.strerror})", "Vérifiez ses droits") from None
    if not head.strip():
        raise UnreadableStock(path, "il est vide", DOWNLOAD_AGAIN)
    return head


def _refuse_other_kinds(path: Path, head: bytes, layout: Layout) -> None:
    expected = f"Donnez un {layout.file} en CSV, en CSV zippé ou en Parquet"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableStock(path, "il est en UTF-16", "Enregistrez-le en CSV UTF-8")
    if head.startswith(b"\x1f\x8b"):
        raise UnreadableStock(path, "il est compressé en gzip", "Décompressez-le d’abord")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise UnreadableStock(path, "c’est une page web, pas un fichier de données", DOWNLOAD_AGAIN)
    if head.startswith(_OLD_EXCEL):
        raise _is_a_workbook(path, layout)
    if b"\0" in head:
        raise UnreadableStock(path, "ce n’est ni un CSV, ni un zip, ni un Parquet", expected)


def _is_a_workbook(path: Path, layout: Layout) -> UnreadableStock:
    problem = "c’est un classeur de tableur (Excel ou LibreOffice)"
    return UnreadableStock(path, problem, f"Donnez un {layout.file} en CSV, en CSV zippé ou en Parquet, sans l’ouvrir")


class ParquetTable:
    def __init__(self, path: Path, layout: Layout) -> None:
        self.path, self.layout, self.remarks = path, layout, Remarks()
        with self._readable():
            self.database = duckdb.connect()
            described = self.database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        self.types = {str(name): str(kind) for name, kind, *_ in described}
        self.remarks.absent = check(layout, list(self.types), path)

    def rows(self, keys: Collection[str], known: Collection[str] = ()) -> Iterator[Row]:
        with self._readable():
            (total,) = self.database.execute("SELECT count(*) FROM read_parquet(?)", [str(self.path)]).fetchall()[0]
            self.remarks.titles_only = total == 0
            asked = [str(self.path), sorted(keys), *([sorted(known)] if known else [])]
            found = self.database.execute(self._query(also_known=bool(known)), asked)
            while rows := found.fetchmany(_FETCHED_AT_ONCE):
                yield from ((row[-1], row[:-1]) for row in rows)

    def _query(self, *, also_known: bool) -> str:
        columns = ", ".join(self._column(name) for name in self.layout.wanted)
        source = f"SELECT {columns}, file_row_number + 1 FROM read_parquet($1, file_row_number = true)"
        either = f" OR {self.layout.identity} IN (SELECT unnest($3))" if also_known else ""
        return f"{source} WHERE {self.layout.key} IN (SELECT unnest($2)){either}"

    def _column(self, name: str) -> str:
        if name not in self.types:
            return "NULL"
        # Today's file types its dates and booleans, the file of 2021 has texts only.
        return name if self.types[name] == "VARCHAR" else f"CAST({name} AS VARCHAR)"

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error:
            problem = "ce Parquet est abîmé ou incomplet"
            raise UnreadableStock(self.path, problem, DOWNLOAD_AGAIN) from None


def _names(titles: str, separator: str) -> list[str]:
    """The column names of a first line; none where it is no line of a CSV, a picture's bytes for instance."""
    try:
        return [name.strip() for name in next(csv.reader([titles], delimiter=separator), [])]
    except csv.Error:
        return []


class CsvTable:
    def __init__(self, path: Path, layout: Layout, *, zipped: bool) -> None:
        self.path, self.layout, self.zipped, self.remarks = path, layout, zipped, Remarks()
        with self._stream() as stream:
            first = stream.readline().removeprefix(b"\xef\xbb\xbf")
        titles = first.decode("utf-8", errors="replace").rstrip("\r\n")
        self.separator = max(",;\t", key=titles.count)
        self.names = _names(titles, self.separator)
        self.remarks.absent = check(layout, self.names, path)
        self.places = [self.names.index(name) if name in self.names else -1 for name in layout.wanted]

    def rows(self, keys: Collection[str], known: Collection[str] = ()) -> Iterator[Row]:
        wanted, identities = {key.encode() for key in keys}, {each.encode() for each in known}
        separator, key = self.separator.encode(), self.names.index(self.layout.key)
        identity = self.names.index(self.layout.identity)
        separators, cuts = len(self.names) - 1, max(key, identity) + 1
        number = blank = 1
        with self._stream() as stream:
            stream.readline()
            for number, line in enumerate(stream, start=2):
                # Most lines of the national file are for other communes: leave them as early as possible.
                if b'"' not in line and line.count(separator) == separators:
                    cells = line.split(separator, cuts)
                    if cells[key].strip() not in wanted and cells[identity].strip() not in identities:
                        continue
                elif line.isspace():
                    blank += 1
                    continue
                row = self._parse(line, number)
                if row and (row[key].encode() in wanted or row[identity].encode() in identities):
                    yield number, [row[place] if place >= 0 else None for place in self.places]
        self.remarks.titles_only = number == blank

    def _parse(self, line: bytes, number: int) -> list[str] | None:
        """The values of a line, or None when it is noted as bad. A value never holds a line break here."""
        text = self._decode(line, number).rstrip("\r\n")
        try:
            values = next(csv.reader([text], delimiter=self.separator, strict=True))
        except (csv.Error, StopIteration):
            values = []
        if len(values) == len(self.names) and "\0" not in text:
            return [value.strip() for value in values]
        cut_short = not line.endswith((b"\n", b"\r"))
        self.remarks.cut_short |= cut_short
        fault = self._fault(len(values), cut_short=cut_short)
        self.remarks.bad_lines.append(BadLine(number, fault, self._cells(text)))
        return None

    def _cells(self, text: str) -> tuple[str, ...]:
        cells = [cell.strip(' "') for cell in text.split(self.separator)]
        return tuple(cells[place] if 0 <= place < len(cells) else "" for place in self.places)

    def _fault(self, count: int, *, cut_short: bool) -> str:
        if cut_short:
            return f"la dernière ligne s’arrête en chemin : le fichier est incomplet. {DOWNLOAD_AGAIN}"
        if not count:
            return "un guillemet n’est pas fermé, ou la ligne contient un caractère interdit"
        return f"la ligne a {count} colonnes au lieu de {len(self.names)}"

    def _decode(self, line: bytes, number: int) -> str:
        text, encoding = utf8_or(line, "cp1252")
        if encoding != "utf-8" and self.remarks.first_line_not_utf8 is None:
            self.remarks.first_line_not_utf8 = number
        return text

    @contextmanager
    def _stream(self) -> Iterator[IO[bytes]]:
        if not self.zipped:
            with self.path.open("rb", buffering=_READ_AHEAD) as stream:
                yield stream
            return
        try:
            with zipfile.ZipFile(self.path) as archive, self._member(archive) as member:
                # Reading ahead makes the lines of a zip member come several times faster.
                yield io.BufferedReader(cast(io.RawIOBase, member), _READ_AHEAD)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            problem = "cette archive zip est abîmée ou incomplète"
            raise UnreadableStock(self.path, problem, DOWNLOAD_AGAIN) from None

    def _member(self, archive: zipfile.ZipFile) -> IO[bytes]:
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if set(archive.namelist()) & _OF_A_WORKBOOK:
            raise _is_a_workbook(self.path, self.layout)
        if len(names) != 1:
            found = "contient plusieurs CSV" if names else "ne contient aucun CSV"
            problem = f"cette archive zip {found}"
            raise UnreadableStock(self.path, problem, f"Donnez le {self.layout.file} seul")
        try:
            return archive.open(names[0])
        except (RuntimeError, NotImplementedError):
            problem = "cette archive zip a un mot de passe ou une compression inconnue"
            raise UnreadableStock(self.path, problem, "Décompressez-la d’abord") from None
