"""A round from the database to the door: who hears, who does not, and the words for it."""

import datetime as dt

import pytest

from parvis.announcements.actions import withdraw as withdraw_announcement
from parvis.announcements.models import Announcement
from parvis.announcements.rules import Kind
from parvis.contacts.actions import set_profiling, set_rhythm, withdraw
from parvis.contacts.models import ContactPoint, Resident
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from parvis.delivery.actions import carry_due
from parvis.delivery.models import Message, Part
from parvis.rounds.models import Round, Selection
from parvis.rounds.rules import for_shop
from tests.builders import BY, TUESDAY, announcement, customer, say_yes, shop

from .worlds import FRIDAY, check_every_pair_is_counted, counts, likes, run, told

pytestmark = pytest.mark.django_db
FLOWERS, WINE, BREAD = "la-brassee", "cave-du-tilleul", "fournil-des-sources"


def test_every_pair_is_selected_held_or_withheld_for_a_reason() -> None:
    florist, cellar = shop(slug=FLOWERS), shop(slug=WINE)
    with clock.frozen(TUESDAY):
        announcement(florist)
        announcement(florist, title="Atelier couronnes", seats=0)
        announcement(cellar, title="Whisky japonais", interests=["whiskys-japonais"])
        customer(florist)
        customer(florist, rhythm=0)
        customer(florist, refusals=["fleurs"])
        customer(florist, email="")
        likes(customer(florist, channel=Channel.PAPER).person, "japon")
        customer(florist, consent=False)
        customer(cellar, likes=["whiskys"])
        customer(cellar, likes=["japon"], adult_declared_on=None)
        customer(cellar, channel=Channel.PHONE)
    held = run()
    check_every_pair_is_counted(held)
    assert (held.residents, held.announcements, held.pairs) == (9, 3, 27)
    assert counts(held) == (
        2,  # the dahlias by e-mail, the whisky
        1,  # no seat is left in the workshop
        {
            "no_consent": 14,  # five of the florist's for the cellar, one for all three, three of the cellar's for two
            "pause": 2,
            "refused_taste": 2,
            "unreachable": 2,
            "not_interested": 3,  # who named Japan, twice; and nobody hears of whisky unasked
            "minor": 1,
        },
    )


def test_a_round_of_nobody_and_nothing_is_held_all_the_same() -> None:
    shop()
    held = run()
    assert (held.state, held.pairs, held.selected) == (Round.State.DONE, 0, 0)
    with clock.frozen(FRIDAY):
        customer(shop())
    later = run(FRIDAY)
    assert (later.residents, later.announcements, later.pairs) == (1, 0, 0)
    check_every_pair_is_counted(later)


def test_announcements_without_any_resident_are_counted_too() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
    held = run()
    assert (held.residents, held.announcements, held.pairs, held.state) == (0, 1, 0, Round.State.DONE)


def test_the_same_thing_is_never_told_twice() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop()).person
    first, second = run(), run(FRIDAY)
    assert told(person) == ["Les dahlias sont là"]
    assert counts(first) == (1, 0, {})
    assert counts(second) == (0, 0, {"told": 1})


def test_someone_known_by_two_shops_gets_one_message_with_a_part_from_each() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    with clock.frozen(TUESDAY):
        announcement(florist)
        announcement(baker, title="La galette est cuite", interests=["galette-de-janvier"])
        record = customer(florist)
        customer(baker, email=record.email)
    run()
    assert Message.objects.count() == 1
    assert sorted(told(record.person)) == ["La galette est cuite", "Les dahlias sont là"]
    assert Message.objects.get().subject.endswith(", et une autre chose près de chez vous")


def test_a_rhythm_of_zero_is_nothing_at_all_and_not_no_limit() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop(), rhythm=0).person
    assert counts(run()) == (0, 0, {"pause": 1})
    assert told(person) == []


def test_a_full_week_holds_the_rest_and_the_foot_tells_it() -> None:
    with clock.frozen(TUESDAY):
        for n in range(4):
            announcement(shop(), title=f"Bouquet {n}")
        one, three = customer(shop(), rhythm=1).person, customer(shop(), rhythm=4).person
        resident = Resident.objects.get(person=three)
        Resident.objects.filter(pk=resident.pk).update(rhythm=3)
    assert counts(run())[:2] == (4, 4)
    assert (len(told(one)), len(told(three))) == (1, 3)
    feet = dict(Message.objects.values_list("person", "foot"))
    assert feet[one.pk] == "3 autres annonces vous attendent dans l’agenda."
    assert feet[three.pk] == "1 autre annonce vous attend dans l’agenda."


def test_nothing_waits_means_no_foot() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        customer(shop())
    run()
    assert Message.objects.get().foot == ""


def test_the_rhythm_is_counted_in_announcements_over_all_senders_and_starts_again_on_monday() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    with clock.frozen(TUESDAY):
        record = customer(florist, rhythm=2)
        say_yes(record.person, to=baker)
        for n in range(3):
            announcement(florist, title=f"Bouquet {n}")
            announcement(baker, title=f"Pain {n}", interests=["pains"])
    run()
    assert len(told(record.person)) == 2
    friday = run(FRIDAY)
    assert (len(told(record.person)), friday.selected, friday.held) == (2, 0, 4)
    run(TUESDAY + dt.timedelta(days=7))
    assert len(told(record.person)) == 4


def test_ten_people_at_most_hear_of_one_seat() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop(), seats=1)
        for _ in range(12):
            customer(shop())
    assert counts(run()) == (10, 2, {})
    assert Part.objects.values_list("content__seats", flat=True)[0] == "1\u00a0place"


def test_a_paper_sheet_holds_five() -> None:
    with clock.frozen(TUESDAY):
        for n in range(7):
            announcement(shop(), title=f"Bouquet {n}")
        person = customer(shop(), channel=Channel.PAPER, rhythm=7).person
    run()
    assert len(told(person)) == 5
    assert Message.objects.get().foot == "2 autres annonces vous attendent dans l’agenda."


def test_what_is_withdrawn_or_over_is_told_to_nobody() -> None:
    with clock.frozen(TUESDAY - dt.timedelta(days=20)):
        customer(shop())
        announcement(shop(), title="Déjà passé")
        taken_back = announcement(shop(), title="Repris", useful_until=TUESDAY + dt.timedelta(days=9))
        withdraw_announcement(announcement=taken_back, by=BY)
        announcement(shop(), kind=Kind.EVENT, title="Ce soir", starts_at=TUESDAY)
    held = run()
    assert (held.announcements, held.pairs, Message.objects.count()) == (0, 0, 0)


def test_what_is_said_after_the_round_waits_for_the_next() -> None:
    customer(shop())
    with clock.frozen(TUESDAY + dt.timedelta(minutes=1)):
        announcement(shop())
    assert run().announcements == 0
    assert run(FRIDAY).selected == 1


def test_a_consent_withdrawn_after_the_sorting_stops_the_message() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop()).person
    assert run().selected == 1
    with clock.frozen(TUESDAY + dt.timedelta(minutes=1)):
        withdraw(person=person, sender=shop(), source=Source.LINK, by=BY)
        carry_due()
    assert Message.objects.get().state == Message.State.WITHHELD
    assert Part.objects.get().stopped == "no_consent"


def test_a_yes_to_one_shop_opens_nothing_to_another() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    with clock.frozen(TUESDAY):
        announcement(baker, title="La galette", interests=["galette-de-janvier"])
        likes(customer(florist).person, "galette-de-janvier")
        customer(baker, channel=Channel.EMAIL, consent=False)
    assert counts(run()) == (0, 0, {"no_consent": 2})


def test_a_yes_by_paper_is_not_a_yes_by_email() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        record = customer(shop(), consent=False)
        say_yes(record.person, to=shop(), channel=Channel.PAPER)
    assert counts(run()) == (0, 0, {"no_consent": 1})


def test_an_address_that_fails_or_is_silenced_is_not_written_to() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        people = [customer(shop()).person for _ in range(2)]
    points = ContactPoint.objects.filter(kind="email")
    points.filter(person=people[0]).update(failing_since=TUESDAY)
    points.filter(person=people[1]).update(silenced_at=TUESDAY)
    assert counts(run()) == (0, 0, {"unreachable": 2})


def test_alcohol_goes_only_to_declared_adults_who_asked_for_it() -> None:
    cellar = shop(slug=WINE)
    with clock.frozen(TUESDAY):
        announcement(cellar, title="Whisky japonais", interests=["whiskys-japonais"])
        asked = customer(cellar, likes=["japon"]).person
        customer(cellar, likes=["japon"], adult_declared_on=None)
        customer(cellar)
        by_date = customer(cellar).person
        likes(by_date, "japon")
        set_profiling(person=by_date, profiling=False, by=BY)
    held = run()
    assert counts(held) == (1, 0, {"minor": 1, "not_interested": 2})
    assert told(asked) == ["Whisky japonais"]


def test_alcohol_and_children_are_never_in_one_message() -> None:
    florist, cellar = shop(slug=FLOWERS), shop(slug=WINE)
    with clock.frozen(TUESDAY):
        announcement(cellar, title="Whisky japonais", interests=["whiskys-japonais"])
        announcement(florist, title="Couronnes pour les petits", interests=["ateliers-enfants"], children=True)
        record = customer(florist)
        say_yes(record.person, to=cellar)
        likes(record.person, "whiskys-japonais")
        likes(record.person, "ateliers")
    assert counts(run()) == (1, 1, {})
    assert told(record.person) == ["Whisky japonais"]
    assert Part.objects.filter(stopped="").count() == Part.objects.count() == 1


def test_a_refused_parent_silences_its_children_whoever_noted_it() -> None:
    cellar = shop(slug=WINE)
    with clock.frozen(TUESDAY):
        announcement(cellar, title="Whisky japonais", interests=["whiskys-japonais"])
        likes(customer(cellar, likes=["whiskys-japonais"]).person, "spiritueux", liked=False)
        customer(cellar, likes=["japon"], refusals=["spiritueux"])
    assert counts(run()) == (0, 0, {"refused_taste": 2})


def test_what_the_person_says_wins_over_what_the_shop_noted() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        likes(customer(shop(), refusals=["fleurs"]).person, "fleurs")
        likes(customer(shop(), likes=["fleurs"]).person, "fleurs", liked=False)
    held = run()
    assert counts(held) == (1, 0, {"refused_taste": 1})
    assert Selection.objects.get().reason["why"] == "liked"


def test_what_one_shop_noted_is_not_known_to_another() -> None:
    florist, baker = shop(slug=FLOWERS), shop(slug=BREAD)
    with clock.frozen(TUESDAY):
        announcement(baker, title="La galette", interests=["galette-de-janvier"])
        record = customer(florist, likes=["patisseries"], refusals=["galette-de-janvier"])
        say_yes(record.person, to=baker)
    held = run()
    assert counts(held) == (1, 0, {})
    assert (Selection.objects.get().reason["why"], "pâtisseries" in str(Part.objects.get().content)) == (
        "unstated",
        False,
    )


def test_refusing_one_subject_does_not_silence_the_others() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop())
        person = customer(shop()).person
        likes(person, "spiritueux", liked=False)
    run()
    assert told(person) == ["Les dahlias sont là"]


def test_a_shop_that_was_told_of_an_adult_tells_no_other_shop() -> None:
    cellar, grocer = shop(slug=WINE), shop(slug="epicerie-du-lavoir")
    with clock.frozen(TUESDAY):
        announcement(cellar, title="Whisky japonais", interests=["whiskys-japonais"])
        announcement(grocer, title="Whisky écossais", interests=["whiskys"])
        record = customer(cellar, adult_declared_on=None, adult_told_on=clock.today())
        customer(grocer, email=record.email, adult_declared_on=None)
        likes(record.person, "whiskys")
    assert counts(run()) == (1, 0, {"minor": 1})
    assert told(record.person) == ["Whisky japonais"]


def test_a_resident_reads_why_in_one_sentence() -> None:
    with clock.frozen(TUESDAY):
        announcement(
            shop(), kind=Kind.EVENT, starts_at=TUESDAY + dt.timedelta(days=4, hours=-3, minutes=-30), price="25 €"
        )
        likes(customer(shop()).person, "fleurs")
    run()
    content = Part.objects.get().content
    assert content["reason"] == (
        "Vous aimez les fleurs, et vous avez dit oui à La Brassée au comptoir, le 24\u00a0novembre\u00a02026."
    )
    assert content["when"] == "Samedi 28\u00a0novembre, 14\u00a0h\u00a030"
    assert (content["where"], content["price"], content["seats"]) == ("La Brassée, Villecresnes", "25 €", "")
    assert content["url"].endswith(f"/annonces/{Announcement.objects.get().pk}/")


def test_whoever_refuses_sorting_still_receives_by_date() -> None:
    with clock.frozen(TUESDAY):
        announcement(shop(), title="Plus tard", kind=Kind.EVENT, starts_at=TUESDAY + dt.timedelta(days=12))
        announcement(
            shop(), title="Demain", kind=Kind.EVENT, starts_at=TUESDAY + dt.timedelta(days=1), interests=["pains"]
        )
        person = customer(shop(), rhythm=1, likes=["fleurs"]).person
        likes(person, "fleurs")
        set_profiling(person=person, profiling=False, by=BY)
    run()
    assert told(person) == ["Demain"]
    assert Selection.objects.get().reason["why"] == "by_date"
    assert "fleurs" not in Part.objects.get().content["reason"]


def test_a_shorter_rhythm_between_two_rounds_is_obeyed() -> None:
    with clock.frozen(TUESDAY):
        for n in range(4):
            announcement(shop(), title=f"Bouquet {n}")
        person = customer(shop(), rhythm=2).person
    run()
    set_rhythm(resident=Resident.objects.get(person=person), rhythm=1, by=BY)
    assert run(FRIDAY).selected == 0
    assert for_shop(Selection.objects.all()[0].reason).startswith("A dit oui")
