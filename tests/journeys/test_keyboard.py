"""With the keyboard alone: a resident joins and says what pleases, a shopkeeper says something. At each step of the Tab
key, one sees where one is."""

import pytest
from playwright.sync_api import Browser

from .site import Site
from .test_resident import reads_the_code
from .visitor import Visitor, visiting

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

MOST = 150  # steps to anything
# What the focus is on, as a reader is told it; and what is wrong with how it is seen, if anything is.
NAME = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : one.getAttribute("aria-label");
  const text = label || one.innerText;
  return (text || "").replace(/\\s+/g, " ").trim();
}"""
UNSEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const drawn = [one, one.nextElementSibling, ...(one.labels || [])].filter(Boolean);
  const ringed = drawn.find((part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
  });
  if (!ringed) return "no ring on " + one.outerHTML.slice(0, 120);
  const box = ringed.getBoundingClientRect();
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  if (!top) return "out of the screen: " + one.outerHTML.slice(0, 120);
  const near = [ringed, ...(one.labels || [])].some((part) => part.contains(top) || top.contains(part));
  return near ? "" : "hidden by " + top.outerHTML.slice(0, 80) + ": " + one.outerHTML.slice(0, 80);
}"""


class Keyboard:
    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def reaches(self, name: str, *, inside: str = "") -> None:
        """Tab until what has the focus begins by these words; `inside`: the group that holds it."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            if unseen := self.page.evaluate(UNSEEN):
                self.visitor.wrong.append(unseen)
            if self._on(name, inside):
                return
        raise AssertionError(f"{name} is not reached")

    def _on(self, name: str, inside: str) -> bool:
        if not self.page.evaluate(NAME).startswith(name):
            return False
        holds = "group => group.contains(document.activeElement)"
        return not inside or bool(self.page.get_by_role("group", name=inside).evaluate(holds))

    def types(self, field: str, text: str) -> None:
        self.reaches(field)
        self.page.keyboard.type(text)

    def presses(self, name: str, key: str = "Enter") -> None:
        self.reaches(name)
        self.page.keyboard.press(key)

    def turns_to(self, choice: str, key: str) -> None:
        """With the arrows, among the radios of which one has the focus."""
        for _ in range(10):
            if self.page.evaluate(NAME).startswith(choice):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{choice} is not among them")


def test_a_resident_joins_and_says_what_pleases_with_the_keyboard(chromium: Browser, site: Site) -> None:
    address = "au-clavier@courriel.example"
    with visiting(chromium, site, "un-habitant-au-clavier", size=(1280, 800)) as marie:
        keys = Keyboard(marie)
        marie.open("/r/la-brassee/")
        keys.types("Votre courriel", address)
        first = marie.page.locator(".pick").first.inner_text()
        keys.presses(first, "Space")
        keys.presses("J’accepte de recevoir", "Space")
        keys.presses("Recevoir mon code")
        marie.reads("code")
        code = reads_the_code(marie, address)
        marie.page.bring_to_front()
        keys.types("Le code reçu", code)
        marie.page.keyboard.press("Enter")
        marie.reads("La Brassée peut vous écrire.")
        keys.presses("Voir mes envies")
        marie.page.wait_for_url("**/moi/**")
        marie.reads("Boire et manger")
        keys.presses("Boire et manger")
        keys.reaches("", inside="Fruits et légumes")
        keys.turns_to("Oui", "ArrowLeft")
        marie.page.locator("#phrase").get_by_text("les fruits et légumes").wait_for()


def test_a_shopkeeper_says_something_with_the_keyboard(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site, "dire-au-clavier", size=(1280, 800)) as samira:
        keys = Keyboard(samira)
        samira.page.goto(samira.site.links["Samira"])
        keys.presses("Entrer")
        samira.reads("Bonjour Samira Belkadi")
        samira.open("/bureau/le-fournil-des-sources/dire/")
        keys.presses("Commencer")
        samira.reads("Une photo")
        keys.presses("Continuer")
        samira.reads("Qu’avez-vous de nouveau")
        keys.types("En une phrase", "La fournée de seigle sort à seize heures")
        keys.presses("Une nouveauté", "Space")
        keys.presses("Continuer")
        samira.reads("Jusqu’à quand")
        keys.presses("Continuer")
        samira.page.wait_for_url("**/pour-qui/")
        keys.reaches("", inside="Vos sujets habituels")
        samira.page.keyboard.press("Space")
        keys.presses("Continuer")
        samira.page.wait_for_url("**/relire/")
        samira.reads("Relisez")
        keys.presses("Le dire")
        samira.page.get_by_text("C’est dit.").wait_for()
