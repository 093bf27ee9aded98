"""Joining alone: nothing before the address has answered, and no stranger is bombed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.actions import reopen, suspend
from parvis.accounts.models import Organisation
from parvis.contacts import codes
from parvis.contacts.actions import (
    AlreadyConfirmed,
    Answers,
    OldCode,
    SenderClosed,
    TooManyTries,
    WrongCode,
    access,
    confirm,
    forget_old_codes,
    send_waiting_codes,
    set_rhythm,
    set_taste,
    sign_up,
    sign_up_again,
    sign_up_by,
    sign_up_token,
    withdraw_everything,
)
from parvis.contacts.forms import JoinForm
from parvis.contacts.models import ConsentEvent, ContactPoint, CustomerRecord, Objection, Person, SignUp, Taste
from parvis.contacts.queries import reach, standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock, limits
from parvis.core.models import AuditEntry
from parvis.core.signals import NotCarried, notice_requested
from tests.builders import BY, TUESDAY, association, customer, interest, shop, wording
from tests.letterbox import code_for, code_in, notices, other_than

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]

MARIE = "marie@courriel.example"
SECOND, MINUTE, DAY = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(days=1)


def typed(at: Organisation | None = None, email: str = MARIE, visitor: str = "", **answers: Any) -> SignUp:
    said = Answers(email, **answers)
    return sign_up(sender=at or shop(), answers=said, wording=wording("web-email"), visitor=visitor)


def joined(at: Organisation | None = None, email: str = MARIE, **answers: Any) -> Person:
    return confirm(of=typed(at, email, **answers), code=code_for(email))


def typed_fifty_times(email: str = MARIE) -> None:
    """Never twice the same, so that none is taken for a second press on the button."""
    for number in range(50):
        typed(email=email, given_name=f"Marie {number}")


def test_nothing_is_known_of_anyone_before_the_address_has_answered() -> None:
    typed(given_name="Marie", likes=("fleurs",))
    send_waiting_codes()
    assert not Person.objects.exists()
    assert not ContactPoint.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_an_address_that_answers_is_known_with_all_that_was_said() -> None:
    with clock.frozen(TUESDAY):
        person = joined(given_name="Marie", likes=("fleurs", "japon"), rhythm=4, adult=True)
    point = person.contact_points.get()
    assert (point.kind, point.value, point.source, point.verified_at) == ("email", MARIE, "web", TUESDAY)
    resident = person.residents.get()
    assert (resident.rhythm, resident.channel, resident.territory) == (4, "email", shop().territory)
    assert (person.given_name, person.adult_declared_on) == ("Marie", TUESDAY.date())
    assert set(person.tastes.values_list("interest__slug", "liked")) == {("fleurs", True), ("japon", True)}
    record = CustomerRecord.objects.get(person=person)
    assert (record.organisation, record.email, record.given_name) == (shop(), MARIE, "Marie")
    assert not record.tastes.exists()  # said to Parvis, not noted by the shop


def test_the_ledger_keeps_who_said_it_how_and_in_which_words() -> None:
    person = joined()
    event = standing(persons=[person.pk]).get()
    assert (event.sender, event.channel, event.source, event.wording) == (shop(), "email", "web", wording("web-email"))
    assert event.noted_by == f"person:{person.pk}"
    assert reach([person.pk]) >= {(person.pk, shop().pk, "email")}


def test_an_unknown_age_is_not_declared() -> None:
    assert joined().adult_declared_on is None


def test_joining_is_audited_under_the_persons_own_key() -> None:
    person = joined()
    line = AuditEntry.objects.get(verb="sign_up")
    assert (line.actor, line.organisation) == (f"person:{person.pk}", f"organisation:{shop().pk}")
    assert MARIE not in f"{line.detail} {line.actor_name}"


# --- Someone whom Parvis knows already ------------------------------------------------------------------------------


def test_a_known_address_is_the_person_it_was() -> None:
    known = customer(shop(slug="cave-du-tilleul"), email=MARIE, given_name="Marie").person
    person = joined()
    assert person == known
    assert Person.objects.count() == 1
    assert set(standing(persons=[person.pk]).values_list("sender__slug", flat=True)) == {
        "cave-du-tilleul",
        "la-brassee",
    }


def test_whoever_reads_the_mailbox_is_its_owner_whatever_first_name_they_give() -> None:
    known = customer(shop(slug="cave-du-tilleul"), email=MARIE, given_name="Odile").person
    person = joined(given_name="Marie")
    known.refresh_from_db()
    assert (person, known.given_name) == (known, "Odile")
    assert person.contact_points.filter(kind="email").count() == 1


def test_a_stranger_who_types_a_known_address_changes_nothing_of_its_owner() -> None:
    known = customer(shop(slug="cave-du-tilleul"), email=MARIE, rhythm=1).person
    set_taste(person=known, interest=interest("fleurs"), liked=False, by=BY)
    typed(likes=("fleurs",), rhythm=7, adult=True)
    send_waiting_codes()
    assert known.residents.get().rhythm == 1
    assert Taste.objects.get().liked is False
    assert not CustomerRecord.objects.filter(organisation=shop()).exists()


def test_typing_a_known_address_asks_the_database_as_many_questions() -> None:
    customer(shop(slug="cave-du-tilleul"), email=MARIE)
    here, words, asked = shop(), wording("web-email"), []
    for email in (MARIE, "personne@courriel.example"):
        with CaptureQueriesContext(connection) as queries:
            sign_up(sender=here, answers=Answers(email), wording=words, visitor="")
        asked.append([query["sql"].split()[0] for query in queries])
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [(1, 2, 1), (0, 2, 0), (2, 2, 2), (4, 2, 2), (1, 4, 4), (7, 1, 1), (0, 1, 1)],
)
def test_the_rhythm_shown_beforehand_never_raises_what_was_chosen(before: int, said: int, after: int) -> None:
    known = customer(shop(slug="cave-du-tilleul"), email=MARIE).person
    set_rhythm(resident=known.residents.get(), rhythm=before, by=BY)
    assert joined(rhythm=said).residents.get().rhythm == after


def test_whoever_had_stopped_everything_and_joins_again_is_heard() -> None:
    known = customer(shop(slug="cave-du-tilleul"), email=MARIE).person
    withdraw_everything(person=known, source=Source.LINK, by=BY)
    assert joined() == known
    assert not Objection.objects.filter(digest=typed(given_name="Autre").address).exists()
    assert (known.pk, shop().pk, "email") in reach([known.pk])
    assert not standing(persons=[known.pk], sender=shop(slug="cave-du-tilleul").pk).exists()


def test_an_address_that_answered_nothing_any_more_answers_again() -> None:
    known = customer(shop(slug="cave-du-tilleul"), email=MARIE).person
    known.contact_points.update(failing_since=clock.now())
    joined()
    assert known.contact_points.get(kind="email").failing_since is None


def test_a_shops_own_words_for_someone_stay_its_own() -> None:
    record = customer(shop(), email=MARIE, given_name="Mme Marie du coin", channel=Channel.PHONE)
    joined(given_name="Marie")
    record.refresh_from_db()
    assert record.given_name == "Mme Marie du coin"


# --- The code -------------------------------------------------------------------------------------------------------


def test_a_code_serves_until_the_last_second_of_its_thirty_minutes() -> None:
    with clock.frozen(TUESDAY):
        one = typed()
        code = code_for(MARIE)
    with clock.frozen(TUESDAY + codes.LIFE), pytest.raises(OldCode, match="plus de trente minutes"):
        confirm(of=one, code=code)
    with clock.frozen(TUESDAY + codes.LIFE - SECOND):
        assert confirm(of=one, code=code)


def test_the_fifth_try_still_opens_and_the_sixth_does_not() -> None:
    one = typed()
    code = code_for(MARIE)
    for _ in range(4):
        with pytest.raises(WrongCode):
            confirm(of=one, code=other_than(code))
    assert confirm(of=one, code=code)
    other = typed(email="paul@courriel.example")
    right = code_for("paul@courriel.example")
    for _ in range(5):
        with pytest.raises(WrongCode):
            confirm(of=other, code=other_than(right))
    with pytest.raises(TooManyTries):
        confirm(of=other, code=right)


def test_a_code_that_served_says_so_and_writes_nothing_again() -> None:
    one = typed()
    code = code_for(MARIE)
    confirm(of=one, code=code)
    with pytest.raises(AlreadyConfirmed):
        confirm(of=one, code=code)  # as the other tab has it: not told yet
    one.refresh_from_db()
    with pytest.raises(AlreadyConfirmed):
        confirm(of=one, code=code)
    assert ConsentEvent.objects.count() == Person.objects.count() == 1


def test_a_code_of_one_sign_up_does_not_open_another() -> None:
    one, other = typed(), typed(email="paul@courriel.example")
    send_waiting_codes()
    mine = code_in(notices(MARIE)[-1])
    if code_in(notices("paul@courriel.example")[-1]) != mine:
        with pytest.raises(WrongCode):
            confirm(of=other, code=mine)
    assert confirm(of=one, code=mine)


def test_the_code_is_kept_as_a_digest_only() -> None:
    one = typed()
    code = code_for(MARIE)
    one.refresh_from_db()
    assert code not in one.code
    assert len(one.code) == 64


@pytest.mark.parametrize("state", [codes.WAITING, codes.NOT_SENT])
def test_no_code_opens_what_was_not_sent(state: str) -> None:
    one = typed()
    SignUp.objects.update(code=state)
    one.refresh_from_db()
    for typed_code in ("", "-", "000000"):
        with pytest.raises(WrongCode):
            confirm(of=one, code=typed_code)


def test_the_button_pressed_twice_is_one_sign_up_and_one_mail() -> None:
    with clock.frozen(TUESDAY):
        first = typed(likes=("fleurs",))
    with clock.frozen(TUESDAY + MINUTE - SECOND):
        assert typed(likes=("fleurs",)) == first
        assert typed(likes=("japon",)) != first
        send_waiting_codes()
        send_waiting_codes()
    assert len(notices(MARIE)) == 2
    with clock.frozen(TUESDAY + MINUTE):
        assert typed(likes=("fleurs",)) != first


def test_another_code_is_for_the_same_answers() -> None:
    with clock.frozen(TUESDAY):
        one = typed(given_name="Marie", likes=("fleurs",), rhythm=1)
        send_waiting_codes()
    with clock.frozen(TUESDAY + codes.LIFE):
        again = sign_up_again(of=one, visitor="")
        person = confirm(of=again, code=code_for(MARIE))
    assert (person.given_name, person.residents.get().rhythm) == ("Marie", 1)


# --- A stranger is not bombed ---------------------------------------------------------------------------------------


def test_an_address_typed_fifty_times_receives_three_mails_a_day() -> None:
    with clock.frozen(TUESDAY):
        typed_fifty_times()
        assert send_waiting_codes() == 3
    with clock.frozen(TUESDAY + DAY - SECOND):
        typed_fifty_times()
        assert send_waiting_codes() == 0
    with clock.frozen(TUESDAY + DAY):
        typed(given_name="Le lendemain")
        assert send_waiting_codes() == 1
    assert len(notices(MARIE)) == 4
    assert len(notices("paul@courriel.example")) == 0


def test_a_stranger_who_types_an_address_uses_up_their_own_share_and_a_crowd_has_an_end() -> None:
    typed_fifty_times()
    assert send_waiting_codes() == limits.CODES_OF_ONE
    typed(visitor="her own network")
    assert send_waiting_codes() == 1
    for number in range(50):
        typed(visitor=f"network {number}")
    assert send_waiting_codes() == limits.CODES_OF_ALL - limits.CODES_OF_ONE - 1


def test_the_limit_of_one_address_is_not_its_neighbours() -> None:
    typed_fifty_times()
    typed(email="paul@courriel.example")
    send_waiting_codes()
    assert (len(notices(MARIE)), len(notices("paul@courriel.example"))) == (3, 1)


def test_whoever_answers_may_join_a_fourth_shop_the_same_day() -> None:
    for slug in ("la-brassee", "cave-du-tilleul", "fournil-des-sources", "au-bon-levain"):
        joined(shop(slug=slug))
    assert standing().count() == 4


def test_one_shops_form_writes_to_so_many_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "PER_SHOP", 2)
    with clock.frozen(TUESDAY):
        for number in range(4):
            typed(email=f"voisin{number}@courriel.example")
        assert send_waiting_codes() == 2
        typed(shop(slug="cave-du-tilleul"), email="ailleurs@courriel.example")
        assert send_waiting_codes() == 1
    with clock.frozen(TUESDAY + dt.timedelta(hours=1) - SECOND):
        typed(email="presque@courriel.example")
        assert send_waiting_codes() == 0
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        typed(email="enfin@courriel.example")
        assert send_waiting_codes() == 1


def test_what_waits_for_longer_than_a_code_lives_is_not_sent() -> None:
    with clock.frozen(TUESDAY):
        typed()
    with clock.frozen(TUESDAY + codes.LIFE):
        assert send_waiting_codes() == 0


def test_a_shop_whose_page_is_closed_signs_nobody_up_and_nothing_leaves_for_it() -> None:
    one = typed()
    code = code_for(MARIE)
    waiting = typed(email="paul@courriel.example")
    suspend(organisation=shop(), why="Une raison", keeper=association(), by=BY)
    closed = sign_up_by(sign_up_token(one))
    assert closed
    assert send_waiting_codes() == 0
    for what in (lambda: confirm(of=closed, code=code), lambda: sign_up_again(of=closed, visitor="")):
        with pytest.raises(SenderClosed):
            what()
    assert not Person.objects.exists()
    reopen(organisation=shop(), keeper=association(), by=BY)
    again = sign_up_by(sign_up_token(one))
    assert again and confirm(of=again, code=code)
    assert send_waiting_codes() == 1
    assert SignUp.objects.get(pk=waiting.pk).code


def test_a_commune_that_one_says_is_ones_own_and_silence_wipes_none() -> None:
    mandres = shop().territory.communes.get(name="Mandres-les-Roses")
    assert joined(commune=mandres).commune == mandres
    assert joined(shop(slug="cave-du-tilleul")).commune == mandres
    assert AuditEntry.objects.filter(verb="say_commune").count() == 1


def test_a_code_that_could_not_leave_waits_for_the_next_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    typed()
    with monkeypatch.context() as broken:
        broken.setattr(notice_requested, "send", away(again=True))
        assert send_waiting_codes() == 0
    assert send_waiting_codes() == 1


def test_a_code_refused_for_good_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    typed()
    with monkeypatch.context() as broken:
        broken.setattr(notice_requested, "send", away(again=False))
        assert send_waiting_codes() == 0
    assert send_waiting_codes() == 0


def away(*, again: bool) -> Callable[..., Any]:
    def send(**_: Any) -> None:
        raise NotCarried(again=again)

    return send


def test_the_mail_carries_nothing_that_a_stranger_typed() -> None:
    typed(given_name="Gagnez mille euros sur piege.example")
    send_waiting_codes()
    (mail,) = notices(MARIE)
    assert "piege" not in f"{mail['Subject']} {mail.get_content()}"


def test_the_mail_says_for_whom_and_its_link_names_no_one() -> None:
    one = typed()
    send_waiting_codes()
    (mail,) = notices(MARIE)
    text = mail.get_content()
    assert "La Brassée, à Villecresnes" in text
    assert f"/rejoindre/la-brassee/code/{sign_up_token(one).split(':')[0]}" in text
    assert MARIE not in text


# --- What is forgotten ----------------------------------------------------------------------------------------------


def test_what_nobody_confirmed_is_forgotten_after_two_days() -> None:
    with clock.frozen(TUESDAY):
        one = typed()
    with clock.frozen(TUESDAY + codes.KEPT):
        forget_old_codes()
        assert SignUp.objects.exists()
    with clock.frozen(TUESDAY + codes.KEPT + SECOND):
        forget_old_codes()
    assert sign_up_by(sign_up_token(one)) is None


def test_an_altered_link_finds_nothing() -> None:
    token = sign_up_token(typed())
    assert sign_up_by(token) is not None
    assert sign_up_by(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert sign_up_by("") is None


# --- What the form takes --------------------------------------------------------------------------------------------


def form(**answers: Any) -> JoinForm:
    return JoinForm({"email": MARIE, "rhythm": "2", "consent": "on"} | answers, territory=shop().territory)


@pytest.mark.parametrize("name", ["محمد الأمين", "\u202eEiram\u202c", "Zoé 🌻", "x" * 80])
def test_any_name_is_kept_as_it_was_typed(name: str) -> None:
    good = form(given_name=name)
    assert good.is_valid(), good.errors
    assert joined(given_name=good.answers().given_name).given_name == name


def test_a_name_of_three_hundred_letters_is_told_how_long_it_may_be() -> None:
    long = form(given_name="x" * 300)
    assert long.errors["given_name"] == ["Ce prénom est trop long : 80 lettres au plus. Un diminutif suffit."]
    assert not form(given_name="x" * 81).is_valid()


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"email": ""}, "email", "Il manque votre courriel."),
        ({"email": "06 39 98 11 22"}, "email", "Ici, il faut un courriel."),
        ({"email": "marie"}, "email", "vérifiez l’arobase et la fin"),
        ({"email": "x" * 250 + "@courriel.example"}, "email", "trop longue"),
        ({"consent": ""}, "consent", "Cochez la phrase si vous êtes d’accord"),
        ({"rhythm": "3"}, "rhythm", "Choisissez 1, 2, 4 ou 7"),
        ({"likes": ["\x00"]}, "likes", "n’est plus dans la liste"),
        ({"likes": ["religion"]}, "likes", "n’est plus dans la liste"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(answers: dict[str, Any], field: str, sentence: str) -> None:
    refused = form(**answers)
    assert sentence in str(refused.errors[field]).replace("\xa0", " ").replace("&#x27;", "’")
