"""A shop as schema.org describes it."""

import datetime as dt
from typing import Any

from parvis.accounts.models import Organisation
from parvis.core.typography import NBSP

from .hours import MIDNIGHT, Hours, Opening

# What schema.org has a name for; any other trade is a LocalBusiness.
_TYPES = {
    "agence-de-voyages": "TravelAgency",
    "agence-immobiliere": "RealEstateAgent",
    "assurance": "InsuranceAgency",
    "auto-ecole": "DrivingSchool",
    "automobile": "AutoDealer",
    "banque": "BankOrCreditUnion",
    "bijouterie": "JewelryStore",
    "boulangerie": "Bakery",
    "bureau-de-poste": "PostOffice",
    "cafe-bar": "CafeOrCoffeeShop",
    "camping": "Campground",
    "caviste": "LiquorStore",
    "chaussures": "ShoeStore",
    "chauffagiste": "HVACBusiness",
    "cinema": "MovieTheater",
    "coiffeur": "HairSalon",
    "couvreur": "RoofingContractor",
    "electricien": "Electrician",
    "electromenager": "HomeGoodsStore",
    "fleuriste": "Florist",
    "garage": "AutoRepair",
    "glacier": "IceCreamShop",
    "hotel": "Hotel",
    "informatique": "ComputerStore",
    "institut-de-beaute": "BeautySalon",
    "jouets": "ToyStore",
    "librairie": "BookStore",
    "meubles": "FurnitureStore",
    "opticien": "Optician",
    "peintre": "HousePainter",
    "pharmacie": "Pharmacy",
    "plombier": "Plumber",
    "pressing": "DryCleaningOrLaundry",
    "quincaillerie": "HardwareStore",
    "reparation-velos": "BikeStore",
    "restaurant": "Restaurant",
    "restauration-rapide": "FastFoodRestaurant",
    "salle-de-sport": "HealthClub",
    "serrurier": "Locksmith",
    "sport": "SportingGoodsStore",
    "station-service": "GasStation",
    "superette": "ConvenienceStore",
    "supermarche": "GroceryStore",
    "veterinaire": "VeterinaryCare",
    "vetements": "ClothingStore",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local_business(
    shop: Organisation, category: str, hours: Hours, *, url: str, image: str, about: str
) -> dict[str, Any]:
    """`url`, `image`: absolute, "" where there is none. What is not known is left out."""
    opening = _usual(hours) + _special(hours)
    data = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(category, "LocalBusiness") if shop.is_shop else "Organization",
        "@id": url,
        "url": url,
        "name": shop.name,
        "description": about.replace(NBSP, " "),
        "image": image,
        "telephone": shop.phone,
        "address": address(shop),
        "openingHoursSpecification": opening if shop.is_shop else [],
    }
    return {key: value for key, value in data.items() if value}


def address(shop: Organisation) -> dict[str, str]:
    return {
        "@type": "PostalAddress",
        "addressCountry": "FR",
        "addressLocality": shop.commune.name,
        **({"streetAddress": shop.address} if shop.address else {}),
        # A postcode may be shared by communes, and a commune may have several: only a lone one is sure.
        **({"postalCode": shop.commune.postcodes} if len(shop.commune.postcodes.split()) == 1 else {}),
    }


def _usual(hours: Hours) -> list[dict[str, Any]]:
    days: dict[Opening, list[str]] = {}
    for weekday, openings in sorted(hours.week.items()):
        for opening in openings:
            days.setdefault(opening, []).append(_DAYS[weekday])
    return [_specification(opening) | {"dayOfWeek": names} for opening, names in days.items()]


def _special(hours: Hours) -> list[dict[str, Any]]:
    """schema.org says « closed » by an opening that ends as it begins."""
    never = Opening(dt.time(), dt.time())
    return [
        _specification(opening) | {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
        for day, openings in sorted(hours.special.items())
        for opening in openings or [never]
    ]


def _specification(opening: Opening) -> dict[str, Any]:
    opens, closes = f"{opening.opens:%H:%M}", "00:00" if opening.closes == MIDNIGHT else f"{opening.closes:%H:%M}"
    # From midnight to midnight would read as closed: schema.org's whole day ends a minute before.
    if opening.closes == MIDNIGHT and opens == closes:
        closes = "23:59"
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes}
