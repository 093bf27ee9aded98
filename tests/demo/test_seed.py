"""The demo territory, built through the same actions as everyone's."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from parvis.accounts.models import Mandate, Organisation, User
from parvis.accounts.queries import mandate_for, organisations_where
from parvis.accounts.rules import Permission
from parvis.announcements.models import Announcement
from parvis.contacts.models import ConsentEvent, CustomerRecord, Interest, Person, Resident, Wording
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.demo import once, places, seed
from parvis.directory.models import Business
from parvis.rounds.models import Round
from parvis.territory.models import Territory

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=clock.PARIS)


@pytest.fixture
def demo(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Territory:
    """The whole of it but for its number of residents."""
    monkeypatch.setattr(seed, "RESIDENTS", 12)
    for name in ("OUTBOX", "MEDIA_ROOT"):
        monkeypatch.setattr(settings, name, tmp_path / name.lower())
    with clock.frozen(MONDAY):
        once.prepare(stock=None, customers=None, say=lambda _: None)
    return Territory.objects.get()


def test_the_demo_is_a_small_whole_territory(demo: Territory) -> None:
    assert seed.is_there()
    assert demo.communes.count() == 6
    assert {o.slug for o in demo.organisations.all()} == {
        "les-enseignes-du-plateau",
        "la-brassee",
        "cave-du-tilleul",
        "le-fournil-des-sources",
    }
    assert demo.organisations.filter(without_screen=True).get().slug == "la-brassee"
    florist_only_delegate_acts_under_a_mandate()
    assert Round.objects.get().state == Round.State.DUE
    assert Round.objects.get().due_at == MONDAY


def florist_only_delegate_acts_under_a_mandate() -> None:
    florist = Organisation.objects.get(slug="la-brassee")
    claire = User.objects.get(email=places.CLAIRE[1])
    assert not florist.offices.exists()
    assert mandate_for(claire, florist, Permission.ANNOUNCE) == Mandate.objects.get()
    assert florist not in organisations_where(claire, Permission.SEE_CUSTOMERS)


def test_the_three_shops_recognise_themselves_in_the_register(demo: Territory) -> None:
    claimed = Business.objects.exclude(organisation=None)
    assert {b.organisation.slug for b in claimed if b.organisation} == {p.slug for p in places.SHOPS}
    assert Business.objects.filter(listed=True).count() > 30


def test_every_right_of_the_demo_has_its_dated_line_and_its_wording(demo: Territory) -> None:
    events = ConsentEvent.objects.all()
    assert events.count() > 10
    today = MONDAY.date()
    assert all(event.given_on <= today and event.wording_id for event in events.filter(granted=True))
    assert Wording.objects.filter(consentevent__in=events).exists()
    assert Resident.objects.count() == Person.objects.count()


def test_the_announcements_say_what_they_are_about_and_when(demo: Territory) -> None:
    said = list(Announcement.objects.prefetch_related("interests"))
    assert len(said) == 6
    assert all(one.photo and one.photo.right == "demo" and one.photo.alt for one in said)
    assert all(one.starts_at > MONDAY for one in said if one.starts_at)
    assert {one.title for one in said if one.alcohol} == {"Le Japon en cinq whiskys", "Un cidre fermier de la Brie"}
    assert not any(one.alcohol and one.children for one in said)
    florist = [one for one in said if one.organisation.slug == "la-brassee"]
    assert all(one.mandate and one.said_by.startswith("Claire Vasseur") for one in florist)


def test_everything_was_done_by_an_action_that_left_its_line(demo: Territory) -> None:
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"appoint", "give_mandate", "announce", "grant", "claim", "import_stock"} <= verbs
    assert AuditEntry.objects.filter(verb="customer_created").count() == CustomerRecord.objects.count()


@pytest.mark.parametrize("day", range(7))
def test_the_dates_are_ahead_whatever_the_day_it_is_run(day: int) -> None:
    now = MONDAY + dt.timedelta(days=day, hours=13)
    with clock.frozen(now):
        starts = [says.words.starts_at for says in places.all_says() if says.words.starts_at]
    assert len(starts) == 3
    assert all(dt.timedelta(days=1) < start - now < dt.timedelta(days=10) for start in starts)


def test_the_subjects_that_the_demo_speaks_of_exist(db: None) -> None:
    named = {slug for says in places.all_says() for slug in says.interests}
    named |= {slug for family in seed.FAMILIES for slug in family}
    assert set(Interest.objects.filter(slug__in=named, retired=False).values_list("slug", flat=True)) == named
