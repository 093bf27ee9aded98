"""`bin/parvis person VERB CONTACT`: what someone asks by telephone, at a counter or on paper, done by the host."""

import datetime as dt
import json
import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from parvis.accounts.models import Organisation
from parvis.core import clock, personal
from parvis.core.actions import record
from parvis.core.actors import Actor, host
from parvis.core.errors import BadInput, Refused
from parvis.core.phones import phone

from ...actions import declare_adult, fewer, grant, set_profiling, set_taste, withdraw_everything
from ...models import ContactPoint, Interest, Person, Wording
from ...points import email
from ...queries import reach, standing
from ...rules import Channel, Source
from ...words import nodes, recognise

Word = TypeVar("Word", Channel, Source)
TASTES = {"like": (True, "aimé"), "refuse": (False, "refusé"), "neutral": (None, "ni aimé ni refusé")}
SWITCH = {"on": True, "off": False}
SPOKEN = (Source.COUNTER, Source.PAPER)


class Command(BaseCommand):
    help = "Ce que demande un habitant : savoir, dire ses envies, accepter, recevoir moins, arrêter, effacer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        made = {}
        for verb, what in (
            ("tell", "tout ce que Parvis sait, en JSON"),
            ("taste", "une envie, un refus, ou ni l’un ni l’autre"),
            ("adult", "la personne dit être majeure"),
            ("profiling", "être trié selon ses envies, ou non"),
            ("consent", "un oui dit au comptoir ou écrit sur papier"),
            ("fewer", "un cran de moins par semaine"),
            ("stop", "plus aucun message ni appel"),
            ("erase", "tout effacer, sans retour"),
        ):
            made[verb] = verbs.add_parser(verb, help=what)
            made[verb].add_argument("contact", help="courriel ou téléphone de la personne")
        self._taste(made["taste"])
        made["profiling"].add_argument("switch", metavar="on|off")
        made["adult"].add_argument("--said-on", required=True, help="le jour où elle l’a dit, AAAA-MM-JJ")
        self._consent(made["consent"])

    def _taste(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="nom court du sujet, par exemple whiskys")
        said = parser.add_mutually_exclusive_group()
        for word, what in (("like", "elle aime"), ("refuse", "elle refuse"), ("neutral", "ni l’un ni l’autre")):
            said.add_argument(f"--{word}", dest="said", action="store_const", const=word, help=what)

    def _consent(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sender", required=True, help="nom court du commerce ou de l’association")
        parser.add_argument("--channel", required=True, help=", ".join(Channel))
        parser.add_argument("--source", required=True, help=", ".join(SPOKEN))
        parser.add_argument("--said-on", required=True, help="le jour où elle l’a dit, AAAA-MM-JJ")

    def handle(self, *args: Any, **options: Any) -> None:
        person = self._person(options["contact"])
        by = host("l’hôte du territoire, à la demande de la personne")
        try:
            getattr(self, f"_do_{options['verb']}")(person, options, by)
        except Refused as error:
            raise CommandError(error.sentence) from error

    def _person(self, contact: str) -> Person:
        if number := re.fullmatch(r"n°\s*(\d{1,18})", contact.strip()):
            one = Person.objects.filter(pk=int(number[1]), erased_at=None).first()
            if one is None:
                raise CommandError(
                    f"Personne ici n’a le {contact}. Les numéros se lisent quand plusieurs se ressemblent."
                )
            return one
        try:
            value = email(contact) if "@" in contact else phone(contact)
        except BadInput as error:
            raise CommandError(error.sentence) from error
        found = ContactPoint.objects.select_related("person").filter(value=value).exclude(kind="post").order_by("pk")
        if not found:
            raise CommandError("Personne ici n’a cette adresse ni ce numéro. Essayez l’autre, ou vérifiez la saisie.")
        if len(found) > 1:
            who = ", ".join(f"n° {point.person_id} ({point.person})" for point in found)
            raise CommandError(f"Plusieurs personnes ont ce numéro : {who}. Donnez son courriel, ou son « n° ».")
        return found[0].person

    def _do_tell(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        told = {holder.app: holder.tell(person.pk) for holder in personal.holders()}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def _do_taste(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        if not options["said"]:
            raise CommandError("Dites ce qu’il en est : --like, --refuse ou --neutral.")
        interest = _interest(options["slug"])
        liked, words = TASTES[options["said"]]
        set_taste(person=person, interest=interest, liked=liked, by=by)
        self.stdout.write(f"C’est noté : {interest}, {words}.")

    def _do_adult(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        declare_adult(person=person, said_on=_day(options["said_on"]), by=by)
        self.stdout.write("C’est noté : la personne dit être majeure.")

    def _do_profiling(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        if options["switch"] not in SWITCH:
            raise CommandError(
                "Écrivez on (les annonces sont triées selon ses envies) ou off (elles viennent par date)."
            )
        set_profiling(person=person, profiling=SWITCH[options["switch"]], by=by)
        how = "sont triées selon ses envies" if person.profiling else "viennent par date, sans tri"
        self.stdout.write(f"C’est noté : ses annonces {how}.")

    def _do_consent(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        sender = _sender(options["sender"])
        channel, source = _one_of(list(Channel), options["channel"]), _one_of(SPOKEN, options["source"])
        said_on = _day(options["said_on"])
        with transaction.atomic():
            event = grant(
                person=person,
                sender=sender,
                channel=channel,
                wording=_wording(source, channel),
                source=source,
                given_on=said_on,
                by=by,
            )
            stopped = person.stopped_at and said_on <= person.stopped_at.astimezone(clock.PARIS).date()
            if not stopped and not standing(persons=[person.pk], sender=sender.pk).filter(pk=event.pk).exists():
                raise CommandError("Cet accord est trop ancien pour servir : demandez-le à nouveau à la personne.")
        self.stdout.write(f"C’est noté : oui à {sender}, {channel.label}.")
        for missing in _missing(person, sender, channel):
            self.stdout.write(missing)

    def _do_fewer(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        for resident in person.residents.all():
            rhythm = fewer(resident=resident, by=by)
            self.stdout.write(f"Désormais {rhythm} par semaine au plus, {resident.territory}.")

    def _do_stop(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        withdraw_everything(person=person, source=Source.PAPER, by=by)
        self.stdout.write("C’est arrêté.")

    def _do_erase(self, person: Person, options: dict[str, Any], by: Actor) -> None:
        with transaction.atomic():
            personal.erase(person.pk)
            record(by=by, verb="erase", on=person)
        self.stdout.write("C’est effacé.")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"« {text} » n’est pas un jour : écrivez AAAA-MM-JJ, par exemple 2026-11-24.") from error


def _one_of(known: Sequence[Word], word: str) -> Word:
    for one in known:
        if one == word:
            return one
    raise CommandError(f"« {word} » n’est pas connu ici. Choisissez : {', '.join(known)}.")


def _interest(slug: str) -> Interest:
    found = Interest.objects.filter(slug=slug, retired=False).first()
    if found is None:
        near = [*recognise(slug).slugs, *get_close_matches(slug, [node.slug for node in nodes()], n=5)]
        hint = f"Peut-être : {', '.join(dict.fromkeys(near))}. " if near else ""
        raise CommandError(f"Aucun sujet « {slug} ». {hint}La liste : parvis/contacts/data/interests.toml.")
    return found


def _sender(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"Aucune organisation « {slug} » ici. Voir : organisation list.")
    if found.kind == Organisation.Kind.TERRITORY:
        raise CommandError(
            "Un accord aux nouvelles du territoire nomme ses partenaires : ce n’est pas encore possible."
        )
    return found


def _wording(source: Source, channel: Channel) -> Wording:
    """The sentence that is asked now; an older one stays with those who agreed to it."""
    return Wording.objects.filter(key=f"{source}-{channel}").latest("version")


def _missing(person: Person, sender: Organisation, channel: Channel) -> Iterator[str]:
    """What still keeps this yes from being heard, and the way out."""
    what = {Channel.EMAIL: "son courriel", Channel.PAPER: "son adresse", Channel.PHONE: "son numéro"}[channel]
    if person.contact_points.exclude(silenced_at=None).exists():
        yield "Rien ne partira : ses adresses sont fermées depuis un « Tout arrêter » qui a suivi ce oui."
    elif (person.pk, sender.pk, channel.value) not in reach([person.pk], [sender.pk]):
        yield f"Rien ne partira tant que le fichier de {sender} n’a pas {what} : à ajouter dans son tableur."
    resident = person.residents.filter(territory=sender.territory_id).first()
    if resident and resident.channel != channel:
        yield f"Cette personne reçoit {resident.get_channel_display()} : ce oui servira si elle change de moyen."
