"""The demo territory, built through the same actions as everyone's, and the month that it lived through."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from parvis.accounts.models import Mandate, Organisation, User
from parvis.accounts.queries import mandate_for, organisations_where
from parvis.accounts.rules import Permission
from parvis.announcements.models import Announcement
from parvis.contacts.models import ConsentEvent, CustomerRecord, Interest, Person, Resident, Wording
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.delivery.models import Message, Part
from parvis.demo import once, places, residents, seed
from parvis.directory.models import Business, ShopWindow
from parvis.rounds.models import Round
from parvis.territory.models import Territory

from .conftest import shrink

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=clock.PARIS)
PEOPLE = 60


@pytest.fixture(scope="module")
def month(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Territory]:
    """Three shops, sixty people and their month: built once for this file, and undone with it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        shrink(patch, tmp_path_factory.mktemp("month"))
        with clock.frozen(MONDAY):
            once.prepare(stock=None, customers=None, say=lambda _: None, past=True, number=PEOPLE)
        yield Territory.objects.get()
        transaction.set_rollback(True)


def test_the_demo_is_a_small_whole_territory(month: Territory) -> None:
    assert seed.is_there()
    assert month.communes.count() == 6
    assert {o.slug for o in month.organisations.all()} == {
        "les-enseignes-du-plateau",
        "la-brassee",
        "cave-du-tilleul",
        "le-fournil-des-sources",
    }
    assert month.organisations.filter(without_screen=True).get().slug == "la-brassee"
    florist_only_delegate_acts_under_a_mandate()


def florist_only_delegate_acts_under_a_mandate() -> None:
    florist = Organisation.objects.get(slug="la-brassee")
    claire = User.objects.get(email=places.CLAIRE[1])
    assert not florist.offices.exists()
    assert mandate_for(claire, florist, Permission.ANNOUNCE) == Mandate.objects.get()
    assert florist not in organisations_where(claire, Permission.SEE_CUSTOMERS)


def test_the_shops_recognise_themselves_in_the_register_and_publish_under_an_invented_number(month: Territory) -> None:
    claimed = Business.objects.exclude(organisation=None)
    assert {b.organisation.slug for b in claimed if b.organisation} == {place.slug for place in seed.PLACES}
    assert Business.objects.filter(listed=True).count() > 70
    for shop in month.organisations.filter(kind=Organisation.Kind.SHOP):
        assert shop.legal_name and shop.director
        assert shop.registration.startswith("RCS Créteil 000 0")


def test_a_window_shows_what_its_shop_says_of_itself(month: Territory) -> None:
    assert ShopWindow.objects.count() == len(seed.PLACES)
    for window in ShopWindow.objects.select_related("organisation", "cover"):
        assert window.about and window.access and window.needs
        assert window.cover and window.cover.right == "demo" and window.cover.alt.startswith("La devanture")
        assert window.hours.exists() and window.special_days.filter(day__gte=MONDAY.date()).exists()
    florist = ShopWindow.objects.get(organisation__slug="la-brassee")
    assert "www.la-brassee-fleurs.example" in florist.old_sites


def test_every_right_of_the_demo_has_its_dated_line_and_its_wording(month: Territory) -> None:
    events = ConsentEvent.objects.all()
    assert events.count() > PEOPLE
    today = MONDAY.date()
    assert all(event.given_on <= today and event.wording_id for event in events.filter(granted=True))
    assert all(event.given_on <= event.noted_at.date() for event in events)
    assert Wording.objects.filter(consentevent__in=events).exists()
    assert Resident.objects.count() == Person.objects.count()


def test_the_announcements_say_what_they_are_about_and_when(month: Territory) -> None:
    said = list(Announcement.objects.prefetch_related("interests"))
    assert len(said) > 15
    assert all(one.photo.right == "demo" and one.photo.alt for one in said if one.photo)
    assert all(one.useful_until > one.said_at for one in said)
    assert {"Le Japon en cinq whiskys", "Un cidre fermier de la Brie"} <= {one.title for one in said if one.alcohol}
    assert not any(one.alcohol and one.children for one in said)
    florist = [one for one in said if one.organisation.slug == "la-brassee"]
    assert all(one.mandate and one.said_by.startswith("Claire Vasseur") for one in florist)
    assert {one.said_by for one in said if one.organisation.slug == "cave-du-tilleul"} == {"Anselme Tavernier"}


def test_everything_was_done_by_an_action_that_left_its_line(month: Territory) -> None:
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"appoint", "give_mandate", "announce", "grant", "claim", "import_stock", "show_window"} <= verbs
    assert {"set_hours", "set_special_day", "plan_round", "sort_round", "photo.add"} <= verbs
    assert AuditEntry.objects.filter(verb="customer_created").count() == CustomerRecord.objects.count()
    assert AuditEntry.objects.filter(verb="sort_round").count() == Round.objects.filter(state="done").count()


def test_rounds_were_held_twice_a_week_for_a_month_and_one_is_due(month: Territory) -> None:
    *held, due, ahead = month.rounds.order_by("due_at")
    assert 8 <= len(held) <= 10
    assert all(one.state == Round.State.DONE and one.residents for one in held)
    assert sum(one.selected > 0 for one in held) > 4
    assert {one.due_at.astimezone(clock.PARIS).strftime("%w %H:%M") for one in held} == {"2 18:00", "5 18:00"}
    days = [one.due_at.astimezone(clock.PARIS).date() for one in held]
    assert {(b - a).days for a, b in pairwise(days)} == {3, 4}
    assert (due.state, due.due_at) == (Round.State.DUE, MONDAY)
    assert ahead.state == Round.State.DUE and ahead.due_at > MONDAY
    assert [one.residents for one in held] == sorted(one.residents for one in held)
    assert held[0].residents < held[-1].residents


def test_what_the_rounds_chose_was_carried_at_their_instants(month: Territory) -> None:
    instants = {one.batch: one.due_at for one in month.rounds.filter(state=Round.State.DONE)}
    messages = list(Message.objects.all())
    assert len(messages) > 40
    for message in messages:
        assert message.state == Message.State.SENT
        assert message.created_at == message.ended_at == instants[message.batch]
    assert {message.channel for message in messages} == {"email", "paper", "phone"}
    mails = list((settings.OUTBOX / "mail" / "new").iterdir())
    assert len(mails) == sum(message.channel == "email" for message in messages)
    assert all((settings.OUTBOX / message.file).is_file() for message in messages if message.channel != "email")
    days = {mail.read_text("ascii").partition("\nDate: ")[2][:16] for mail in mails}
    assert days <= {f"{at:%a, %d %b %Y}" for at in instants.values()}


def test_nobody_heard_before_they_came_nor_of_what_was_not_said_yet(month: Territory) -> None:
    said = {f"announcement:{one.pk}": one.said_at for one in Announcement.objects.all()}
    for part in Part.objects.select_related("message", "person"):
        at = part.message.created_at
        assert said[part.subject] <= at
        rights = ConsentEvent.objects.filter(person=part.person_id, sender=part.sender_id, granted=True)
        assert part.person.created_at <= at and rights.filter(noted_at__lte=at).exists()


def test_what_is_to_come_was_said_since_the_last_round_and_waits_for_the_one_that_is_due(month: Territory) -> None:
    last = month.rounds.filter(state=Round.State.DONE).latest("due_at")
    with clock.frozen(MONDAY):
        titles = {says.words.title for says in places.coming() if says.place in seed.PLACES}
    coming = Announcement.objects.filter(title__in=titles)
    assert coming.count() == len(titles) > 5
    assert all(last.due_at < one.said_at <= MONDAY for one in coming)
    assert not Part.objects.filter(subject__in=[f"announcement:{one.pk}" for one in coming]).exists()


def test_the_subjects_that_the_demo_speaks_of_exist() -> None:
    with clock.frozen(MONDAY):
        named = {slug for says in [*places.coming(), *places.past()] for slug in says.interests}
    named |= {slug for family in residents.families() for slug in family}
    assert set(Interest.objects.filter(slug__in=named, retired=False).values_list("slug", flat=True)) == named
