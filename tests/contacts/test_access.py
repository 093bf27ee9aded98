"""The key to one's own page, and what one may change with it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.contacts import codes
from parvis.contacts.actions import (
    ENTER,
    ERASE,
    NEW_ADDRESS,
    Answers,
    EnoughCodes,
    MailAway,
    WrongAccessCode,
    ask_to_enter,
    change_email,
    check_fresh_code,
    enter,
    forget_address,
    forget_me,
    forget_old_codes,
    grant,
    own_voice,
    say_adult,
    say_tastes,
    say_yes,
    send_fresh_code,
    send_waiting_codes,
    set_channel,
    sign_up,
    withdraw_everything,
)
from parvis.contacts.actions.myself import NeedsOneEmail, NoAddress, NotYours, OpensAnotherPage
from parvis.contacts.codes import Asker
from parvis.contacts.models import (
    AccessCode,
    ConsentEvent,
    ContactPoint,
    CustomerRecord,
    Objection,
    Person,
    SignUp,
)
from parvis.contacts.queries import reach, standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock, limits
from parvis.core.models import AuditEntry
from parvis.core.signals import NotCarried, notice_requested
from tests.builders import BY, TUESDAY, customer, interest, shop, wording
from tests.builders import say_yes as say_yes_at_the_counter
from tests.letterbox import code_for, code_in, notices, other_than

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]

MARIE, NEW = "marie@courriel.example", "marie.b@courriel.example"
AT_HOME, STRANGER = Asker("browser of marie", "her network"), Asker("browser of a stranger", "another network")
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


def marie(**details: Any) -> Person:
    return customer(shop(), email=MARIE, given_name="Marie", **details).person


def asked(email: str = MARIE, asker: Asker = AT_HOME) -> str:
    ask_to_enter(email=email, asker=asker)
    return code_for(email)


def by(person: Person) -> Any:
    return own_voice(person)


# --- Coming in ------------------------------------------------------------------------------------------------------


def test_the_code_that_the_address_received_opens_its_owners_page() -> None:
    person = marie()
    with clock.frozen(TUESDAY):
        assert enter(email=MARIE, code=asked(), asker=AT_HOME) == person
    assert person.contact_points.get(kind="email").verified_at == TUESDAY
    assert AuditEntry.objects.get(verb="enter").actor == f"person:{person.pk}"


def test_a_fresh_code_that_does_not_leave_says_so_and_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> None:
        raise NotCarried(again=True)

    person = marie()
    monkeypatch.setattr(notice_requested, "send", away)
    for _ in range(limits.CODES_OF_ONE + 1):
        with pytest.raises(MailAway):
            send_fresh_code(person=person, purpose=ERASE, to=MARIE, asker=AT_HOME)
    assert not AccessCode.objects.exists()


def test_a_code_opens_once() -> None:
    marie()
    code = asked()
    enter(email=MARIE, code=code, asker=AT_HOME)
    with pytest.raises(WrongAccessCode):
        enter(email=MARIE, code=code, asker=AT_HOME)


def test_a_code_opens_until_the_last_second_of_its_thirty_minutes() -> None:
    marie()
    with clock.frozen(TUESDAY):
        code = asked()
    with clock.frozen(TUESDAY + codes.LIFE), pytest.raises(WrongAccessCode):
        enter(email=MARIE, code=code, asker=AT_HOME)
    with clock.frozen(TUESDAY + codes.LIFE - SECOND):
        assert enter(email=MARIE, code=code, asker=AT_HOME)


@pytest.mark.parametrize(("wrong", "opens"), [(4, True), (5, False), (6, False)])
def test_five_tries_and_no_more(wrong: int, opens: bool) -> None:
    marie()
    code = asked()
    for _ in range(wrong):
        with pytest.raises(WrongAccessCode):
            enter(email=MARIE, code=other_than(code), asker=AT_HOME)
    if opens:
        assert enter(email=MARIE, code=code, asker=AT_HOME)
    else:
        with pytest.raises(WrongAccessCode):
            enter(email=MARIE, code=code, asker=AT_HOME)


def test_an_earlier_mail_that_comes_late_still_opens() -> None:
    marie()
    first = asked()
    asked()
    assert enter(email=MARIE, code=first, asker=AT_HOME)


def test_the_code_of_one_address_opens_no_other_page() -> None:
    marie()
    customer(shop(), email="paul@courriel.example", given_name="Paul")
    mine, his = asked(), asked("paul@courriel.example")
    if mine != his:
        with pytest.raises(WrongAccessCode):
            enter(email="paul@courriel.example", code=mine, asker=AT_HOME)


def unknown() -> None:
    pass


def never_confirmed() -> None:
    person = Person.objects.create(created_at=clock.now())
    ContactPoint.objects.create(person=person, kind="email", value=MARIE, source=Source.WEB)


def erased() -> None:
    person = marie()
    Person.objects.filter(pk=person.pk).update(erased_at=clock.now())


def only_a_telephone() -> None:
    person = marie()
    person.contact_points.filter(kind="email").delete()


@pytest.mark.parametrize("world", [unknown, never_confirmed, erased, only_a_telephone])
def test_nobody_is_written_to_who_has_no_page_at_this_address(world: Callable[[], None]) -> None:
    world()
    ask_to_enter(email=MARIE, asker=AT_HOME)
    send_waiting_codes()
    assert notices() == []
    with pytest.raises(WrongAccessCode):
        enter(email=MARIE, code="000000", asker=AT_HOME)


@pytest.mark.parametrize("change", [{"silenced_at": TUESDAY}, {"failing_since": TUESDAY}])
def test_whoever_stopped_everything_may_still_come_in(change: dict[str, Any]) -> None:
    """A code that one asks for is no news: else nobody could come back, nor erase."""
    person = marie()
    person.contact_points.update(**change)
    assert enter(email=MARIE, code=asked(), asker=AT_HOME) == person


def statements(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"].split()[0] for query in queries]


def test_asking_does_the_same_to_the_database_for_the_known_and_the_unknown() -> None:
    marie()
    seen = [statements(partial(ask_to_enter, email=email, asker=AT_HOME)) for email in (MARIE, NEW)]
    assert seen[0] == seen[1]
    assert send_waiting_codes() == 1
    assert AccessCode.objects.get().point  # the other was nobody's, and is thrown away


def test_a_wrong_code_costs_and_says_the_same_for_the_known_and_the_unknown() -> None:
    marie()
    wrong = other_than(asked())
    seen = []
    for email in (MARIE, NEW):
        with CaptureQueriesContext(connection) as queries, pytest.raises(WrongAccessCode) as refused:
            enter(email=email, code=wrong, asker=AT_HOME)
        seen.append((len(queries), refused.value.sentence))
    assert seen[0] == seen[1]


# --- Nobody is bombed -----------------------------------------------------------------------------------------------


def test_fifty_demands_are_three_mails_a_day() -> None:
    marie()
    with clock.frozen(TUESDAY):
        for _ in range(50):
            ask_to_enter(email=MARIE, asker=AT_HOME)
        assert send_waiting_codes() == 3
    with clock.frozen(TUESDAY + DAY - SECOND):
        ask_to_enter(email=MARIE, asker=AT_HOME)
        assert send_waiting_codes() == 0
    with clock.frozen(TUESDAY + DAY):
        ask_to_enter(email=MARIE, asker=AT_HOME)
        assert send_waiting_codes() == 1


def test_a_stranger_who_asks_and_asks_does_not_lock_the_owner_out() -> None:
    person = marie()
    for _ in range(50):
        ask_to_enter(email=MARIE, asker=STRANGER)
    assert send_waiting_codes() == limits.CODES_OF_ONE
    assert enter(email=MARIE, code=asked(), asker=AT_HOME) == person
    send_fresh_code(person=person, purpose=ERASE, to=MARIE, asker=AT_HOME)
    code = code_in(notices(MARIE)[-1])
    check_fresh_code(person=person, purpose=ERASE, to=MARIE, code=code, asker=AT_HOME)


def test_a_crowd_of_strangers_has_an_end_and_leaves_what_is_asked_inside() -> None:
    person = marie()
    for number in range(50):
        ask_to_enter(email=MARIE, asker=Asker("", f"network {number}"))
    assert send_waiting_codes() == limits.CODES_OF_ALL
    send_fresh_code(person=person, purpose=ERASE, to=MARIE, asker=AT_HOME)


def test_wrong_codes_of_a_stranger_wear_out_their_own_and_not_the_owners() -> None:
    person = marie()
    hers, theirs = asked(), asked(asker=STRANGER)
    for _ in range(codes.TRIES + 1):
        with pytest.raises(WrongAccessCode):
            enter(email=MARIE, code=other_than(theirs), asker=STRANGER)
    with pytest.raises(WrongAccessCode):
        enter(email=MARIE, code=theirs, asker=STRANGER)
    assert enter(email=MARIE, code=hers, asker=AT_HOME) == person


def test_a_code_opens_in_the_browser_that_asked_for_it() -> None:
    """Whoever reads it over a shoulder has not asked for it."""
    marie()
    code = asked()
    with pytest.raises(WrongAccessCode):
        enter(email=MARIE, code=code, asker=STRANGER)
    assert enter(email=MARIE, code=code, asker=AT_HOME)


def test_whoever_answers_may_ask_again() -> None:
    marie()
    for _ in range(5):
        assert enter(email=MARIE, code=asked(), asker=AT_HOME)


def test_a_demand_over_the_limit_has_no_code_that_opens() -> None:
    marie()
    for _ in range(4):
        ask_to_enter(email=MARIE, asker=AT_HOME)
    send_waiting_codes()
    last = AccessCode.objects.order_by("pk").last()
    assert last is not None
    assert last.code == codes.NOT_SENT


def test_old_codes_are_forgotten_after_two_days() -> None:
    marie()
    with clock.frozen(TUESDAY):
        asked()
    with clock.frozen(TUESDAY + codes.KEPT):
        forget_old_codes()
        assert AccessCode.objects.count() == 1
    with clock.frozen(TUESDAY + codes.KEPT + SECOND):
        forget_old_codes()
        assert not AccessCode.objects.exists()


# --- A fresh code, for what asks it again ---------------------------------------------------------------------------


def test_a_fresh_code_is_good_for_its_own_purpose_and_address() -> None:
    person = marie()
    send_fresh_code(person=person, purpose=ERASE, to=MARIE, asker=AT_HOME)
    code = code_in(notices(MARIE)[-1])
    for purpose, to in ((ENTER, MARIE), (NEW_ADDRESS, MARIE), (ERASE, NEW)):
        with pytest.raises(WrongAccessCode):
            check_fresh_code(person=person, purpose=purpose, to=to, code=code, asker=AT_HOME)
    check_fresh_code(person=person, purpose=ERASE, to=MARIE, code=code, asker=AT_HOME)
    with pytest.raises(WrongAccessCode):
        check_fresh_code(person=person, purpose=ERASE, to=MARIE, code=code, asker=AT_HOME)


def test_the_code_for_a_new_address_goes_to_that_address() -> None:
    send_fresh_code(person=marie(), purpose=NEW_ADDRESS, to=NEW, asker=AT_HOME)
    assert (len(notices(NEW)), len(notices(MARIE))) == (1, 0)


def test_nobody_bombs_strangers_from_inside_their_page() -> None:
    person = marie()
    for number in range(3):
        send_fresh_code(person=person, purpose=NEW_ADDRESS, to=f"voisin{number}@courriel.example", asker=AT_HOME)
    with pytest.raises(EnoughCodes, match="réessayez demain"):
        send_fresh_code(person=person, purpose=NEW_ADDRESS, to="voisin3@courriel.example", asker=AT_HOME)
    assert len(notices()) == 3


# --- Another address ------------------------------------------------------------------------------------------------


def test_a_new_address_replaces_the_old_one_for_the_shops_that_write_to_it() -> None:
    person = marie()
    silent = customer(
        shop(slug="cave-du-tilleul"), email=MARIE, given_name="Marie", consent=False, phone="+33639981001"
    )
    with clock.frozen(TUESDAY):
        change_email(person=person, email=NEW, by=by(person))
    point = person.contact_points.get(kind="email")
    assert (point.value, point.verified_at) == (NEW, TUESDAY)
    assert CustomerRecord.objects.get(person=person, organisation=shop()).email == NEW
    assert (person.pk, shop().pk, "email") in reach([person.pk])
    silent.refresh_from_db()
    assert silent.email == MARIE  # no yes: its own words stay as they were


def test_the_old_address_is_told_that_it_was_changed_and_not_for_which(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = marie()
    with django_capture_on_commit_callbacks(execute=True):
        change_email(person=person, email=NEW, by=by(person))
        change_email(person=person, email=NEW, by=by(person))
    (told,) = notices(MARIE)
    assert "autre adresse" in told["Subject"]
    assert NEW not in told.get_content()
    assert notices(NEW) == []


def test_an_address_that_opens_another_page_is_not_taken() -> None:
    person = marie()
    other = customer(shop(), email=NEW, given_name="Paul").person
    with pytest.raises(OpensAnotherPage):
        change_email(person=person, email=NEW, by=by(person))
    assert ContactPoint.objects.get(value=NEW).person == other
    assert ContactPoint.objects.get(value=MARIE).person == person


def test_changing_for_the_same_address_keeps_it() -> None:
    person = marie()
    change_email(person=person, email=MARIE, by=by(person))
    assert person.contact_points.filter(kind="email").count() == 1


@pytest.mark.parametrize("objected", ["old", "new"])
def test_a_new_address_does_not_lift_a_silence_that_was_asked_for(objected: str) -> None:
    person = marie()
    if objected == "old":
        withdraw_everything(person=person, source=Source.LINK, by=BY)
    else:
        other = customer(shop(slug="cave-du-tilleul"), email=NEW).person
        forget_me(person=other, by=by(other))
        assert Objection.objects.exists()
    change_email(person=person, email=NEW, by=by(person))
    assert person.contact_points.get(kind="email").silenced_at is not None


def test_a_telephone_is_taken_back_and_an_only_email_is_not() -> None:
    person = marie()
    forget_address(person=person, point=person.contact_points.get(kind="phone"), by=by(person))
    assert not person.contact_points.filter(kind="phone").exists()
    with pytest.raises(NeedsOneEmail):
        forget_address(person=person, point=person.contact_points.get(kind="email"), by=by(person))


# --- Channel, yes, tastes, age --------------------------------------------------------------------------------------


def test_a_channel_needs_the_address_that_it_uses_and_paper_none() -> None:
    person = marie()
    resident = person.residents.get()
    set_channel(resident=resident, channel=Channel.PHONE, by=by(person))
    person.contact_points.filter(kind="phone").delete()
    set_channel(resident=resident, channel=Channel.PAPER, by=by(person))
    with pytest.raises(NoAddress):
        set_channel(resident=resident, channel=Channel.PHONE, by=by(person))
    resident.refresh_from_db()
    assert resident.channel == "paper"


def test_whoever_is_left_alone_has_no_channel_but_paper() -> None:
    person = marie()
    withdraw_everything(person=person, source=Source.WEB, by=BY)
    with pytest.raises(NoAddress):
        set_channel(resident=person.residents.get(), channel=Channel.EMAIL, by=by(person))


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.PHONE])
def test_a_yes_on_one_more_channel_gives_the_shop_the_address_that_it_needs(channel: Channel) -> None:
    person = marie()
    cellar = shop(slug="cave-du-tilleul")
    CustomerRecord.objects.create(
        organisation=cellar, person=person, email=MARIE, created_at=clock.now(), under_email=True
    )
    say_yes_at_the_counter(person, to=cellar)
    say_yes(person=person, sender=cellar, channel=channel, wording=wording(f"web-{channel}"), by=by(person))
    record = CustomerRecord.objects.get(organisation=cellar, person=person)
    given = record.phone if channel is Channel.PHONE else record.address
    assert given
    assert (person.pk, cellar.pk, channel.value) in reach([person.pk])
    assert record.given_name == ""  # what the shop calls her stays its own


def test_a_yes_here_goes_only_to_those_who_have_one_already() -> None:
    person = marie()
    stranger = shop(slug="cave-du-tilleul")
    with pytest.raises(NotYours):
        say_yes(person=person, sender=stranger, channel=Channel.EMAIL, wording=wording("web-email"), by=by(person))
    assert not standing(persons=[person.pk], sender=stranger.pk).exists()


def test_a_yes_by_telephone_needs_a_number() -> None:
    person = marie()
    person.contact_points.filter(kind="phone").delete()
    with pytest.raises(NoAddress):
        say_yes(person=person, sender=shop(), channel=Channel.PHONE, wording=wording("web-phone"), by=by(person))
    assert not ConsentEvent.objects.filter(channel="phone").exists()


def test_several_tastes_are_said_at_once() -> None:
    person = marie()
    say_tastes(person=person, said={interest("fleurs"): True, interest("vins"): False}, by=by(person))
    say_tastes(person=person, said={interest("fleurs"): None}, by=by(person))
    assert list(person.tastes.values_list("interest__slug", "liked")) == [("vins", False)]


def test_an_age_is_declared_once_and_may_be_taken_back() -> None:
    person = marie(adult_declared_on=None)
    with clock.frozen(TUESDAY):
        say_adult(person=person, adult=True, by=by(person))
    with clock.frozen(TUESDAY + DAY):
        say_adult(person=person, adult=True, by=by(person))
    person.refresh_from_db()
    assert person.adult_declared_on == TUESDAY.date()
    say_adult(person=person, adult=False, by=by(person))
    person.refresh_from_db()
    assert person.adult_declared_on is None
    assert AuditEntry.objects.filter(verb__in=["declare_adult", "say_minor"]).count() == 2


# --- Forgotten ------------------------------------------------------------------------------------------------------


def test_nothing_of_a_forgotten_person_waits_in_a_form() -> None:
    person = marie()
    sign_up(sender=shop(), answers=Answers(MARIE), wording=wording("web-email"), visitor="")
    sign_up(sender=shop(), answers=Answers(NEW), wording=wording("web-email"), visitor="")
    asked()
    forget_me(person=person, by=by(person))
    person.refresh_from_db()
    assert person.erased_at is not None
    assert list(SignUp.objects.values_list("email", flat=True)) == [NEW]
    assert not AccessCode.objects.exists()
    assert AuditEntry.objects.filter(verb="erase").get().target == f"person:{person.pk}"


def test_whoever_was_forgotten_and_joins_again_is_someone_new() -> None:
    person = marie()
    forget_me(person=person, by=by(person))
    with pytest.raises(WrongAccessCode):
        enter(email=MARIE, code="000000", asker=AT_HOME)
    grant(
        person=customer(shop(), email=MARIE, consent=False).person,
        sender=shop(),
        channel=Channel.EMAIL,
        wording=wording("web-email"),
        source=Source.WEB,
        given_on=clock.today(),
        by=BY,
    )
    assert ContactPoint.objects.get(value=MARIE).person != person
