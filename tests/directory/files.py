"""Files of the register, invented, and the import of one."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from parvis.directory.actions import import_stock
from parvis.directory.models import Business
from parvis.directory.rules import ImportReport
from tests.builders import BY, territory
from tests.sirene.conftest import COLUMNS_2021, COLUMNS_OF_UNITS, StockRow, csv_bytes


def stock(folder: Path, *rows: StockRow, columns: Sequence[str] = COLUMNS_2021, name: str = "stock.csv") -> Path:
    path = folder / name
    path.write_bytes(csv_bytes(rows, columns=columns))
    return path


def units(folder: Path, *rows: StockRow) -> Path:
    return stock(folder, *rows, columns=COLUMNS_OF_UNITS, name="units.csv")


def imported(path: Path, **more: Any) -> ImportReport:
    return import_stock(path=path, territory=territory(), by=BY, **more)


def command(path: Path, *more: str) -> tuple[str, dict[str, Any]]:
    """What the command says, and the JSON of its last line."""
    territory()
    said = StringIO()
    call_command("directory", "import", str(path), "--territory", "plateau-briard", "--json", *more, stdout=said)
    return said.getvalue(), json.loads(said.getvalue().splitlines()[-1])


def only() -> Business:
    return Business.objects.get()
