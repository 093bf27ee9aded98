"""Refusals: an action that may not be done says so in a sentence for the person who asked."""

from .speech import mark


class Refused(Exception):
    """Raised by actions. `sentence` is French, complete, and says what to do next. `field` names the action's
    argument that it is about, so that a form can say it there; "" for the whole. A sentence without values is marked,
    and said by whoever shows it."""

    status = 409
    sentence = mark("Ce n’est pas possible.")

    def __init__(self, sentence: str | None = None, *, field: str = "") -> None:
        self.sentence = sentence or self.sentence
        self.field = field
        super().__init__(self.sentence)


class Elsewhere(Exception):
    """No refusal: what was asked is read at another address, where the middleware leads."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(url)


class NotAllowed(Refused):
    status = 403
    sentence = mark("Vous n’avez pas ce droit ici. Demandez-le à la personne qui vous a donné l’accès.")


class BadInput(Refused):
    status = 400
    sentence = mark("La saisie ne peut pas être lue.")
