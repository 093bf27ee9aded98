"""Sheets of paper: typst templates of ours, filled with data that is never read as markup."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import typst

from parvis import core

_FONTS = Path(core.__file__).parent / "static" / "core" / "fonts" / "print"
_HERE = Path(__file__).parent
_ALWAYS_DRAWN = 0x17F  # Latin with every French accent: in the fonts we ship
_NOT_DRAWN = "□"
_ENDLESS = re.compile(r"\S{30,}")  # a word that would run off the sheet: may be cut anywhere
_PROBE = b'#set document(title: "x")\n#set text(font: ("Parvis Text", "Libertinus Serif"))\n#sys.inputs.mark'


def typeset(template: Path, data: Mapping[str, object], *, assets: Mapping[str, str], day: dt.date) -> bytes:
    """A tagged PDF (PDF/UA-1) of `template`, which reads `data` as JSON; the same input gives the same bytes.

    `assets`: what reaches the template untouched, SVG text and absolute paths of pictures. `day` dates the
    document.
    Raises typst.TypstError when a picture cannot be read.
    """
    inputs = {"data": json.dumps(_drawable(data)), "assets": json.dumps(dict(assets))}
    return typst.compile(
        template,
        root=Path(template.anchor),  # pictures live outside the package
        font_paths=_fonts(),
        ignore_system_fonts=True,  # the same sheet on every machine
        sys_inputs=inputs,
        pdf_standards="ua-1",
        timestamp=dt.datetime.combine(day, dt.time(), dt.UTC),
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[_FONTS] if _FONTS.is_dir() else [])


def _drawable(value: object) -> object:
    """PDF/UA refuses a character without a glyph. A lost letter leaves a square; an emoji leaves nothing."""
    if isinstance(value, str):
        drawn = "".join(_mark(character) for character in value)
        return _ENDLESS.sub(lambda word: "\u200b".join(word[0]), drawn)
    if isinstance(value, Mapping):
        return {key: _drawable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(inner) for inner in value]
    return value


def _mark(character: str) -> str:
    if ord(character) <= _ALWAYS_DRAWN or _drawn(character):
        return character
    return _NOT_DRAWN if unicodedata.category(character).startswith("L") else ""


@lru_cache(maxsize=4096)
def _drawn(character: str) -> bool:
    """Whether one of our fonts has it: the typesetter knows best."""
    if unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"}:
        return False
    try:
        typst.compile(
            _PROBE,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"mark": character},
            pdf_standards="ua-1",
        )
    except typst.TypstError:
        return False
    return True
