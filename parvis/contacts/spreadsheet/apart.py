"""Reads what may kill its reader in a process of its own, under limits of memory and of time.

Calamine makes one dense rectangle of each sheet: a stray cell in the last row and one in the last column ask for
549 GB and end the process, which no `except` can catch. No look at the file beforehand sees all that a hostile one can
write. So `child` reads: if it dies, this site refuses the file and goes on. It answers in JSON, one line for each
sheet and for each row.
"""

import datetime as dt
import json
import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .shapes import TOO_LARGE, Cell, Grid, UnreadableSheet

log = logging.getLogger("parvis.contacts")

MEMORY = 1_000_000_000  # bytes, of addresses: the largest list that is taken needs two thirds of it
SECONDS = 40  # of the processor; the same list takes under twenty
WAIT = 60  # seconds of the clock
ANSWER = 200_000_000  # bytes
REFUSED = 3  # the child's exit code when it has read why not; its sentence is then its answer

_ROOT = Path(__file__).resolve().parents[3]  # where the package `parvis` lies
_one_at_a_time = threading.Lock()
_READ_BACK: dict[str, Any] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda seconds: dt.timedelta(seconds=seconds),
}


def read_apart(kind: str, data: bytes) -> list[Grid]:
    """`kind`: "workbook", or "page" for the text of a web page in UTF-8. Raises `UnreadableSheet`."""
    with _one_at_a_time, tempfile.TemporaryFile() as answer:
        try:
            # A new interpreter and no fork: the threads of this one hold locks that a copy would wait for.
            code = subprocess.run(
                [sys.executable, "-m", "parvis.contacts.spreadsheet.child", kind],
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                timeout=WAIT,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired as error:
            raise UnreadableSheet(TOO_LARGE) from error
        answer.seek(0)
        if code == REFUSED:
            raise UnreadableSheet(answer.read().decode())
        if code:
            log.warning("the reader of a %s ended with %d: the file is refused", kind, code)
            raise UnreadableSheet(TOO_LARGE)
        return list(_grids(answer))


def _grids(lines: Iterable[bytes]) -> Iterator[Grid]:
    grid: Grid | None = None
    for line in lines:
        read = json.loads(line, object_hook=_cell)
        if isinstance(read, str):
            if grid:
                yield grid
            grid = Grid(read)
        elif grid:
            grid.lines.append((read[0], read[1:]))
    if grid:
        yield grid


def _cell(told: dict[str, Any]) -> Cell:
    ((kind, value),) = told.items()
    read: Cell = _READ_BACK[kind](value)
    return read


def written(grids: Iterable[Grid]) -> Iterator[str]:
    """The answer's lines: a name, then its rows, each with its number first."""
    for grid in grids:
        yield json.dumps(grid.name)
        for number, cells in grid.lines:
            yield json.dumps([number, *cells], default=_told)


def _told(cell: dt.date | dt.time | dt.timedelta) -> dict[str, str | float]:
    value = cell.total_seconds() if isinstance(cell, dt.timedelta) else cell.isoformat()
    return {type(cell).__name__: value}
