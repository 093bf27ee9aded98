"""How much the directory's import costs over a bare DuckDB query for the same rows and columns.

Both read the million-row stock on the communes of Mayotte, in one process, turn by turn, each with a
connection of its own; the ratio is that of the medians. The import also looks everywhere for what it knows already,
as it does every month; the bare query does not. `bin/bench directory-import --json`.
"""

import argparse
import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb

from parvis.core.command_line import speak_french
from parvis.sirene.columns import ESTABLISHMENTS
from parvis.sirene.reader import Reading, read_establishments

ROOT = Path(__file__).resolve().parent.parent
STOCK = ROOT.parent / "shared/data/sirene/StockEtablissement_2021-10-31_first995002.parquet"
MAYOTTE = ("97611", "97615", "97610")
LIMIT = 3.0
TODAY = dt.date(2026, 9, 1)


def main() -> int:
    options = _options()
    if not options.stock.is_file():
        missing = f"Le fichier {options.stock} n’existe pas. Indiquez un StockEtablissement Parquet avec --stock."
        print(missing, file=sys.stderr)
        return 2
    figures = measure(options.stock, options.repeats)
    print(
        f"{figures['rows']} lignes de Mayotte : lecture {figures['import_s']:.3f} s, requête nue "
        f"{figures['bare_s']:.3f} s, rapport {figures['ratio']:.2f} (au plus {LIMIT:g}), "
        f"médianes de {options.repeats} tours"
    )
    if options.json:
        print(json.dumps(figures))
    return 0 if figures["ratio"] <= LIMIT else 1


def measure(stock: Path, repeats: int) -> dict[str, float]:
    """Medians in seconds, their ratio, and the number of rows (the same on both sides)."""
    bare_query = _bare_query(stock)
    known = {each.siret for each in _reading(stock, ())}
    imported = _import(stock, known)  # the first turns warm the file cache and are not counted
    if imported != _bare(bare_query):
        raise SystemExit("Les deux côtés ne lisent pas le même nombre de lignes : la comparaison ne veut rien dire.")
    turns = [(_seconds(lambda: _import(stock, known)), _seconds(lambda: _bare(bare_query))) for _ in range(repeats)]
    import_s, bare_s = (statistics.median(side) for side in zip(*turns, strict=True))
    return {
        "ratio": round(import_s / bare_s, 3),
        "import_s": round(import_s, 4),
        "bare_s": round(bare_s, 4),
        "rows": imported,
    }


def _reading(stock: Path, known: Collection[str]) -> Reading:
    return read_establishments(stock, communes=MAYOTTE, today=TODAY, known=known)


def _import(stock: Path, known: Collection[str]) -> int:
    reading = _reading(stock, known)
    return sum(len(batch) for batch in reading.batches()) + reading.rejected


def _bare_query(stock: Path) -> str:
    with duckdb.connect() as database:
        described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(stock)]).fetchall()
    present = {name for name, *_ in described}
    columns = ", ".join(name for name in ESTABLISHMENTS.wanted if name in present)
    source = str(stock).replace("'", "''")
    return f"SELECT {columns} FROM read_parquet('{source}') WHERE {ESTABLISHMENTS.key} IN {MAYOTTE}"


def _bare(query: str) -> int:
    with duckdb.connect() as database:
        return len(database.execute(query).fetchall())


def _seconds(run: Callable[[], int]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _options() -> argparse.Namespace:
    speak_french()
    parser = argparse.ArgumentParser(prog="bin/bench directory-import")
    parser.add_argument("--stock", type=Path, default=STOCK, help="le StockEtablissement Parquet à lire")
    parser.add_argument("--repeats", type=int, default=9, help="combien de tours")
    parser.add_argument("--json", action="store_true", help="dernière ligne : un objet JSON")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
