import pytest

from parvis.territory.rules import of_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mayotte", "de Mayotte"),
        ("Étampois", "d’Étampois"),
        ("Le Vexin", "du Vexin"),
        ("Les Coteaux", "des Coteaux"),
        ("La Brie", "de la Brie"),
        ("L’Orangeraie", "de l’Orangeraie"),
        ("Pays d’Auge", "du Pays d’Auge"),
        ("Val de Saire", "du Val de Saire"),
        ("Île de Ré", "de l’Île de Ré"),
        ("Vallée de l’Yerres", "de la Vallée de l’Yerres"),
        ("Val", "de Val"),
    ],
)
def test_a_name_after_de(name: str, expected: str) -> None:
    assert of_name(name) == expected
