"""A shop's name in the house's display letters, as outlines: a picture needs no font to be drawn."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import typst

from parvis import core

from .paper import Sheet

_FONTS = Path(core.__file__).parent / "static" / "core" / "fonts" / "print"
_LINE = b"""#set page(width: auto, height: auto, margin: 0pt)
#text(font: "Parvis Display", size: 100pt, tracking: -1pt, hyphenate: false, sys.inputs.name)"""
_USED = re.compile(r'<use xlink:href="#(\w+)" x="([\d.-]+)"')
_DRAWN = re.compile(r'<symbol id="(\w+)"[^>]*><path d="([^"]+)"')
_STEP = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")
CAPITAL = 66.0  # the height of a capital, at size 100


class Letter(NamedTuple):
    left: float
    steps: tuple[tuple[str, tuple[float, ...]], ...]


@lru_cache(maxsize=128)
def letters(text: str) -> tuple[tuple[Letter, ...], float]:
    """The letters of a line at size 100, y upwards from the line they stand on, and the whole width."""
    svg = typst.compile(_LINE, format="svg", font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"name": text})
    page = svg.decode()
    drawn = {name: _steps(path) for name, path in _DRAWN.findall(page)}
    width = float(page.split('width="')[1].split("pt")[0])
    return tuple(Letter(float(x), drawn[name]) for name, x in _USED.findall(page) if name in drawn), width


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])


def _steps(path: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    return tuple((letter, tuple(map(float, numbers.split()))) for letter, numbers in _STEP.findall(path))


def _outline(letter: Letter, at: complex, scale: float) -> str:
    """The letter's path: the typesetter writes it in relative steps, so that only its start is moved."""
    path = []
    for command, numbers in letter.steps:
        if command == "M":
            where = at + letter.left * scale
            path.append(f"M{where.real:.1f} {where.imag:.1f}")
        elif command == "v":
            path.append(f"v{-numbers[0] * scale:.2f}")
        else:
            signs = (1,) if command == "h" else (1, -1)
            path.append(command + " ".join(f"{n * scale * signs[i % len(signs)]:.2f}" for i, n in enumerate(numbers)))
    return "".join(path)


def write(sheet: Sheet, text: str, box: tuple[complex, float, float], colour: str, lift: float = 0.4) -> None:
    """Cut letters, as large as fits. `box`: its middle, its width, the height of a capital at most."""
    middle, wide, high = box
    drawn, width = letters(text)
    scale = min(wide / width, high / CAPITAL)
    left = middle - width * scale / 2 + CAPITAL * scale / 2 * 1j
    for letter in drawn:
        sheet.lay(_outline(letter, left + complex(0, sheet.about(0, scale)), scale), colour, lift)
