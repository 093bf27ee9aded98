"""Who may act for an organisation, and the page of the link that invites."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.models import Invitation, Office, User
from parvis.accounts.rules import Role
from parvis.core import clock
from parvis.core.signals import notice_requested
from tests import builders
from tests.builders import TUESDAY

from .conftest import Village, signed_in
from .page import queries, read, words

TEAM = "/bureau/la-brassee/equipe/"
LINK = re.compile(r"(/invitation/\S+/)")
TYPED = {"name": "Lise Morand", "email": "lise@ailleurs.example", "role": "colleague"}


@pytest.fixture
def link(owner: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> str:
    """The address that the invited person finds in her mailbox."""
    told: list[str] = []

    def send(sender: object, *, text: str, **_: str) -> None:
        told.append(text)

    monkeypatch.setattr(notice_requested, "send", send)
    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.post(TEAM, TYPED, follow=True)
    assert "L’invitation est partie." in words(answer.content)
    found = LINK.search(told[-1])
    assert found
    return found[1]


def test_the_team_is_told_with_roles_in_plain_words(owner: Client, village: Village) -> None:
    builders.user(of=village.florist, role=Role.OBSERVER, email="regard@brassee.example", name="Jules Ferrand")
    page = read(owner, TEAM)
    assert "Odile Marchand (vous) Responsable : tout faire ici, lire le fichier clients" in page
    assert "Jules Ferrand Lecture seule : voir le bureau, sans rien y changer." in page
    assert "Bureau :" not in page


def test_an_officer_does_not_give_what_she_does_not_hold(delegate: Client, village: Village) -> None:
    page = read(delegate, "/bureau/enseignes-du-plateau/equipe/")
    assert "Bureau :" in page and "Lecture seule :" in page
    assert "Collègue :" not in page
    answer = delegate.post("/bureau/enseignes-du-plateau/equipe/", TYPED)
    assert "Ce rôle ne se donne pas ici." in words(answer.content)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "odile@brassee.example"}, "C’est votre propre adresse."),
        ({"email": "regard@brassee.example"}, "Cette personne peut déjà agir ici"),
        ({"email": "lise"}, "Ce courriel ne se lit pas"),
        ({"email": ""}, "Il manque le courriel de la personne."),
        ({"name": ""}, "Il manque le nom de la personne."),
        ({"name": "a" * 121}, "Ce nom est trop long"),
        ({"role": ""}, "Choisissez un rôle."),
        ({"role": "officer"}, "Ce rôle ne se donne pas ici."),
    ],
)
def test_what_misses_is_said_in_french(owner: Client, village: Village, changes: dict[str, str], sentence: str) -> None:
    builders.user(of=village.florist, role=Role.OBSERVER, email="regard@brassee.example")
    assert sentence in words(owner.post(TEAM, TYPED | changes).content)
    assert not Invitation.objects.exists()


def test_a_twin_is_refused_until_the_first_is_taken_back(owner: Client, link: str) -> None:
    assert "Une invitation attend déjà une réponse à cette adresse." in words(owner.post(TEAM, TYPED).content)
    pk = Invitation.objects.get().pk
    assert "L’invitation est reprise." in words(owner.post(f"{TEAM}invitations/{pk}/reprendre/", follow=True).content)
    assert "Invitations sans réponse" not in read(owner, TEAM)
    assert "Cette invitation a été reprise." in read(Client(), link, status=410)


def test_the_link_asks_for_the_code_then_opens_once(link: str, client: Client) -> None:
    page = read(client, link)
    assert "Agir pour La Brassée ?" in page and "Odile Marchand vous invite." in page
    assert not User.objects.filter(email="lise@ailleurs.example").exists()
    answer = client.post(link)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/connexion/?next=%2Finvitation%2F")
    assert not Office.objects.filter(user__email="lise@ailleurs.example").exists()
    lise = signed_in(User.objects.get(email="lise@ailleurs.example"))
    assert lise.get("/bureau/la-brassee/").status_code == 404
    assert "Accepter" in read(lise, link)
    accepted = lise.post(link, follow=True)
    assert "Vous pouvez maintenant agir pour La Brassée." in words(accepted.content)
    assert read(lise, "/bureau/la-brassee/clients/")
    assert "Cette invitation a déjà servi." in read(lise, link, status=410)


def test_the_code_of_the_sign_in_leads_back_to_the_invitation(link: str, client: Client) -> None:
    way_in = client.post(link).headers["Location"]
    assert f'value="{link}"' in client.get(way_in).text


def test_whoever_entered_with_another_address_is_told_so(link: str, merchant: Client) -> None:
    for answer in (merchant.get(link), merchant.post(link)):
        page = words(answer.content)
        assert "pour une autre adresse" in page and "lise@" not in page
        assert "Accepter" not in page
    assert Invitation.objects.get().accepted_at is None


def test_an_old_link_and_a_cut_one_say_what_to_do(link: str, client: Client) -> None:
    with clock.frozen(TUESDAY + dt.timedelta(days=7)):
        assert "Cette invitation a plus de sept jours" in read(client, link, status=410)
    assert "Ce lien n’est pas entier." in read(client, link[:-3] + "/", status=400)


def test_the_team_says_of_an_old_invitation_that_it_serves_no_more(link: str, owner: Client) -> None:
    assert "vaut jusqu’au 1 décembre" in read(owner, TEAM)
    with clock.frozen(TUESDAY + dt.timedelta(days=7)):
        assert "Le lien ne sert plus depuis le 1 décembre : invitez de nouveau." in read(owner, TEAM)


def test_a_colleague_is_taken_back_and_the_last_one_stays(owner: Client, village: Village) -> None:
    aide = builders.user(of=village.florist, role=Role.COLLEAGUE, email="aide@brassee.example", name="Jules")
    office = aide.offices.get()
    assert "Retirer Jules ?" in read(owner, f"{TEAM}{office.pk}/retirer/")
    assert Office.objects.filter(pk=office.pk).exists()
    assert "Jules n’agit plus pour La Brassée." in words(owner.post(f"{TEAM}{office.pk}/retirer/", follow=True).content)
    assert signed_in(aide).get("/bureau/la-brassee/").status_code == 404
    mine = village.owner.offices.get()
    for path in (f"{TEAM}{mine.pk}/retirer/", f"{TEAM}partir/"):
        assert "Il ne resterait personne pour répondre d’ici." in words(owner.post(path).content)
    assert Office.objects.filter(pk=mine.pk).exists()


def test_one_leaves_by_oneself_and_a_mandate_is_not_left_here(
    owner: Client, delegate: Client, village: Village
) -> None:
    aide = builders.user(of=village.florist, role=Role.COLLEAGUE, email="aide@brassee.example")
    client = signed_in(aide)
    assert "Ne plus agir pour La Brassée ?" in read(client, f"{TEAM}partir/")
    assert "Vous n’agissez plus pour La Brassée." in words(client.post(f"{TEAM}partir/", follow=True).content)
    assert not aide.offices.exists()
    assert "Vous agissez ici par un mandat" in read(delegate, f"{TEAM}partir/")
    delegate.post(f"{TEAM}partir/")
    assert village.delegate.offices.exists()
    assert "a quitté l’organisation" in read(owner, "/bureau/la-brassee/journal/")


def test_a_colleague_invites_nobody(village: Village) -> None:
    client = signed_in(builders.user(of=village.florist, role=Role.COLLEAGUE, email="aide@brassee.example"))
    assert client.get(TEAM).status_code == 404
    assert client.post(TEAM, TYPED).status_code == 404


def test_the_team_costs_the_same_for_any_number(owner: Client, village: Village) -> None:
    few = queries(owner, TEAM)
    for number in range(5):
        builders.user(of=village.florist, role=Role.COLLEAGUE, email=f"aide{number}@brassee.example")
    owner.post(TEAM, TYPED)
    assert queries(owner, TEAM) == few <= 8
