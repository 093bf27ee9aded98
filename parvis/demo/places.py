"""The invented organisations of the demo, and what they have to say. The communes are real; nothing else is."""

import datetime as dt
from dataclasses import dataclass

from parvis.accounts.models import Organisation
from parvis.announcements.actions import Words
from parvis.announcements.rules import Kind
from parvis.core import clock

TERRITORY = "plateau-briard"

Kinds = Organisation.Kind


@dataclass(frozen=True, slots=True)
class Place:
    slug: str
    name: str
    kind: Organisation.Kind
    insee: str
    paper: str
    trade: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    without_screen: bool = False


ASSOCIATION = Place(
    "les-enseignes-du-plateau", "Les Enseignes du Plateau", Kinds.ASSOCIATION, "94075", "ciel",
    trade="association de commerçants", phone="+33199001020", email="bonjour@enseignes.example",
)  # fmt: skip
FLORIST = Place(
    "la-brassee", "La Brassée", Kinds.SHOP, "94075", "rose",
    trade="fleuriste", address="18 rue du Lavoir", phone="+33199001031", without_screen=True,
)  # fmt: skip
WINE = Place(
    "cave-du-tilleul", "Cave du Tilleul", Kinds.SHOP, "94075", "parme",
    trade="caviste", address="4 place du Tilleul", phone="+33199001042", email="cave@tilleul.example",
)  # fmt: skip
BAKER = Place(
    "le-fournil-des-sources", "Le Fournil des Sources", Kinds.SHOP, "94047", "or",
    trade="boulangerie", address="27 rue des Sources", phone="+33199001053", email="fournil@sources.example",
)  # fmt: skip
SHOPS = (FLORIST, WINE, BAKER)


@dataclass(frozen=True, slots=True)
class Says:
    """One announcement of the demo; `picture` is a subject of the cut-paper generator."""

    place: Place
    words: Words
    interests: tuple[str, ...]
    picture: str
    alt: str


def evening(days_ahead_weekday: int, hour: int, minute: int = 0) -> dt.datetime:
    """The next such weekday (0 is Monday), at least two days ahead, at this hour in Paris."""
    today = clock.today()
    ahead = (days_ahead_weekday - today.weekday()) % 7
    day = today + dt.timedelta(days=ahead if ahead >= 2 else ahead + 7)
    return dt.datetime.combine(day, dt.time(hour, minute), clock.PARIS)


def all_says() -> list[Says]:
    """Dates are counted from today, so that the demo never goes stale."""
    return [
        Says(
            FLORIST,
            Words(
                Kind.WORKSHOP,
                "Couronnes de l’hiver",
                "Feuillages du plateau, oranges séchées, rubans. Tout est fourni\u00a0; venez avec vos enfants.",
                starts_at=evening(5, 14, 30),
                seats=10,
                price="35 €, tout est fourni",
                children=True,
            ),
            ("ateliers-couronnes", "ateliers-enfants"),
            "wreath",
            "Une couronne de feuillage, de fleurs blanches et d’oranges, nouée d’un ruban rouge",
        ),
        Says(
            FLORIST,
            Words(
                Kind.ARRIVAL,
                "Les premières renoncules",
                "Arrivées ce matin, par bottes de dix.",
                price="9 € la botte",
            ),
            ("fleurs-de-saison",),
            "bouquet",
            "Un bouquet de fleurs roses et blanches dans un vase rouge",
        ),
        Says(
            WINE,
            Words(
                Kind.EVENT,
                "Le Japon en cinq whiskys",
                "Cinq verres, cinq distilleries, et ce qu’il faut manger avec.",
                starts_at=evening(4, 19, 30),
                seats=14,
                price="38 €",
            ),
            ("whiskys-japonais",),
            "whisky",
            "Une bouteille et un verre devant un grand soleil rouge",
        ),
        Says(
            WINE,
            Words(
                Kind.ARRIVAL,
                "Un cidre fermier de la Brie",
                "Deux vergers, six mille bouteilles, brut ou doux.",
            ),
            ("cidres-et-poires", "producteurs-d-ici"),
            "wine",
            "Deux bouteilles et deux verres sur une table",
        ),
        Says(
            BAKER,
            Words(
                Kind.ARRIVAL,
                "Le pain de Périgny, au blé de Périgny",
                "Un blé semé, récolté et moulu à moins de dix kilomètres. Le mardi et le samedi.",
            ),
            ("pains-speciaux", "producteurs-d-ici"),
            "bread",
            "Deux baguettes, une boule de pain et un épi de blé",
        ),
        Says(
            BAKER,
            Words(
                Kind.WORKSHOP,
                "Petits boulangers",
                "Chaque enfant pétrit, façonne et repart avec son pain. De six à dix ans.",
                starts_at=evening(2, 14),
                seats=8,
                price="12 €",
                children=True,
            ),
            ("ateliers-pain", "ateliers-enfants"),
            "cake",
            "Un gâteau rose à bougies sous des fanions",
        ),
    ]


CLAIRE = ("Claire Vasseur", "claire.vasseur@enseignes.example")
OWNERS = {
    WINE.slug: ("Anselme Tavernier", "anselme.tavernier@tilleul.example"),
    BAKER.slug: ("Samira Belkadi", "samira.belkadi@sources.example"),
}
FLORIST_OWNER = "Odile Marchand"
