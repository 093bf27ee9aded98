"""What a shop reads of its window before it changes it: each question, its answer as a passer-by has it, or what its
absence does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from parvis.accounts.actions import describe_organisation
from parvis.accounts.models import Organisation
from parvis.core import clock, typography
from parvis.core.actors import Actor
from parvis.core.errors import Refused
from parvis.core.speech import mark, say
from parvis.directory.hours import Stretch
from parvis.directory.models import ShopWindow
from parvis.directory.shopfronts import stretches_of
from parvis.directory.windows import change_window, set_hours, set_special_day
from parvis.photos.models import Photo

from .forms_window import AboutForm, ComeForm, HoursForm, NeedsForm, OldSitesForm, PublisherForm, SpecialDayForm
from .legal import notice_of
from .window import Window, told

HOURS, DAYS, WORDS, PICTURE, COME, NEEDS, OLD_SITES, PUBLISHER = STEPS = (
    "horaires",
    "jours",
    "mots",
    "photo",
    "venir",
    "cherche",
    "anciens-sites",
    "mentions",
)
# An association has no hours of a shop, and nobody comes there for bread.
OF_SHOPS = {HOURS, DAYS, NEEDS}

FORMS: dict[str, type[forms.Form]] = {
    HOURS: HoursForm,
    DAYS: SpecialDayForm,
    WORDS: AboutForm,
    COME: ComeForm,
    NEEDS: NeedsForm,
    OLD_SITES: OldSitesForm,
    PUBLISHER: PublisherForm,
}

_NAMES = {
    HOURS: mark("Les horaires de la semaine"),
    DAYS: mark("Les jours particuliers et les congés"),
    WORDS: mark("Votre présentation"),
    PICTURE: mark("Votre photo"),
    COME: mark("Venir et vous joindre"),
    NEEDS: mark("Ce que l’on cherche chez vous"),
    OLD_SITES: mark("Vos anciens sites"),
    PUBLISHER: mark("Ce que la loi demande"),
}

QUESTIONS = {
    HOURS: (
        mark("Quand êtes-vous ouvert ?"),
        mark(
            "Une semaine ordinaire. Une nuit s’écrit le soir où elle commence : de 19:00 à 01:00. "
            "« Recopier » met les heures d’un jour sur tous ceux qui ne sont pas fermés."
        ),
    ),
    DAYS: (
        mark("Quel jour n’est pas comme les autres ?"),
        mark("Un jour férié, un inventaire, des congés : ce que vous dites ici passe avant la semaine ordinaire."),
    ),
    WORDS: (
        mark("Que diriez-vous de vous ?"),
        mark("Deux ou trois phrases, comme à quelqu’un qui pousse la porte pour la première fois."),
    ),
    PICTURE: (
        mark("Votre photo"),
        mark("Votre devanture, vos mains au travail : c’est elle que l’on voit d’abord."),
    ),
    COME: (mark("Comment vient-on chez vous ?"), mark("Ce qui est laissé vide ne se lit pas sur votre page.")),
    NEEDS: (
        mark("Que vient-on chercher chez vous ?"),
        mark("La recherche comprend ces mots, et vous trouve quand on les tape."),
    ),
    OLD_SITES: (mark("D’anciens sites parlent-ils encore de vous ?"), mark("Ceux que vous ne tenez plus.")),
    PUBLISHER: (
        mark("Qui tient cette page ?"),
        mark("La loi demande de l’écrire sur votre page : c’est au bas, sous « Toutes les mentions »."),
    ),
}

_MISSING = {
    HOURS: mark("Pas encore dits. Personne ne sait quand pousser la porte."),
    DAYS: mark("Aucun à venir. Un jour férié, votre page écrit « téléphonez avant de venir »."),
    WORDS: mark("Pas encore écrite. Deux ou trois phrases disent pourquoi l’on entre chez vous."),
    PICTURE: mark("Pas encore de photo. Votre nom prend toute la place, comme une affiche."),
    COME: mark("Ni adresse ni téléphone : on ne sait pas où vous trouver."),
    NEEDS: mark("Pas encore dit. La recherche ne vous connaît que par votre nom et votre métier."),
    OLD_SITES: mark("Aucun. S’il en circule un que vous ne tenez plus, dites-le ici."),
}
# Without these the window stands: nothing is asked of whoever has none.
_SPARED = {DAYS, OLD_SITES}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question. `lines`: as the window reads now; `missing`: what their absence does, "" where nothing misses.
    `theirs`: the shop's own words."""

    step: str
    name: str
    lines: Sequence[str]
    missing: str
    wanting: bool
    theirs: bool = False
    photo: Photo | None = None


def steps_of(shop: Organisation) -> list[str]:
    return [step for step in STEPS if shop.is_shop or step not in OF_SHOPS]


def answers(shop: Organisation, window: Window, kept: ShopWindow) -> list[Answer]:
    """In the order of the page."""
    lines: dict[str, list[str]] = {
        HOURS: [window.week] if window.week else [],
        DAYS: [told(stretch) for stretch in coming(kept)],
        WORDS: [f"«\u00a0{window.about}\u00a0»"] if window.about else [],
        PICTURE: [window.cover.credit] if window.cover else [],
        COME: _come(shop, window),
        NEEDS: [kept.needs] if kept.needs else [],
        OLD_SITES: list(window.old_sites),
        PUBLISHER: [value for value in (shop.legal_name, shop.registration, shop.director) if value],
    }
    return [
        Answer(
            step=step,
            name=say(_NAMES[step]),
            lines=lines[step],
            missing=missing,
            wanting=bool(missing) and step not in _SPARED,
            theirs=step in {WORDS, NEEDS, OLD_SITES},
            photo=window.cover if step == PICTURE else None,
        )
        for step in steps_of(shop)
        for missing in [_missing(step, shop, lines[step])]
    ]


def _come(shop: Organisation, window: Window) -> list[str]:
    address = f"{shop.address}, {shop.commune.name}" if shop.address else ""
    return [line for line in (address, window.access, typography.phone(shop.phone), shop.email) if line]


def _missing(step: str, shop: Organisation, lines: Sequence[str]) -> str:
    if step == PUBLISHER:
        return _unsaid(shop)
    if step == COME and lines and not (shop.address and shop.phone):
        return say("Il manque votre téléphone.") if shop.address else say("Il manque votre adresse.")
    return "" if lines else say(_MISSING[step])


def _unsaid(shop: Organisation) -> str:
    """Of the notice, what is the shop's to give; the host's lines are not."""
    own = {"publisher", "registration", "publication_director"}
    names = [one.label for one in notice_of(shop) if one.key in own and not one.value]
    return say("La loi les demande, et il manque\u00a0: {names}.", names=", ".join(names).lower()) if names else ""


def coming(kept: ShopWindow) -> list[Stretch]:
    return stretches_of(kept, clock.today()) if kept.pk else []


def kept_of(shop: Organisation) -> ShopWindow:
    return ShopWindow.objects.filter(organisation=shop).select_related("cover").first() or ShopWindow()


def initial(step: str, shop: Organisation, window: Window, kept: ShopWindow) -> dict[str, Any]:
    """What the form of a question shows before anything is typed."""
    shown: dict[str, dict[str, Any]] = {
        HOURS: HoursForm.of(window.hours.week),
        WORDS: {"about": kept.about},
        COME: ComeForm.of(shop, kept.access),
        NEEDS: {"needs": kept.needs},
        OLD_SITES: {"old_sites": kept.old_sites},
        PUBLISHER: {name: getattr(shop, name) for name in ("legal_name", "registration", "director")},
    }
    return shown.get(step, {})


def save(step: str, shop: Organisation, form: forms.Form, by: Actor) -> None:
    """What was typed; a refusal is told at its field, and the form is then no longer valid."""
    try:
        _save(step, shop, form, by)
    except Refused as refusal:
        if not refusal.field:
            raise
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def _save(step: str, shop: Organisation, form: forms.Form, by: Actor) -> None:
    data = form.cleaned_data
    if isinstance(form, HoursForm):
        set_hours(organisation=shop, week=form.week, by=by)
    elif isinstance(form, SpecialDayForm):
        day = {name: data[name] for name in ("day", "last", "note")}
        set_special_day(organisation=shop, openings=form.openings, by=by, **day)
    elif step == COME:
        change_window(organisation=shop, access=data.pop("access"), by=by)
        describe_organisation(organisation=shop, by=by, **data)
    elif step == PUBLISHER:
        describe_organisation(organisation=shop, by=by, **data)
    elif step == OLD_SITES:
        change_window(organisation=shop, old_sites=[data["old_sites"]], by=by)
    else:
        change_window(organisation=shop, by=by, **data)
