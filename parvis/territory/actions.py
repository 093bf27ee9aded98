"""Every write on territories."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify

from parvis.core.actions import record
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, Refused

from . import reference
from .models import Commune, Territory
from .reference import CommuneFacts
from .rules import is_host_name
from .rules import of_name as default_of_name


class BadTerritory(BadInput):
    sentence = "Un territoire demande un nom court, un nom et au moins une commune."


class UnknownCommunes(BadInput):
    sentence = "Un code de commune est inconnu."


class TerritoryExists(Refused):
    sentence = "Ce nom court est déjà pris par un autre territoire."


class BadHost(BadInput):
    sentence = "Ce nom d’hôte ne se lit pas."


class HostTaken(Refused):
    sentence = "Ce nom d’hôte est déjà celui d’un autre territoire."


@transaction.atomic
def create_territory(
    *, slug: str, name: str, of_name: str = "", insee_codes: Sequence[str], host: str = "", by: Actor
) -> Territory:
    """Make a territory of these communes, under a host name of its own if it has one.

    Doing it twice changes nothing: the slug with the same communes gives back what exists, as it is.
    Refuses with BadTerritory, UnknownCommunes (naming each code), TerritoryExists, BadHost or HostTaken.
    """
    _check_words(slug, name, of_name)
    facts = _known(insee_codes)
    existing = Territory.objects.filter(slug=slug).first()
    host = _free_host(host, existing)
    if existing:
        _check_same(existing, facts, host)
        return existing
    territory = Territory.objects.create(slug=slug, name=name, of_name=of_name or default_of_name(name), host=host)
    territory.communes.set(_keep_communes(facts))
    communes = [fact.insee for fact in facts]
    record(by=by, verb="territory.create", on=territory, name=name, communes=communes, host=host)
    return territory


@transaction.atomic
def set_host(*, territory: Territory, host: str, by: Actor) -> None:
    """Under which name the territory answers; "": under its path. The same again changes nothing."""
    host = _free_host(host, territory)
    if host != territory.host:
        territory.host = host
        territory.save(update_fields=["host"])
        record(by=by, verb="territory.host", on=territory, host=host)


@transaction.atomic
def rename_territory(*, territory: Territory, name: str, of_name: str, by: Actor) -> None:
    """What is empty stays as it is; the same again changes nothing."""
    name, of_name = name.strip() or territory.name, of_name.strip() or territory.of_name
    _check_words(territory.slug, name, of_name)
    if (name, of_name) != (territory.name, territory.of_name):
        territory.name, territory.of_name = name, of_name
        territory.save(update_fields=["name", "of_name"])
        record(by=by, verb="territory.rename", on=territory, name=name)


def _free_host(typed: str, territory: Territory | None) -> str:
    """As it is kept, where no other territory has it."""
    host = typed.strip().lower().rstrip(".")
    if host and not is_host_name(host):
        raise BadHost(
            f"« {typed} » n’est pas un nom d’hôte : écrivez-le sans https://, sans port, sans barre et sans accent. "
            "Par exemple : plateau.exemple.example."
        )
    other = Territory.objects.filter(host=host).first() if host else None
    if other and other != territory:
        raise HostTaken(f"Le nom d’hôte {host} est déjà celui du territoire « {other.name} ». Choisissez-en un autre.")
    return host


def create_known_territory(*, slug: str, by: Actor) -> Territory | None:
    """A territory that is shipped under this short name; None for any other."""
    facts = reference.territories().get(slug)
    if facts is None:
        return None
    return create_territory(slug=slug, name=facts.name, of_name=facts.of_name, insee_codes=facts.communes, by=by)


def _check_words(slug: str, name: str, of_name: str) -> None:
    if not slug or len(slug) > 50 or slugify(slug) != slug:
        better = slugify(slug or name)[:50].strip("-") or "plateau-briard"
        raise BadTerritory(
            f"Le nom court « {slug} » ne convient pas : 50 minuscules sans accent, chiffres, tirets. "
            f"Écrivez par exemple « {better} »."
        )
    if not name.strip() or len(name) > 80 or len(of_name) > 80:
        raise BadTerritory("Le nom du territoire est vide ou dépasse 80 caractères. Donnez-en un plus court.")


def _known(insee_codes: Sequence[str]) -> list[CommuneFacts]:
    codes = list(dict.fromkeys(code.strip().upper() for code in insee_codes if code.strip()))
    if not codes:
        raise BadTerritory("Aucune commune n’est donnée. Donnez au moins un code INSEE, par exemple 94075.")
    communes = reference.communes()
    if unknown := [code for code in codes if code not in communes]:
        raise UnknownCommunes(" ".join(_why_unknown(code) for code in unknown))
    return [communes[code] for code in codes]


def _why_unknown(code: str) -> str:
    if former := reference.former_codes().get(code):
        now = reference.communes()[former.now]
        old = f"{code} ({former.name})" if former.name else code
        return f"Le code {old} n’est plus en usage : cette commune est {now.name}, code {now.insee}."
    if sharing := reference.with_postcode(code):
        names = ", ".join(f"{facts.name} ({facts.insee})" for facts in sharing)
        return f"{code} est un code postal, pas un code INSEE ; il sert à : {names}."
    return f"Aucune commune n’a le code INSEE {code} ; vérifiez-le sur insee.fr."


def _check_same(existing: Territory, facts: list[CommuneFacts], host: str) -> None:
    has = set(existing.communes.values_list("insee", flat=True))
    if has != {fact.insee for fact in facts}:
        names = ", ".join(existing.communes.order_by("name").values_list("name", flat=True))
        raise TerritoryExists(
            f"Le nom court « {existing.slug} » est déjà celui du territoire « {existing.name} », "
            f"fait d’autres communes : {names}. Choisissez un autre nom court."
        )
    if host and host != existing.host:
        raise TerritoryExists(
            f"Le territoire « {existing.name} » existe déjà. Pour lui donner ce nom d’hôte : "
            f"bin/parvis territory host --slug {existing.slug} --host {host}"
        )


def _keep_communes(facts: list[CommuneFacts]) -> list[Commune]:
    """Communes may be shared by territories: a later one brings the newer facts, and leaves the address alone."""
    slugs = _slugs(facts)
    rows = [
        Commune(
            insee=fact.insee,
            name=fact.name,
            slug=slugs[fact.insee],
            postcodes=fact.postcodes,
            population=fact.population,
            longitude=fact.centre.longitude if fact.centre else None,
            latitude=fact.centre.latitude if fact.centre else None,
            contour=fact.contour,
        )
        for fact in facts
    ]
    fields = ["name", "postcodes", "population", "longitude", "latitude", "contour"]
    return Commune.objects.bulk_create(rows, update_conflicts=True, unique_fields=["insee"], update_fields=fields)


def _slugs(facts: list[CommuneFacts]) -> dict[str, str]:
    """By INSEE code. Marolles-en-Brie is in the Val-de-Marne and in Seine-et-Marne: the second one bears its code."""
    slugs = dict(Commune.objects.values_list("insee", "slug"))
    taken = set(slugs.values())
    for fact in facts:
        if fact.insee not in slugs:
            plain = slugify(fact.name)
            slugs[fact.insee] = f"{plain}-{fact.insee.lower()}" if plain in taken else plain
            taken.add(slugs[fact.insee])
    return slugs
