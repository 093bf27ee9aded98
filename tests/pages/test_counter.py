"""The counter's screen: the same for everyone who stands at it, with and without a script, once or ten times."""

import datetime as dt
import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from parvis.accounts.actions import give_mandate, suspend
from parvis.accounts.models import Organisation
from parvis.accounts.rules import Permission, Role
from parvis.announcements.actions import hold
from parvis.contacts.actions import entry_by, not_me_token, send_counter_notices, withdraw
from parvis.contacts.models import ConsentEvent, ContactPoint, CounterEntry, CustomerRecord, Person, Wording
from parvis.contacts.queries import standing
from parvis.contacts.rules import Channel, Source
from parvis.core import clock
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village, signed_in
from .page import queries, read, words

COUNTER = "/bureau/la-brassee/comptoir/"
MISSING = "Il manque deux chiffres à la fin."
ODILE = "odile@courriel.example"


def typed(**more: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "contact": ODILE, "rhythm": "2", "answer": "oui"} | more


def by_script(client: Client, data: dict[str, Any]) -> Any:
    response = client.post(COUNTER, data, headers={"accept": "application/json"})
    assert response.status_code == 200, response.status_code
    return json.loads(response.content)


def told(response: Any) -> str:
    return words(response.content)


# --- The screen ------------------------------------------------------------------------------------------------------


def test_the_screen_costs_the_same_few_queries_for_a_large_file(village: Village, owner: Client) -> None:
    before = queries(owner, COUNTER)
    for _ in range(12):
        builders.customer(village.florist)
    builders.announcement(village.florist)
    assert queries(owner, COUNTER) <= before <= 10


def test_the_sentence_of_each_channel_is_on_the_screen_with_the_shops_name(village: Village, owner: Client) -> None:
    shown = read(owner, COUNTER)
    for channel in Channel:
        sentence = builders.wording(f"counter-{channel}").text.replace("{sender}", "La Brassée")
        assert " ".join(sentence.split()) in shown


def test_the_shops_own_subjects_come_first_and_six_at_most(village: Village, owner: Client) -> None:
    for day, subject in enumerate(("velo", "livres", "fleurs")):
        with clock.frozen(TUESDAY - dt.timedelta(days=9 - day)):
            builders.announcement(village.florist, interests=[subject])
    builders.announcement(village.wines, interests=["vins"])
    shown = re.findall(r'name="likes" value="([\w-]+)"', owner.get(COUNTER).content.decode())
    assert shown[:3] == ["fleurs", "livres", "velo"]
    assert len(shown) == 6 and "vins" not in shown


def test_what_the_association_holds_is_no_subject_of_the_counter(village: Village, owner: Client) -> None:
    said = builders.announcement(village.florist, interests=["velo"])
    assert 'value="velo"' in owner.get(COUNTER).text
    hold(announcement=said, why="Une raison", keeper=village.association, by=BY)
    assert 'value="velo"' not in owner.get(COUNTER).text


def test_a_shop_of_which_nothing_is_known_shows_broad_subjects(village: Village, owner: Client) -> None:
    shown = re.findall(r'name="likes" value="([\w-]+)"', owner.get(COUNTER).content.decode())
    assert shown[:2] == ["boire-et-manger", "ateliers"]


def test_age_is_asked_only_where_the_shop_speaks_of_alcohol(village: Village, owner: Client, merchant: Client) -> None:
    builders.announcement(village.florist, interests=["fleurs"])
    builders.announcement(village.wines, interests=["vins"])
    assert 'name="adult"' not in owner.get(COUNTER).content.decode()
    assert 'name="adult"' in merchant.get("/bureau/cave-du-tilleul/comptoir/").content.decode()


def test_the_shops_own_code_is_beside(village: Village, owner: Client) -> None:
    page = owner.get(COUNTER).content.decode()
    assert "<svg" in page and "/r/la-brassee/" in page


# --- Who may ---------------------------------------------------------------------------------------------------------


def test_a_colleague_notes_an_observer_does_not(village: Village) -> None:
    for role, status in ((Role.COLLEAGUE, 200), (Role.OBSERVER, 404)):
        client = signed_in(builders.user(of=village.florist, role=role, email=f"{role}@brassee.example"))
        assert client.get(COUNTER).status_code == status


def test_a_mandate_may_open_the_counter_without_the_file(village: Village, delegate: Client) -> None:
    assert delegate.get(COUNTER).status_code == 404
    give_mandate(
        organisation=village.florist,
        holder=village.delegate,
        through=village.association,
        permissions=[Permission.ENROL],
        signed_by="Odile Marchand",
        signed_on=clock.today(),
        evidence="Classeur du local",
        by=BY,
    )
    assert "Vous agissez pour La Brassée" in read(delegate, COUNTER)
    assert delegate.post(COUNTER, typed()).status_code == 302
    assert ConsentEvent.objects.get().noted_by.startswith(f"user:{village.delegate.pk} mandate:")
    assert delegate.get("/bureau/la-brassee/clients/").status_code == 404


# --- Yes, no, a fiche ------------------------------------------------------------------------------------------------


def test_a_yes_is_noted_and_the_next_customer_awaited(village: Village, owner: Client) -> None:
    answer = owner.post(COUNTER, typed(likes=["fleurs"], given_name="Odile", rhythm="4"), follow=True)
    assert "C’est noté" in told(answer) and "Client suivant" in told(answer)
    assert ODILE not in told(answer) and "Odile" not in told(answer).replace("Odile Marchand", "")
    record = CustomerRecord.objects.get()
    assert [taste.interest.slug for taste in record.tastes.all()] == ["fleurs"]
    assert record.person.residents.get().rhythm == 4
    assert [e.channel for e in standing(persons=[record.person_id], sender=village.florist.pk)] == ["email"]


def test_a_no_keeps_nothing(village: Village, owner: Client) -> None:
    answer = owner.post(COUNTER, typed(answer="non"))
    assert "Rien d’autre n’est gardé" in told(answer)
    assert not Person.objects.exists() and not CounterEntry.objects.exists()


def test_a_no_after_a_slip_of_the_finger_keeps_nothing_either(village: Village, owner: Client) -> None:
    yes = typed(given_name="Odile", likes=["fleurs"])
    owner.post(COUNTER, yes)
    answer = owner.post(COUNTER, yes | {"answer": "non"})
    assert "Rien d’autre n’est gardé" in told(answer)
    assert not CustomerRecord.objects.exists() and not ContactPoint.objects.exists()
    assert not Person.objects.filter(given_name="Odile").exists() and not standing().exists()
    owner.post(COUNTER, yes)  # sent twice by its telephone: it was one entry
    assert not CustomerRecord.objects.exists()


def test_after_a_no_the_fiche_may_be_kept_without_any_right(village: Village, owner: Client) -> None:
    answer = owner.post(COUNTER, typed(answer="non", given_name="Odile <b>"))
    page = answer.content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert kept["contact"] == ODILE and kept["given_name"] == "Odile &lt;b&gt;"
    assert kept.pop("csrfmiddlewaretoken")
    saved = owner.post(COUNTER, kept | {"answer": "fiche"}, follow=True)
    assert "Vous ne lui écrirez pas" in told(saved)
    assert CustomerRecord.objects.get().email == ODILE
    assert not ConsentEvent.objects.exists()


def test_a_no_needs_nothing_typed(village: Village, owner: Client) -> None:
    answer = owner.post(COUNTER, typed(answer="non", contact=""))
    assert "Rien d’autre n’est gardé" in told(answer)
    assert "Garder sa fiche" not in told(answer)


def test_a_no_of_ones_own_customer_is_a_withdrawal(village: Village, owner: Client) -> None:
    mine = builders.customer(village.florist, email=ODILE, given_name="Odile")
    theirs = builders.say_yes(mine.person, to=village.wines)
    owner.post(COUNTER, typed(answer="non"))
    assert list(standing(persons=[mine.person_id])) == [theirs]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(village: Village, owner: Client) -> None:
    answer = owner.post(COUNTER, typed(contact="06 39 98 12", given_name="مريم 🌸", likes=["fleurs"], rhythm="7"))
    page = answer.content.decode()
    assert MISSING in told(answer)
    assert 'value="06 39 98 12"' in page and "مريم 🌸" in page
    assert re.search(r'value="7" checked', page)
    assert not Person.objects.exists()


def test_a_name_of_300_letters_is_refused_and_one_of_80_is_kept(village: Village, owner: Client) -> None:
    assert "80 lettres au plus" in told(owner.post(COUNTER, typed(family_name="n" * 300)))
    owner.post(COUNTER, typed(family_name="n" * 80))
    assert CustomerRecord.objects.get().family_name == "n" * 80


# --- Twice -----------------------------------------------------------------------------------------------------------


def test_the_same_answers_sent_again_are_one_entry_and_read_the_same(village: Village, owner: Client) -> None:
    data = typed()
    seen = [owner.post(COUNTER, data).headers["Location"] for _ in range(3)]
    assert len(set(seen)) == 1
    assert CounterEntry.objects.count() == ConsentEvent.objects.count() == 1


def test_the_next_customer_typed_over_the_last_is_not_lost(village: Village, owner: Client) -> None:
    """The back button shows the last form, with its key."""
    data = typed()
    owner.post(COUNTER, data)
    owner.post(COUNTER, data | {"contact": "06 39 98 12 34"})
    assert CustomerRecord.objects.count() == 2


def test_a_name_corrected_after_the_back_button_completes_the_same_fiche(village: Village, owner: Client) -> None:
    data = typed(given_name="Odile")
    owner.post(COUNTER, data)
    owner.post(COUNTER, data | {"family_name": "Ferrand"})
    assert CustomerRecord.objects.get().family_name == "Ferrand"
    assert ConsentEvent.objects.count() == 1


# --- By the script ---------------------------------------------------------------------------------------------------


def test_the_script_is_told_as_much_as_the_page(village: Village, owner: Client) -> None:
    assert by_script(owner, typed()) == {"said": "oui", "keepable": False}
    assert by_script(owner, typed(answer="non")) == {"said": "non", "keepable": True}
    assert by_script(owner, typed(answer="non", contact="")) == {"said": "non", "keepable": False}
    assert by_script(owner, typed(answer="fiche")) == {"said": "fiche", "keepable": False}
    assert by_script(owner, typed(contact="06 39 98 12")) == {"errors": {"contact": [MISSING]}}


def test_a_sentence_that_changed_while_an_entry_waited_is_the_one_that_was_read(
    village: Village, owner: Client
) -> None:
    read_then = builders.wording("counter-email")
    Wording.objects.create(key="counter-email", version=2, channel="email", basis="consent", text="Autre, {sender} ?")
    for version, wanted in (("1", read_then), ("2", builders.wording("counter-email")), ("99", None), ("x", None)):
        by_script(owner, typed(contact=f"p{version}@courriel.example", heard_email=version))
        assert ConsentEvent.objects.latest("pk").wording == (wanted or builders.wording("counter-email"))


def test_whoever_is_signed_out_is_asked_to_enter_and_the_token_is_never_kept(village: Village, owner: Client) -> None:
    for path in ("", "jeton/", "hors-reseau.js", "fait/"):
        assert Client().get(COUNTER + path).headers["Location"].startswith("/connexion/")
    answer = owner.get(COUNTER + "jeton/")
    assert answer.json()["token"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_entry_without_a_fresh_token_is_refused_and_taken_with_one(village: Village) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(village.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    data = typed()
    assert client.post(COUNTER, data).status_code == 403
    token = client.get(COUNTER + "jeton/").json()["token"]
    again = client.post(COUNTER, data, headers={"accept": "application/json", "x-csrftoken": token})
    assert again.json()["said"] == "oui"


def test_the_worker_is_under_the_counters_address_and_names_that_page_alone(village: Village, owner: Client) -> None:
    answer = owner.get(COUNTER + "hors-reseau.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    script = answer.content.decode()
    assert re.search(r'const PAGE = "(.*)";', script)
    assert f'"{COUNTER}"'.replace("-", "\\u002D") in script


def test_an_entry_leaves_by_whoever_made_it_alone(village: Village, owner: Client) -> None:
    colleague = signed_in(builders.user(of=village.florist, role=Role.COLLEAGUE, email="nour@brassee.example"))
    made = owner.get(COUNTER + "jeton/").json()["maker"]
    assert f'data-maker="{made}"' in owner.get(COUNTER).content.decode()
    assert str(village.owner.pk) != made and "odile" not in made
    data = typed(maker=made)
    headers = {"accept": "application/json"}
    refused = colleague.post(COUNTER, data, headers=headers)
    assert (refused.status_code, refused.headers["Content-Type"]) == (409, "application/problem+json")
    assert "notée par quelqu’un d’autre" in refused.json()["detail"]
    assert not CounterEntry.objects.exists()
    assert by_script(owner, data)["said"] == "oui"


def test_the_same_person_at_two_shops_makes_entries_of_each(village: Village, owner: Client) -> None:
    builders_office = builders.user(of=village.wines, email=village.owner.email)
    assert builders_office == village.owner
    made = [owner.get(f"/bureau/{slug}/comptoir/jeton/").json()["maker"] for slug in ("la-brassee", "cave-du-tilleul")]
    assert len(set(made)) == 2


def test_a_yes_that_waited_too_long_says_so_and_a_no_counts(village: Village, owner: Client) -> None:
    builders.customer(village.florist, email=ODILE, given_name="Odile")
    said_on = str(clock.today() - dt.timedelta(days=31))
    assert "plus de trente jours" in by_script(owner, typed(said_on=said_on))["errors"]["said_on"][0]
    assert standing(sender=village.florist.pk).exists()
    assert by_script(owner, typed(answer="non"))["said"] == "non"
    assert not standing(sender=village.florist.pk).exists()


def test_a_closed_shop_says_so_on_the_screen_and_takes_no_yes(village: Village, owner: Client) -> None:
    suspend(organisation=village.florist, why="Une raison", keeper=village.association, by=BY)
    assert "La page de ce commerce est fermée." in read(owner, COUNTER)
    assert "on n’y note plus de client" in read_refusal(owner.post(COUNTER, typed()))
    answer = owner.post(COUNTER, typed(), headers={"accept": "application/json"})
    assert (answer.status_code, "fermé la page" in answer.json()["detail"]) == (409, True)
    assert "Rien d’autre n’est gardé" in told(owner.post(COUNTER, typed(answer="non")))


def read_refusal(answer: Any) -> str:
    assert answer.status_code == 409
    return told(answer)


def test_under_a_territorys_own_path_the_worker_keeps_that_path(village: Village, owner: Client) -> None:
    builders.territory(slug="val", codes=["94071"])
    script = owner.get(f"/t/plateau-briard{COUNTER}hors-reseau.js").content.decode().replace("\\u002D", "-")
    assert f'const PAGE = "/t/plateau-briard{COUNTER}"' in script


# --- Decision 1 ------------------------------------------------------------------------------------------------------


def seen(client: Client, contact: str) -> tuple[int, str, str]:
    answer = client.post(COUNTER, typed(contact=contact))
    page = client.get(answer.headers["Location"])
    return answer.status_code, answer.headers["Location"], told(page)


def test_a_customer_of_another_shop_looks_like_anyone(village: Village, owner: Client) -> None:
    builders.customer(village.wines, email="voisine@ailleurs.example", phone="+33639980042")
    contacts = ("voisine@ailleurs.example", "inconnue@ailleurs.example", "06 39 98 00 42", "06 39 98 00 43")
    assert len({seen(owner, contact) for contact in contacts}) == 1


def test_a_no_reads_the_same_of_a_customer_and_of_anyone(village: Village, owner: Client) -> None:
    builders.customer(village.florist, email=ODILE, given_name="Odile")
    answers = [owner.post(COUNTER, typed(answer="non", contact=one)) for one in (ODILE, "personne@courriel.example")]
    pages = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert pages[0] == pages[1]
    assert "plus rien de vous ne part vers cette personne" in told(answers[0])


def test_the_screen_says_nothing_of_who_was_noted(village: Village, owner: Client) -> None:
    """Someone who may note does not read the file by it."""
    owner.post(COUNTER, typed(given_name="Nour", family_name="Belhadj"))
    for path in ("", "fait/", "hors-reseau.js"):
        page = owner.get(COUNTER + path).content.decode()
        assert ODILE not in page and "Belhadj" not in page


# --- « Ce n’est pas moi » --------------------------------------------------------------------------------------------


@pytest.fixture
def link(village: Village, owner: Client) -> str:
    owner.post(COUNTER, typed(given_name="Nour", family_name="Belhadj"))
    return reverse("pages:not-me", args=[not_me_token(CounterEntry.objects.get())])


def test_the_link_shows_one_question_and_no_one(village: Village, link: str) -> None:
    page = read(Client(), link)
    assert "Ce n’est pas vous ?" in page and "La Brassée" in page and "24 novembre 2026" in page
    assert "Belhadj" not in page and ODILE not in page
    assert standing(sender=village.florist.pk).exists()  # opening it changed nothing


def test_one_press_undoes_without_cookie_nor_token(village: Village, link: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert "ne vous écrira pas à cette adresse" in told(client.post(link))
    assert not standing(sender=village.florist.pk).exists()
    assert "ne vous écrira pas à cette adresse" in read(client, link)


def test_an_address_that_had_said_no_answers_by_one_of_two_buttons(village: Village, owner: Client, link: str) -> None:
    person = CustomerRecord.objects.get().person
    send_counter_notices()
    withdraw(person=person, sender=village.florist, source=Source.LINK, by=BY)
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        owner.post(COUNTER, typed(given_name="Nour", family_name="Belhadj"))
        send_counter_notices()
        asked = reverse("pages:not-me", args=[not_me_token(CounterEntry.objects.latest("pk"))])
        page = read(Client(), asked)
        assert "C’est bien vous ?" in page and "La Brassée" in page and "Ce n’est pas moi" in page
        assert "annonces envoyées par La Brassée" in page
        assert "Belhadj" not in page and not standing(persons=[person.pk]).exists()
        assert "peut vous écrire à cette adresse" in told(Client().post(asked, {"answer": "oui"}))
        event = standing(persons=[person.pk]).get()
        assert event.wording and (event.wording.key, event.source) == ("web-email", "web")
        Client().post(asked)
        assert not standing(persons=[person.pk]).exists()


@pytest.fixture
def asked(village: Village, owner: Client, link: str) -> str:
    """The link of a message that asks: this address had said no."""
    send_counter_notices()
    withdraw(person=CustomerRecord.objects.get().person, sender=village.florist, source=Source.LINK, by=BY)
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        owner.post(COUNTER, typed(given_name="Nour", family_name="Belhadj"))
        send_counter_notices()
    return reverse("pages:not-me", args=[not_me_token(CounterEntry.objects.latest("pk"))])


def test_the_yes_of_the_address_is_still_what_the_page_says_after_a_second_tap_or_when_it_is_opened_again(
    village: Village, asked: str
) -> None:
    with clock.frozen(TUESDAY + dt.timedelta(hours=2)):
        for page in (
            told(Client().post(asked, {"answer": "oui"})),
            told(Client().post(asked, {"answer": "oui"})),
            read(Client(), asked),
        ):
            assert "C’est noté" in page and "peut vous écrire à cette adresse" in page
            assert "Ce n’est pas" not in page
        assert ConsentEvent.objects.filter(source="web").count() == 1


def test_whoever_said_yes_changes_their_mind_on_the_same_page_by_a_button_that_says_what_it_stops(
    village: Village, asked: str
) -> None:
    with clock.frozen(TUESDAY + dt.timedelta(hours=2)):
        page = told(Client().post(asked, {"answer": "oui"}))
        assert "Arrêter ses courriels" in page
    with clock.frozen(TUESDAY + dt.timedelta(hours=3)):
        for _ in range(2):
            page = told(Client().post(asked, {"answer": "arret"}))
            assert "C’est noté" in page and "ne vous écrira pas à cette adresse" in page
        assert "ne vous écrira pas à cette adresse" in read(Client(), asked)
        assert not standing(sender=village.florist.pk).filter(channel="email").exists()
        noes = ConsentEvent.objects.filter(granted=False, channel="email")
        assert noes.count() == 2  # the first, and this one


def test_a_shops_word_is_never_shown_as_the_yes_of_the_address(village: Village, owner: Client, link: str) -> None:
    with clock.frozen(TUESDAY + dt.timedelta(hours=1)):
        owner.post(COUNTER, typed(given_name="Nour", family_name="Belhadj"))
        assert "Ce n’est pas vous ?" in read(Client(), link)
        Client().post(link, {"answer": "arret"})
        assert standing(sender=village.florist.pk).exists()  # only « ce n’est pas moi » undoes what the shop said


def test_a_link_that_asks_nothing_gives_no_yes(village: Village, link: str) -> None:
    Client().post(link, {"answer": "oui"})
    assert not ConsentEvent.objects.filter(source="web").exists()
    assert standing(sender=village.florist.pk).exists()


def test_a_link_cut_short_says_so(village: Village, link: str) -> None:
    assert entry_by(link.split("/")[-2][:-3]) is None
    assert "Ce lien n’est pas entier" in read(Client(), link[:-4] + "/", status=410)


def test_a_shop_elsewhere_is_not_told(village: Village, link: str, merchant: Client) -> None:
    other: Organisation = village.wines
    Client().post(link)
    assert "Belhadj" not in read(merchant, f"/bureau/{other.slug}/journal/")
