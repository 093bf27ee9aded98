import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.sirene.casing import title, words


@pytest.mark.parametrize(
    ("register", "written"),
    [
        ("AU BON PAIN DE L ETANG", "Au Bon Pain de l’Étang"),
        ("PAPILLON D'OR", "Papillon d’Or"),
        ("L'YLANG BEAUTE", "L’Ylang Beauté"),
        ("LE COMPTOIR D ANNA", "Le Comptoir d’Anna"),
        ("LES P'TITS PAINS", "Les P’tits Pains"),
        ("SARL LE FOURNIL DES SOURCES", "SARL Le Fournil des Sources"),
        ("MANDRES-LES-ROSES", "Mandres-les-Roses"),
        ("VARENNES-JARCY", "Varennes-Jarcy"),
        ("S.E.V FILS", "S.E.V Fils"),
        ("R3C TECHNOLOGY", "R3C Technology"),
        ("BTP ET FILS", "BTP et Fils"),
        ("SPEED-PC", "Speed-PC"),
        ("JUSTE A COTE", "Juste à Côté"),
        ("VITAMINE A", "Vitamine A"),
        ("L'ONGLERIE A DOMICILE", "L’Onglerie à Domicile"),
        ("X L COIFFURE", "X L Coiffure"),
        ("L A COIFFURE", "L A Coiffure"),
        ("LA TABLE DU MARCHE", "La Table du Marché"),
        ("MARCHE OU REVE", "Marche ou Rêve"),
        ("COEUR DE FLEURS", "Cœur de Fleurs"),
        ("LA BRASSÉE", "La Brassée"),
        ("La brassée d’Anna", "La brassée d’Anna"),
        ("3EME TRANCHE", "3e Tranche"),
        ("CAVE  DU   TILLEUL", "Cave du Tilleul"),
        ("100.000 CHAUSSURES", "100.000 Chaussures"),
        ("DUPONT & FILS", "Dupont & Fils"),
        ("", ""),
    ],
)
def test_capitals_become_french(register: str, written: str) -> None:
    assert title(register) == written


def test_inside_a_sentence_the_first_word_may_be_a_particle() -> None:
    assert title("DU COMMERCE", inside=True) == "du Commerce"
    assert title("GRANDE", inside=True) == "Grande"


capitals = st.text(alphabet="ABCDEHILMNOQRSTUZÉ '’-.&()0123456789", max_size=40)


@given(capitals)
def test_no_word_is_lost_or_invented(text: str) -> None:
    assert "".join(sorted(words(title(text)))) == "".join(sorted(words(title(title(text)))))
    assert len(title(text)) <= len(text) + 1


@given(capitals)
def test_what_is_written_stays_as_it_is(text: str) -> None:
    written = title(text)
    if any(letter.islower() for letter in written):
        assert title(written) == written
