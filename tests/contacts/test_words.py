import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.words import Node, Recognition, nodes, recognise, refuses_on
from parvis.core.words import fold

SLUGS = {node.slug for node in nodes()}
some_node = st.sampled_from(nodes())


@pytest.mark.parametrize(
    ("typed", "slugs", "unknown"),
    [
        ("vins rouges, whisky japonais; pas de macramé", ("vins-rouges", "whiskys-japonais"), ("pas de macramé",)),
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


@pytest.mark.parametrize(
    ("typed", "slugs", "refused", "unknown"),
    [
        ("pas de whisky", (), ("whiskys",), ()),
        ("sans whisky", (), ("whiskys",), ()),
        ("n’aime pas le whisky", (), ("whiskys",), ()),
        ("n'aime pas le whisky", (), ("whiskys",), ()),
        ("aucun whisky", (), ("whiskys",), ()),
        ("plus de whisky", (), ("whiskys",), ()),
        ("PLUS  D’ALCOOLS FORTS", (), ("spiritueux",), ()),
        ("le plus souvent whisky", ("whiskys",), (), ("plus souvent",)),
        ("fleurs, pas de rosé", ("fleurs",), ("vins-roses",), ()),
        ("n’aime pas : le rosé, la bière ; fleurs", ("fleurs",), ("vins-roses", "bieres"), ()),
        ("le rosé elle n’aime pas trop", (), ("vins-roses",), ()),
        ("pain sans gluten", ("pains",), (), ("sans gluten",)),
        ("pas de macramé", (), (), ("pas de macramé",)),
    ],
)
def test_what_a_negation_touches_is_refused_and_what_it_does_not_name_is_left_over(
    typed: str, slugs: tuple[str, ...], refused: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    assert recognise(typed) == Recognition(slugs, unknown, refused)


@pytest.mark.parametrize(
    ("clause", "on"),
    [
        ("n’aime pas le vin, la bière", True),
        ("sauf le vin, la bière", True),
        ("pas : vin, bière", True),
        ("pas de vin, bière", False),
        ("vin, bière", False),
    ],
)
def test_a_refusal_that_runs_past_a_comma_is_known(clause: str, on: bool) -> None:
    assert refuses_on(clause) is on


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


@given(some_node, st.sampled_from(["pas de ", "jamais de ", "aucun ", "n’aime pas ", "sauf ", "déteste ", "plus de "]))
def test_no_name_survives_a_negation_before_it(node: Node, no: str) -> None:
    assert recognise(no + node.name).slugs == ()
    assert node.slug in recognise(no + node.name).refused
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
