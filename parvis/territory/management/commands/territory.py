"""`bin/parvis territory create|name|host`: what the host of a site sets up by hand."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http.request import validate_host

from parvis.core.actors import SYSTEM
from parvis.core.errors import Refused
from parvis.core.typography import count
from parvis.territory.actions import create_territory, rename_territory, set_host
from parvis.territory.models import Territory
from parvis.territory.queries import address_of

EXAMPLE = (
    'bin/parvis territory create --slug plateau-briard --name "Plateau briard" '
    '--of-name "du Plateau briard" --communes 94075,94070,94047'
)


class Command(BaseCommand):
    help = f"Crée un territoire, ou lui donne un nom d’hôte. Exemple : {EXAMPLE}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Nothing is required by argparse: handle() says what is missing, with an example.
        verbs = parser.add_subparsers(dest="verb", metavar="create|name|host")
        create = verbs.add_parser("create", help="créer un territoire à partir de codes INSEE de communes")
        name = verbs.add_parser("name", help="changer son nom, ou la façon dont il se lit après « de »")
        host = verbs.add_parser("host", help="lui donner un nom d’hôte, en changer, ou le lui retirer")
        for verb in (create, name, host):
            verb.add_argument("--slug", default="", help="nom court, dans les adresses : plateau-briard")
        for verb in (create, host):
            verb.add_argument("--host", default=None, help="nom d’hôte : plateau.exemple.example")
        for verb in (create, name):
            verb.add_argument("--name", default="", help="nom : Plateau briard")
            verb.add_argument("--of-name", default="", help="nom après « de » : du Plateau briard")
        create.add_argument("--communes", default="", help="codes INSEE séparés par des virgules")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["verb"] is None:
            raise CommandError(f"Dites quoi faire : create, name ou host. Exemple : {EXAMPLE}")
        try:
            getattr(self, f"_do_{options['verb']}")(options)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _do_create(self, options: dict[str, Any]) -> None:
        if missing := [f"--{name}" for name in ("slug", "name", "communes") if not options[name].strip()]:
            raise CommandError(f"Il manque {' et '.join(missing)}. Exemple : {EXAMPLE}")
        known = Territory.objects.filter(slug=options["slug"]).exists()
        territory = create_territory(
            slug=options["slug"],
            name=options["name"],
            of_name=options["of_name"],
            insee_codes=options["communes"].split(","),
            host=options["host"] or "",
            by=SYSTEM,
        )
        self.stdout.write(_told(territory, known))
        self._tell_host(territory)

    def _do_name(self, options: dict[str, Any]) -> None:
        if not (options["name"].strip() or options["of_name"].strip()):
            raise CommandError(
                "Il manque --name ou --of-name. Exemple : bin/parvis territory name --slug pays-dauge "
                '--of-name "du Pays d’Auge"'
            )
        territory = _existing(options["slug"])
        rename_territory(territory=territory, name=options["name"], of_name=options["of_name"], by=SYSTEM)
        self.stdout.write(f"Le territoire s’appelle « {territory.name} ». {_written(territory)}")

    def _do_host(self, options: dict[str, Any]) -> None:
        if options["host"] is None:
            raise CommandError(
                'Il manque --host. Exemple : bin/parvis territory host --slug plateau-briard --host ""\u00a0'
                "retire le nom d’hôte."
            )
        territory = _existing(options["slug"])
        set_host(territory=territory, host=options["host"], by=SYSTEM)
        self.stdout.write(f"Le territoire « {territory.name} » est à l’adresse {address_of(territory)}")
        self._tell_host(territory)

    def _tell_host(self, territory: Territory) -> None:
        if territory.host and not validate_host(territory.host, settings.ALLOWED_HOSTS):
            self.stdout.write(
                f"Attention : {territory.host} n’est pas dans PARVIS_HOSTS. Ajoutez-l’y et relancez le site : "
                "sans cela, il ne répond pas sous ce nom."
            )


def _told(territory: Territory, known: bool) -> str:
    communes = list(territory.communes.all())
    people = count(sum(commune.population for commune in communes), "habitant")
    state = "existait déjà, rien n’a changé" if known else "est créé"
    return (
        f"Le territoire « {territory.name} » ({territory.slug}) {state} : {count(len(communes), 'commune')}, {people}. "
        f"{_written(territory)}"
    )


def _written(territory: Territory) -> str:
    return (
        f"Les pages écrivent « Parvis {territory.of_name} » ; si cela se lit mal : "
        f'bin/parvis territory name --slug {territory.slug} --of-name "…"'
    )


def _existing(slug: str) -> Territory:
    territory = Territory.objects.filter(slug=slug).first()
    if territory is None:
        known = ", ".join(Territory.objects.values_list("slug", flat=True)) or "aucun"
        raise CommandError(f"Aucun territoire « {slug} ». Connus : {known}. Voir : territory create.")
    return territory
