"""French words as one compares them: pure text in, text out."""

import unicodedata


def fold(word: str) -> str:
    """One word without case, accents, ligatures or plural: « Gâteaux » and « gateau » are the same."""
    return singular(plain(word))


def plain(text: str) -> str:
    """Lower case, without accents or ligatures: « Le Cœur d’Été » gives « le coeur d’ete »."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def singular(word: str) -> str:
    """By its ending only: « chevaux » gives « cheval », « gâteaux » « gâteau », « prix » « pri », alike everywhere."""
    if word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
