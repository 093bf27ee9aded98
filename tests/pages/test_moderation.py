"""Reports at the desk of the association, and what their author reads."""

import pytest
from django.test import Client

from parvis.accounts.models import Organisation
from parvis.announcements.actions import hold, report
from parvis.announcements.models import Announcement, Report
from tests import builders
from tests.builders import BY

from .conftest import Village
from .page import queries, read, words

REPORTS = "/bureau/enseignes-du-plateau/signalements/"
WHY = "La photo montre un enfant."


@pytest.fixture
def said(village: Village) -> Announcement:
    one = builders.announcement(village.wines, title="Le beaujolais", text="Samedi au comptoir")
    report(announcement=one, reason=Report.Reason.CHILD, text="C’est ma fille.", contact="v@ailleurs.example")
    return one


def test_an_empty_list_says_where_reports_come_from(delegate: Client, village: Village) -> None:
    assert "Rien à regarder. Chaque annonce porte, en bas de sa page, un lien pour la signaler." in read(
        delegate, REPORTS
    )


def test_the_officer_sees_what_everyone_sees_and_what_was_told(delegate: Client, said: Announcement) -> None:
    assert "Le beaujolais Cave du Tilleul, Villecresnes. 1 signalement" in read(delegate, REPORTS)
    page = read(delegate, f"{REPORTS}{said.pk}/")
    assert "Samedi au comptoir" in page and "Dit par le test." in page
    assert "On y reconnaît un enfant C’est ma fille." in page and "v@ailleurs.example" in page


def test_held_it_is_told_to_its_author_and_given_back(
    delegate: Client, merchant: Client, client: Client, village: Village, said: Announcement
) -> None:
    Organisation.objects.filter(pk=village.association.pk).update(phone="+33199001234")
    public = f"/annonces/{said.pk}/"
    delegate.post(f"{REPORTS}{said.pk}/", {"decision": "retenir", "why": WHY})
    assert client.get(public).status_code == 404
    assert "beaujolais" not in read(client, "/vitrine/cave-du-tilleul/")
    assert WHY in read(delegate, REPORTS)
    for path in ("/bureau/cave-du-tilleul/", f"/bureau/cave-du-tilleul/annonces/{said.pk}/"):
        page = read(merchant, path)
        assert WHY in page and "01 99 00 12 34" in page
    assert "Part à la prochaine tournée" not in page
    assert "Voir l’annonce" not in page
    assert "a retenu une annonce" in read(merchant, "/bureau/cave-du-tilleul/journal/")
    delegate.post(f"{REPORTS}{said.pk}/rendre/")
    assert client.get(public).status_code == 200
    assert WHY not in read(merchant, "/bureau/cave-du-tilleul/")
    assert "a rendu une annonce retenue" in read(merchant, "/bureau/cave-du-tilleul/journal/")


def test_kept_it_stays_and_its_author_hears_nothing_of_who_told(
    delegate: Client, merchant: Client, client: Client, said: Announcement
) -> None:
    delegate.post(f"{REPORTS}{said.pk}/", {"decision": "garder", "why": "Ce n’est pas elle."})
    assert client.get(f"/annonces/{said.pk}/").status_code == 200
    assert "Rien à regarder." in read(delegate, REPORTS)
    page = read(delegate, f"{REPORTS}{said.pk}/")
    assert "gardée. Ce n’est pas elle." in page and "v@ailleurs.example" not in page
    seen = read(merchant, "/bureau/cave-du-tilleul/") + read(merchant, "/bureau/cave-du-tilleul/journal/")
    assert "C’est ma fille" not in seen and "v@ailleurs" not in seen


def test_a_decision_without_a_reason_is_none(delegate: Client, said: Announcement) -> None:
    page = words(delegate.post(f"{REPORTS}{said.pk}/", {"decision": "retenir", "why": " "}).content)
    assert "Il manque la raison" in page
    said.refresh_from_db()
    assert said.held_at is None


def test_an_unknown_decision_takes_nothing_down(delegate: Client, said: Announcement) -> None:
    delegate.post(f"{REPORTS}{said.pk}/", {"decision": "brûler", "why": WHY})
    said.refresh_from_db()
    assert said.held_at is None


def test_a_shop_decides_nothing(merchant: Client, village: Village, said: Announcement) -> None:
    for slug in ("enseignes-du-plateau", "cave-du-tilleul"):
        assert merchant.get(f"/bureau/{slug}/signalements/").status_code == 404
        assert merchant.post(f"/bureau/{slug}/signalements/{said.pk}/rendre/").status_code == 404


def test_reports_cost_the_same_for_any_number(delegate: Client, village: Village, said: Announcement) -> None:
    few, one = queries(delegate, REPORTS), queries(delegate, f"{REPORTS}{said.pk}/")
    for number in range(4):
        other = builders.announcement(village.florist, title=f"Annonce {number}")
        report(announcement=other, reason=Report.Reason.FALSE)
        report(announcement=said, reason=Report.Reason.FALSE, text=str(number))
    hold(announcement=other, why=WHY, keeper=village.association, by=BY)
    assert queries(delegate, REPORTS) == few <= 6
    assert queries(delegate, f"{REPORTS}{said.pk}/") == one <= 6
