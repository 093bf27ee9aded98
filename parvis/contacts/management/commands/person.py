"""`bin/parvis person tell|fewer|stop|erase`: what someone asks by telephone or on paper, done by the host."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from parvis.core import personal
from parvis.core.actions import record
from parvis.core.actors import Actor, host
from parvis.core.errors import BadInput

from ...actions import fewer, withdraw_everything
from ...models import ContactPoint, Person
from ...points import email, phone
from ...rules import Source


class Command(BaseCommand):
    help = "Ce que demande un habitant : tout savoir, recevoir moins, tout arrêter, tout effacer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, what in (
            ("tell", "tout ce que Parvis sait, en JSON"),
            ("fewer", "un cran de moins par semaine"),
            ("stop", "plus aucun message ni appel"),
            ("erase", "tout effacer, sans retour"),
        ):
            verbs.add_parser(verb, help=what).add_argument("contact", help="courriel ou téléphone de la personne")

    def handle(self, *args: Any, **options: Any) -> None:
        person = self._person(options["contact"])
        by = host("l’hôte du territoire, à la demande de la personne")
        getattr(self, f"_do_{options['verb']}")(person, by)

    def _person(self, contact: str) -> Person:
        try:
            value = email(contact) if "@" in contact else phone(contact)
        except BadInput as error:
            raise CommandError(error.sentence) from error
        point = ContactPoint.objects.select_related("person").filter(value=value).exclude(kind="post").first()
        if point is None:
            raise CommandError("Personne ici n’a cette adresse ni ce numéro.")
        return point.person

    def _do_tell(self, person: Person, by: Actor) -> None:
        told = {holder.app: holder.tell(person.pk) for holder in personal.holders()}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def _do_fewer(self, person: Person, by: Actor) -> None:
        for resident in person.residents.all():
            rhythm = fewer(resident=resident, by=by)
            self.stdout.write(f"Désormais {rhythm} par semaine au plus, {resident.territory}.")

    def _do_stop(self, person: Person, by: Actor) -> None:
        withdraw_everything(person=person, source=Source.PAPER, by=by)
        self.stdout.write("C’est arrêté.")

    def _do_erase(self, person: Person, by: Actor) -> None:
        with transaction.atomic():
            personal.erase(person.pk)
            record(by=by, verb="erase", on=person)
        self.stdout.write("C’est effacé.")
