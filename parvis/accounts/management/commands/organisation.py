"""`bin/parvis organisation create|appoint|mandate|list`: what the host of a territory sets up by hand."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.core.actors import Actor, host
from parvis.core.errors import Refused
from parvis.territory.models import Commune, Territory

from ... import actions
from ...models import Organisation
from ...queries import office_holder
from ...rules import MANDATABLE, Permission, Role


class Command(BaseCommand):
    help = "Les organisations d’un territoire, et qui peut agir pour elles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="create|appoint|mandate|list")
        create = verbs.add_parser("create", help="inscrire une organisation")
        appoint = verbs.add_parser("appoint", help="donner un rôle à quelqu’un")
        mandate = verbs.add_parser("mandate", help="noter un mandat signé sur papier")
        listing = verbs.add_parser("list", help="les organisations du territoire")
        for verb in (create, appoint, mandate, listing):
            verb.add_argument("--territory", required=True, help="nom court du territoire")
        for verb in (create, appoint, mandate):
            verb.add_argument("slug", metavar="NOM_COURT", help="nom court de l’organisation")
        self._creation(create)
        appoint.add_argument("--email", required=True)
        appoint.add_argument("--name", required=True)
        appoint.add_argument("--role", choices=[role.value for role in Role], default=Role.OWNER.value)
        self._mandate(mandate)

    def _creation(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--kind", choices=Organisation.Kind.values, default=Organisation.Kind.SHOP.value)
        parser.add_argument("--commune", required=True, help="code INSEE")
        parser.add_argument("--trade", default="", help="« fleuriste »")
        parser.add_argument("--address", default="")
        parser.add_argument("--phone", default="", help="au format +33…")
        parser.add_argument("--paper", choices=Organisation.Paper.values, default=Organisation.Paper.OR.value)
        parser.add_argument("--without-screen", action="store_true", help="servie sur papier et par téléphone")

    def _mandate(self, parser: ArgumentParser) -> None:
        parser.add_argument("--holder", required=True, help="courriel de la personne qui agira")
        parser.add_argument("--signed-by", required=True)
        parser.add_argument("--signed-on", required=True, type=dt.date.fromisoformat, help="AAAA-MM-JJ")
        parser.add_argument("--evidence", required=True, help="où est gardé le papier signé")
        rights = ", ".join(sorted(MANDATABLE))
        parser.add_argument("--permissions", default="see_desk,announce,see_paper", help=f"parmi {rights}")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            raise CommandError(f"Aucun territoire « {options['territory']} ». Créez-le d’abord : territory create.")
        by = host()
        try:
            getattr(self, f"_do_{options['verb']}")(territory, options, by)
        except Refused as error:
            raise CommandError(error.sentence) from error

    def _do_create(self, territory: Territory, options: dict[str, Any], by: Actor) -> None:
        commune = territory.communes.filter(insee=options["commune"]).first()
        if commune is None:
            known = ", ".join(f"{c.insee} {c.name}" for c in territory.communes.all())
            raise CommandError(
                f"La commune {options['commune']} n’est pas de ce territoire. Choisissez parmi : {known}."
            )
        self._create(territory, commune, options, by)
        self.stdout.write(f"{options['name']} est inscrite.")

    def _create(self, territory: Territory, commune: Commune, options: dict[str, Any], by: Actor) -> None:
        details = {name: options[name] for name in ("trade", "address", "phone", "paper", "without_screen")}
        actions.create_organisation(
            territory=territory,
            kind=Organisation.Kind(options["kind"]),
            name=options["name"],
            slug=options["slug"],
            commune=commune,
            by=by,
            **details,
        )

    def _do_appoint(self, territory: Territory, options: dict[str, Any], by: Actor) -> None:
        organisation = self._organisation(territory, options["slug"])
        role = Role(options["role"])
        actions.appoint(email=options["email"], name=options["name"], organisation=organisation, role=role, by=by)
        self.stdout.write(f"{options['name']} : {role.label}, {organisation}. Un code par courriel suffit pour entrer.")

    def _do_mandate(self, territory: Territory, options: dict[str, Any], by: Actor) -> None:
        organisation = self._organisation(territory, options["slug"])
        office = office_holder(options["holder"], territory)
        asked = [word.strip() for word in options["permissions"].split(",")]
        if unknown := [word for word in asked if word not in set(MANDATABLE)]:
            raise CommandError(f"Droit inconnu : {', '.join(unknown)}. Possibles : {', '.join(sorted(MANDATABLE))}.")
        actions.give_mandate(
            organisation=organisation,
            holder=office.user,
            through=office.organisation,
            permissions=[Permission(word) for word in asked],
            signed_by=options["signed_by"],
            signed_on=options["signed_on"],
            evidence=options["evidence"],
            by=by,
        )
        self.stdout.write(f"{office.user.name} peut agir pour {organisation}.")

    def _do_list(self, territory: Territory, options: dict[str, Any], by: Actor) -> None:
        for organisation in territory.organisations.select_related("commune"):
            self.stdout.write(
                f"{organisation.slug} : {organisation} ({organisation.get_kind_display()}, {organisation.commune})"
            )

    def _organisation(self, territory: Territory, slug: str) -> Organisation:
        found = territory.organisations.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"Aucune organisation « {slug} » sur ce territoire. Voir : organisation list.")
        return found
