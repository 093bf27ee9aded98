"""Codes that are printed, read by a person and typed by another, such as « 7K2F-4MXR ». Pure Python."""

import unicodedata
from random import Random

from parvis.core.speech import say

# One of each family that looks alike in small print or by hand (0 O D Q C, 1 I L, 2 Z, 4 A, 5 S, 6 G, 8 B 3 E, U V),
# and no vowel, so that no word can appear. Nineteen is prime: the check below needs it.
ALPHABET = "234679CFHJKMNPRTVWX"
DRAWN = 7  # 19 ** 7: 893,871,739 codes
LENGTH = DRAWN + 1  # the last one checks
EXAMPLE = "7K2F-4MXR"
_WEIGHTS = range(LENGTH, 0, -1)


class UnreadableCode(ValueError):
    """Its text is the sentence for whoever typed the code."""


def make_code(random: Random) -> str:
    """A canonical code, as it is printed. `random`: `SystemRandom`, but for tests."""
    drawn = "".join(random.choice(ALPHABET) for _ in range(DRAWN))
    check = ALPHABET[-_weigh(drawn) % len(ALPHABET)]
    return _printed(drawn + check)


def read_code(text: str) -> str:
    """The canonical code of what someone typed, in any case, with dashes, spaces or none.

    One wrong character, or two that changed places wherever they are, never give a code: the weights differ from
    one another and are smaller than the prime. Raises UnreadableCode with the sentence.
    """
    typed = [c for c in unicodedata.normalize("NFKC", text).upper() if not _separates(c)]
    if not typed:
        raise UnreadableCode(
            say(
                "Ce code ne se lit pas\u00a0: il est vide. Recopiez celui du papier, par exemple {example}.",
                example=EXAMPLE,
            )
        )
    if stranger := next((c for c in typed if c not in ALPHABET), None):
        raise UnreadableCode(_strange(stranger))
    if len(typed) != LENGTH:
        raise UnreadableCode(_of_another_length(len(typed)))
    code = "".join(typed)
    if _weigh(code) % len(ALPHABET):
        raise UnreadableCode(
            say(
                "Ce code ne se lit pas\u00a0: une lettre ou un chiffre n’est pas le bon, ou deux ont changé de place. "
                "Comparez-le au papier, signe par signe."
            )
        )
    return _printed(code)


def _strange(character: str) -> str:
    if not character.isalnum():
        return say(
            "Ce code ne se lit pas\u00a0: il y a un signe de trop. Relisez le papier, par exemple {example}.",
            example=EXAMPLE,
        )
    return say(
        "Ce code ne se lit pas\u00a0: «\u00a0{character}\u00a0» n’est dans aucun code. "
        "Relisez le papier, par exemple {example}.",
        character=character,
        example=EXAMPLE,
    )


def _of_another_length(length: int) -> str:
    if length == 1:
        return say(
            "Ce code ne se lit pas\u00a0: une seule lettre au lieu de {length}. "
            "Relisez le papier, par exemple {example}.",
            length=LENGTH,
            example=EXAMPLE,
        )
    return say(
        "Ce code ne se lit pas\u00a0: {typed} lettres et chiffres au lieu de {length}. "
        "Relisez le papier, par exemple {example}.",
        typed=length,
        length=LENGTH,
        example=EXAMPLE,
    )


def _weigh(characters: str) -> int:
    return sum(weight * ALPHABET.index(c) for weight, c in zip(_WEIGHTS, characters, strict=False))


def _printed(characters: str) -> str:
    return f"{characters[: LENGTH // 2]}-{characters[LENGTH // 2 :]}"


def _separates(character: str) -> bool:
    """Spaces, every dash, and the invisible marks that a copied text carries along."""
    return character.isspace() or character in "−_." or unicodedata.category(character) in {"Pd", "Cf"}
