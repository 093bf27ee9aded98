"""`bin/parvis delivery list|settle|retry|mend`: what the worker leaves to a person."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.contacts.actions import note_working
from parvis.contacts.models import ContactPoint
from parvis.contacts.rules import Channel
from parvis.core import clock, typography
from parvis.core.actors import host
from parvis.core.errors import Refused

from ...actions import retry, settle
from ...actions.letters import message_id
from ...models import Message
from ...queries import addressed, failed_this_week, failing_points, to_settle
from ...rules import masked


class Command(BaseCommand):
    help = "Ce qui attend une décision\u00a0: messages incertains, messages échoués, adresses qui ne répondent plus."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="ce qui attend une décision")
        settling = verbs.add_parser("settle", help="décider d’un message incertain")
        retrying = verbs.add_parser("retry", help="remettre en route, une fois, un message échoué de la semaine")
        for verb in (settling, retrying):
            verb.add_argument("key", help="la clé du message, comme la liste l’écrit")
        settling.add_argument("--arrived", action="store_true", help="il est arrivé")
        settling.add_argument("--lost", action="store_true", help="il est perdu")
        mending = verbs.add_parser("mend", help="noter qu’une adresse remarche")
        mending.add_argument("address", type=int, help="le numéro de l’adresse, comme la liste l’écrit")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_do_{options['verb']}")(options)
        except Refused as error:
            raise CommandError(error.sentence) from error

    def _do_list(self, options: dict[str, Any]) -> None:
        told = [
            *self._messages("Incertains, à décider (delivery settle)", to_settle()),
            *self._messages("Échoués cette semaine (delivery retry)", failed_this_week()),
            *self._points("Adresses qui ne répondent plus (delivery mend)", failing_points()),
        ]
        for line in told or ["Rien n’attend de décision."]:
            self.stdout.write(line)

    def _messages(self, title: str, messages: Sequence[Message]) -> list[str]:
        readers = addressed(messages)
        lines = []
        for message in messages:
            email = readers[message.pk].email
            to = f", {masked(email)}" if email and message.channel == Channel.EMAIL else ""
            day = typography.day(message.created_at.astimezone(clock.PARIS))
            lines.append(f"  {message.key}  {day}, {message.get_channel_display()}{to}. {message.error}".rstrip())
            if message.state == Message.State.UNCERTAIN:
                lines.append(f"    Message-ID {message_id(message)}")  # what the mail server's journal calls it
        return [f"{title}\u00a0:", *lines] if lines else []

    def _points(self, title: str, points: Sequence[ContactPoint]) -> list[str]:
        lines = []
        for point in points:
            if point.failing_since:
                since = typography.day(point.failing_since.astimezone(clock.PARIS))
                lines.append(f"  {point.pk}  {masked(point.value)}, depuis {since}")
        return [f"{title}\u00a0:", *lines] if lines else []

    def _do_settle(self, options: dict[str, Any]) -> None:
        if options["arrived"] == options["lost"]:
            raise CommandError("Dites s’il est arrivé (--arrived) ou perdu (--lost).")
        settle(message=self._message(options["key"]), arrived=options["arrived"], by=host())
        fate = "arrivé" if options["arrived"] else "perdu, et n’est pas renvoyé de lui-même"
        self.stdout.write(f"Noté\u00a0: il est {fate}.")

    def _do_retry(self, options: dict[str, Any]) -> None:
        retry(message=self._message(options["key"]), by=host())
        self.stdout.write("Remis en route\u00a0: le moteur essaiera une fois.")

    def _do_mend(self, options: dict[str, Any]) -> None:
        point = ContactPoint.objects.filter(pk=options["address"]).first()
        if point is None:
            raise CommandError(f"Aucune adresse n’a le numéro {options['address']}. Voir\u00a0: delivery list.")
        if note_working(point=point, by=host()):
            self.stdout.write("Noté\u00a0: on peut de nouveau lui écrire.")
        else:
            self.stdout.write("Rien à changer\u00a0: cette adresse n’est pas en panne.")

    def _message(self, key: str) -> Message:
        message = Message.objects.select_related("territory").filter(key=key).first()
        if message is None:
            raise CommandError(f"Aucun message n’a la clé «\u00a0{key}\u00a0». Voir\u00a0: delivery list.")
        return message
