"""Rule 9 is read in the words: alcohol and children are marked whatever subject was ticked, and stay apart."""

import tomllib
import unicodedata
from typing import Any

import pytest

from parvis.announcements.actions import AlcoholNearChildren, Words, announce
from parvis.announcements.marks import DATA, marks
from parvis.announcements.models import Announcement
from parvis.announcements.rules import CHILDRENS, Kind
from parvis.contacts.words import nodes
from parvis.core.typography import no_break
from parvis.pages.forms_compose import SubjectForm
from tests import builders
from tests.builders import BY, shop

ALCOHOL = [
    "Whisky japonais",
    "WHISKY",
    "Le whisky japonais élu meilleur du monde",
    "Un saké rare",
    "Rosé de Provence",
    "Le Sancerre est là",
    "Bordeaux 2019 : 12 € la bouteille",
    "Le beaujolais nouveau arrive",
    "Marché de Noël, vin chaud",
    "Cours d’œnologie",
    "Rencontre avec le vigneron",
    "Domaine de la famille Dupont : trois cuvées",
    "Mojito maison",
    "Un verre de champagne offert pour deux bouquets",
    "Venez goûter notre cidre",
    # A negation that refuses nothing.
    "Ne manquez pas le whisky",
    "N’oubliez pas : dégustation de vins samedi",
    "Sans réservation : dégustation de vins",
    "Sans doute le meilleur whisky du monde",
    "Ni plus ni moins que le meilleur rhum",
    "On n’a jamais bu pareil porto",
    # Only a part of it is without alcohol.
    "Dégustation de vins, et un cocktail sans alcool pour qui conduit",
    "Remise de 10 % sur le whisky",
    "Whisky à 40 %",
    "Bière à 5,0 %",
    "Ni bière ni cidre, mais du vin",
    "Whisky 0 % de remise",
    # Drinks, measures and appellations that are no subject of the list.
    "Une pinte de Guinness offerte samedi",
    "Sangria maison pour tous",
    "Muscat à goûter",
    "Pineau des Charentes",
    "Un mezcal",
    "Apéro vendredi",
    "L’apéritif est offert",
    "Un digestif pour finir",
    "Vieille eau‑de‑vie",
    "Une piña colada",
    "Caïpirinha maison",
    "Un verre de blanc",
    "Bulles et huîtres",
    "Punch planteur",
    "Chouchen de Bretagne",
    "Un Cahors avec le magret",
    "Le Pommard 2019",
    "Côte‑Rôtie",
    "Saint-Joseph et Crozes",
    "Chartreuse verte",
    "Week-end à Cahors, avec un Madiran",
    "L’abus d’alcool est dangereux pour la santé",
]

NO_ALCOHOL = [
    "Les dahlias sont là",
    "Jus de pomme du verger",
    "Bière sans alcool",
    "Cocktails sans alcool pour tous",
    "Gin 0,0 %",
    "Gin à 0 %",
    "Bière non alcoolisée",
    "Vin désalcoolisé",
    "Pas d’alcool ce soir",
    "Ni vin ni bière : du jus de raisin",
    "Un punch… au sens du sport",
    "Week-end à Cahors",
    "Rue de Pommard",
    "À l’école Saint-Joseph",
    "Cyrano de Bergerac",
    "Robe chartreuse",
    "Randonnée en Chartreuse",
    "Raisin muscat",
    "Biscuits apéritifs",
    "Plateau pour l’apéro",
    "Apéro sans alcool",
    "Pour le confort digestif",
    "Un rouleau de scotch",
    "Un kilo et demi de tomates",
    "Mousse au chocolat",
    "Bulles de savon",
    "Yaourt à 0 % de matière grasse",
    "Cassis du jardin",
    "Goûter de saison",
    "Roses anciennes",
    "Vinaigre de cidre artisanal",
    "Baba au rhum du dimanche",
    "Coq au vin à emporter",
    "Escargots de Bourgogne",
    "Pull bordeaux",
    "Les châteaux de la Loire en photos",
    "La Brassée vous attend",
    "Thé vert du Japon",
]

CHILDREN = [
    "Atelier pour les enfants",
    "Goûter d’anniversaire pour les petits",
    "Pour les petits, et leurs parents",
    "Pour petits et grands",
    "Poterie dès 6 ans",
    "Poterie à partir de 6 ans",
    "Poterie dès l’âge de 17 ans",
    "Stage pour les 6-12 ans",
    "Stage de 8 à 12 ans",
    "Gratuit pour les moins de 12 ans",
    "Spectacle jeune public",
    "Bébés lecteurs",
    "Un cours pour ados",
    "Les écoliers de Mandres exposent",
]

NO_CHILDREN = [
    "Les dahlias sont là",
    "Poterie dès 18 ans",
    "Réservé aux adultes",
    "Dégustation interdite aux moins de 18 ans",
    "Pas pour les enfants",
    "Sans enfants, pour une fois",
    "Interdit aux enfants",
    "À tenir hors de portée des enfants",
    "Les petits prix de janvier",
    "Pour les petits budgets",
    "Petits fours et petits vins",
    "Venez goûter nos fromages",
    "Un repas en famille",
    "Fleuriste depuis 30 ans",
    "Dès 10 ans d’âge, il change",
    "Un whisky de 10 à 12 ans",
    "À garder de 5 à 10 ans",
    "Vieilli de 3 à 5 ans en fût",
]


@pytest.mark.parametrize("sentence", ALCOHOL)
def test_words_that_name_alcohol_are_heard(sentence: str) -> None:
    assert marks(sentence).alcohol
    assert marks(no_break(sentence)).alcohol
    assert marks(sentence.upper()).alcohol


@pytest.mark.parametrize("sentence", NO_ALCOHOL)
def test_words_that_name_no_alcohol_are_left_alone(sentence: str) -> None:
    assert marks(sentence).alcohol == marks(no_break(sentence)).alcohol == ""


@pytest.mark.parametrize("sentence", CHILDREN)
def test_words_that_call_children_are_heard(sentence: str) -> None:
    assert marks(sentence).children
    assert marks(no_break(sentence)).children
    assert marks(sentence.upper()).children


@pytest.mark.parametrize("sentence", NO_CHILDREN)
def test_words_that_call_no_child_are_left_alone(sentence: str) -> None:
    assert marks(sentence).children == marks(no_break(sentence)).children == ""


@pytest.mark.parametrize("kind", ["drinks", "appellations"])
def test_every_word_of_the_data_file_is_heard_without_its_accents_too(kind: str) -> None:
    for name in tomllib.loads(DATA.read_text(encoding="utf-8"))[kind]:
        bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
        for written in (name, bare, name.replace(" ", "-"), f"{name}s"):
            assert marks(f"Samedi : {written} !").alcohol, written


@pytest.mark.parametrize("node", [node for node in nodes() if node.alcohol], ids=lambda node: node.slug)
def test_every_alcohol_of_the_list_is_heard_by_its_name(node: Any) -> None:
    assert marks(node.name).alcohol == node.name.lower()


def test_every_subject_of_children_is_in_the_list_and_holds_no_alcohol() -> None:
    known = {node.slug: node for node in nodes()}
    assert known.keys() >= CHILDRENS
    assert not any(known[slug].alcohol for slug in CHILDRENS)


def say(*interests: str, **words: Any) -> Announcement:
    stated: dict[str, Any] = {"kind": Kind.NEWS, "title": "Les dahlias sont là"}
    subjects = [builders.interest(slug) for slug in interests or ("fleurs",)]
    return announce(organisation=shop(), words=Words(**(stated | words)), interests=subjects, by=BY)


@pytest.mark.django_db
@pytest.mark.parametrize("words", [{"title": "Whisky japonais"}, {"text": "Avec un saké."}, {"price": "vin compris"}])
def test_a_whisky_filed_under_japan_is_alcohols_all_the_same(words: dict[str, str]) -> None:
    assert say("japon", **words).alcohol


@pytest.mark.django_db
def test_the_author_cannot_take_a_mark_away() -> None:
    said = say("japon", title="Whisky japonais", alcohol=False, children=False)
    assert (said.alcohol, said.children) == (True, False)
    said = say("ateliers-floraux", title="Couronnes dès 6 ans", alcohol=False, children=False)
    assert (said.alcohol, said.children) == (False, True)
    assert say("ateliers-enfants", children=False).children
    assert not say("jeux-de-societe").children


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("interests", "words", "read"),
    [
        (["fromages"], {"title": "Vin chaud et atelier pour enfants"}, "« vins » et « enfants »"),
        (["vins"], {"text": "Un coin poterie dès 6 ans."}, "« dès 6 ans »"),
        (["ateliers-enfants"], {"text": "Un verre de cidre pour les parents."}, "« cidres et poirés »"),
        (["fleurs"], {"title": "Un saké", "children": True}, "« sakés »"),
    ],
)
def test_alcohol_beside_children_is_refused_and_the_refusal_names_the_words(
    interests: list[str], words: dict[str, Any], read: str
) -> None:
    with pytest.raises(AlcoholNearChildren) as refusal:
        say(*interests, **words)
    assert refusal.value.field == "children"
    assert refusal.value.sentence.replace("\u00a0", " ").endswith(f"Ce qui le dit : {read}.")
    assert not Announcement.objects.exists()


@pytest.mark.django_db
def test_what_the_author_ticked_needs_no_explaining() -> None:
    with pytest.raises(AlcoholNearChildren) as refusal:
        say("vins", children=True)
    assert "Ce qui le dit" not in refusal.value.sentence


@pytest.mark.django_db
@pytest.mark.parametrize(("ticked", "alcohol"), [("on", True), ("", False)])
def test_the_check_box_adds_alcohol_and_takes_none_away(ticked: str, alcohol: bool) -> None:
    form = SubjectForm({"interests": [builders.interest("fleurs").pk], "alcohol": ticked})
    assert form.is_valid(), form.errors
    words = Words(kind=Kind.NEWS, title="Samedi, on trinque", alcohol=form.cleaned_data["alcohol"])
    assert words.alcohol is alcohol
    assert announce(organisation=shop(), words=words, interests=[builders.interest()], by=BY).alcohol is alcohol
    assert announce(organisation=shop(), words=words, interests=[builders.interest("vins")], by=BY).alcohol
