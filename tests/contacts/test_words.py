import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.words import Node, Recognition, nodes, recognise
from parvis.core.words import fold

SLUGS = {node.slug for node in nodes()}
some_node = st.sampled_from(nodes())


@pytest.mark.parametrize(
    ("typed", "slugs", "unknown"),
    [
        ("vins rouges, whisky japonais; pas de rosé", ("vins-rouges", "whiskys-japonais"), ("pas de rosé",)),
        ("WHISKY", ("whiskys",), ()),
        ("Whiskies du Japon / saké", ("whiskys-japonais", "sakes"), ()),
        ("whisky, Japon", ("whiskys", "japon"), ()),
        ("thé vert japonais", ("thes-japonais",), ()),
        ("les gâteaux et le chocolat", ("patisseries", "chocolats"), ()),
        ("Cours d’œnologie", ("cours-d-oenologie",), ()),
        ("bijou, bijoux, journal, journaux", ("bijoux", "papeterie"), ()),
        ("accords mets et vins", ("accords-mets-et-vins",), ()),
        ("vins rouges du Jura", ("vins-rouges",), ("Jura",)),
        ("trompette ; pain ; orgue de barbarie", ("pains",), ("trompette", "orgue de barbarie")),
        ("", (), ()),
    ],
)
def test_free_words_are_recognised(typed: str, slugs: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    assert recognise(typed) == Recognition(slugs, unknown)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("n’aime pas : le rosé, la bière", ()),
        ("n'aime pas le vin, la bière, le gin", ()),
        ("vins sauf rosé, champagne", ("vins",)),
        ("rosé : non", ()),
        ("le rosé, elle n’aime pas trop", ("vins-roses",)),
        ("le rosé elle n’aime pas trop", ()),
        ("ni vin ni bière", ()),
        ("pas de rosé, whisky", ("whiskys",)),
        ("pas de rosé mais du champagne", ("champagnes-et-bulles",)),
        ("n’aime pas le vin. Adore les fleurs", ("fleurs",)),
        ("pain sans gluten", ("pains",)),
        ("jamais d’alcools forts", ()),
    ],
)
def test_a_refused_word_is_not_taken_for_a_like(typed: str, slugs: tuple[str, ...]) -> None:
    assert recognise(typed).slugs == slugs


@pytest.mark.parametrize("typed", ["bière sans alcool", "bière (sans alcool)", "Bière non-alcoolisée", "bière 0 %"])
def test_a_drink_without_alcohol_is_not_taken_for_alcohol(typed: str) -> None:
    assert recognise(typed).slugs == ("boissons-sans-alcool",)


def test_accents_decide_where_they_change_the_word() -> None:
    assert recognise("rosé").slugs == ("vins-roses",)
    assert recognise("roses, rose") == Recognition((), ("roses", "rose"))
    assert recognise("bouquets de roses").slugs == ("fleurs",)
    assert recognise("le marché, la marche à pied").slugs == ("marches", "randonnee")
    assert recognise(unicodedata.normalize("NFD", "rosé")).slugs == ("vins-roses",)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "casher",
            "halal",
            "catholique",
            "ramadan",
            "syndicat",
            "de gauche",
            "enceinte",
            "diabétique",
            "gay",
        ),
        *("japonaise", "cliente portugaise", "famille italienne d’origine", "sans gluten", "en fauteuil"),
    ],
)
def test_what_must_not_be_kept_of_a_person_finds_no_interest_of_its_own(typed: str) -> None:
    assert set(recognise(typed).slugs) <= {"enfants-et-famille"}


@given(some_node)
def test_a_name_finds_its_own_node_and_nothing_else(node: Node) -> None:
    for typed in (node.name, node.name.upper(), *node.words, *node.exact):
        assert recognise(typed) == Recognition((node.slug,), ())


@given(st.lists(some_node, min_size=1, max_size=4))
def test_names_in_a_list_are_each_found_in_order(picked: list[Node]) -> None:
    typed = "; ".join(node.name for node in picked)
    assert recognise(typed).slugs == tuple(dict.fromkeys(node.slug for node in picked))


@given(some_node, st.sampled_from(["pas de ", "jamais de ", "aucun ", "n’aime pas ", "sauf ", "déteste "]))
def test_no_name_survives_a_negation_before_it(node: Node, no: str) -> None:
    assert recognise(no + node.name).slugs == ()
    assert recognise(no + node.name, refusing=True) == Recognition((node.slug,), ())


@given(st.text(max_size=60))
def test_any_text_gives_known_slugs_and_words_that_were_typed(typed: str) -> None:
    found = recognise(typed)
    assert set(found.slugs) <= SLUGS
    assert all(word in unicodedata.normalize("NFC", typed) for word in found.unknown)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Gâteaux", "gateau"), ("ŒUFS", "oeuf"), ("journaux", "Journal"), ("thés", "the"), ("ÉTÉ", "ete")],
)
def test_plurals_and_ligatures_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)
