"""The invented spreadsheet of the Cave du Tilleul, as shops keep one: titles, blanks, lines to put right."""

import datetime as dt
from pathlib import Path
from random import Random

from parvis.core import clock

from .people import PLATEAU_BRIARD, InventedPerson, invent_people

HEADINGS = (
    "Nom",
    "Prénom",
    "Mail",
    "Portable",
    "Adresse",
    "CP",
    "Ville",
    "Dernier achat",
    "Goûts",
    "Accord",
    "Date d'accord",
    "Canal",
    "Remarques",
    "Majeur",
)
_TASTES = (
    ("whisky japonais", "whisky"),
    ("whisky tourbé", "rhum vieux"),
    ("whisky", "cognac"),
    ("bourgogne", "chablis"),
    ("bordeaux", "fromage"),
    ("vin nature", "Loire"),
    ("champagne",),
    ("vin italien", "dégustation de vin"),
    ("bière artisanale", "cidre"),
    ("cidre", "fromage"),
    ("whisky japonais", "saké"),
    ("beaujolais nouveau", "charcuterie"),
)
_REMARKS = ("vient le samedi", "préfère les demi-bouteilles", "offre souvent", "demande conseil pour un repas")
_SOURCES = ("carte de fidélité", "au comptoir", "bulletin de la soirée de novembre")

Line = tuple[str, ...]


def write_demo_customers(path: Path, *, seed: int, today: dt.date | None = None) -> None:
    """Write the spreadsheet as French Excel saves a CSV: cp1252, semicolons, CRLF. Same arguments, same file.

    Sales and consents are of the five years before `today` (by default, today): some are too old to serve.
    Nobody in it has the address or the number of one of invent_people's usual residents.
    """
    today = today or clock.today()
    random = Random(f"customers {seed}")
    people = invent_people(72, seed=seed + 1, communes=PLATEAU_BRIARD, domain="boite.example", phones=range(6000, 9900))
    told = Random(f"adults {seed}")
    lines: list[Line] = [(*_line(person, random, today), _adult(person, told, today)) for person in people]
    for faulty in _lines_to_put_right(random, today):
        lines.insert(random.randint(2, len(lines)), faulty)
    for _ in range(4):
        lines.insert(random.randint(2, len(lines)), ())
    top: list[Line] = [
        ("CAVE DU TILLEUL - FICHIER CLIENTS",),
        (f"Mis à jour le {_day(today)}",),
        (),
        HEADINGS,
    ]
    text = "".join(";".join([*line, *[""] * (len(HEADINGS) - len(line))]) + "\r\n" for line in [*top, *lines])
    path.write_bytes(text.encode("cp1252"))


def _day(date: dt.date) -> str:
    return f"{date:%d/%m/%Y}"


def _ago(random: Random, today: dt.date, most: int) -> str:
    return _day(today - dt.timedelta(days=random.randint(10, most)))


def _spaced(phone: str | None) -> str:
    """+33639980012 as it is written on a loyalty card: 06 39 98 00 12."""
    digits = "0" + (phone or "").removeprefix("+33")
    return " ".join(digits[i : i + 2] for i in range(0, 10, 2)) if phone else ""


def _line(person: InventedPerson, random: Random, today: dt.date) -> Line:
    agreed = random.random() < 0.45
    channels = ["courrier", *(["courriel"] * 3 if person.email else []), *(["téléphone"] if person.phone else [])]
    return (
        person.family_name.upper() if random.random() < 0.4 else person.family_name,
        person.given_name,
        person.email or "",
        _spaced(person.phone),
        person.address.replace("’", "'"),
        person.postcode,
        person.town,
        _ago(random, today, 5 * 365) if random.random() < 0.8 else "",
        ", ".join(random.choice(_TASTES)) if random.random() < 0.85 else "",
        random.choice(_SOURCES) if agreed else "",
        _ago(random, today, 4 * 365) if agreed else "",
        random.choice(channels) if agreed else "",
        random.choice(_REMARKS) if random.random() < 0.5 else "",
    )


def _adult(person: InventedPerson, random: Random, today: dt.date) -> str:
    """The day they said so. The wine merchant did not ask everybody: whoever has no day hears of no alcohol."""
    asked = random.random() < 0.7
    return _ago(random, today, 2 * 365) if asked and person.adult else ""


def _lines_to_put_right(random: Random, today: dt.date) -> list[Line]:
    """Ten lines, each with a fault that real spreadsheets have; its remark says which."""
    text = (Path(__file__).parent / "data" / "customers_to_put_right.csv").read_text("utf-8")
    old = _day(today - dt.timedelta(days=4 * 365))
    return [
        tuple(line.format(sale=_ago(random, today, 300), old=old, today=_day(today)).split(";"))
        for line in text.splitlines()
    ]
