"""In what alphabet a text file is written: the whole of it, or each of its lines."""

import io
import re
from collections import Counter
from dataclasses import dataclass, replace

from parvis.core.decoding import mended, utf8_or
from parvis.core.speech import mark, say

from .shapes import UnreadableSheet

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# The order decides between equals: cp1252 is what Excel writes in France.
_CANDIDATES = ("cp1252", "iso-8859-15", "mac-roman", "cp850")
_SAMPLE = 400_000  # characters
_NOT_ASCII = re.compile(r"(.?)([^\x00-\x7f])", re.DOTALL)
_FRENCH_OFTEN = frozenset("éèêàçîôœ")
_FRENCH_SMALL = frozenset("ëâäïöûùüÿæñ") | _FRENCH_OFTEN
_FRENCH_CAPITALS = frozenset("ÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆÑ")
_FRENCH_SIGNS = frozenset("’‘“”«»°€–—…·²³½\u00a0\u202f")

TWICE = mark(
    "Les accents de cette ligne étaient abîmés (« Ã© » à la place de « é ») : ils ont été rétablis. "
    "Vérifiez ses accents, ou enregistrez tout le fichier au format Excel (.xlsx)."
)
_UNLIKE = mark(
    "Cette ligne n’est pas écrite comme le reste du fichier : elle a été lue en {alphabet}. "
    "Vérifiez ses accents, ou enregistrez tout le fichier au format Excel (.xlsx)."
)
_ALPHABETS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "iso-8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "cp850": "DOS (cp850)",
}
OLD_ALPHABETS = {
    "mac-roman": mark(
        "Ce fichier a été lu en Mac Roman, un ancien alphabet : vérifiez ses accents, "
        "ou enregistrez-le au format Excel (.xlsx)."
    ),
    "cp850": mark(
        "Ce fichier a été lu en DOS (cp850), un ancien alphabet : vérifiez ses accents, "
        "ou enregistrez-le au format Excel (.xlsx)."
    ),
}

NOT_TEXT = mark(
    "Ce fichier n’est pas un tableau que l’on sache lire : enregistrez-le au format Excel (.xlsx), "
    "LibreOffice (.ods) ou CSV, puis recommencez."
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text file, read. `odd` are the lines of the file, from 1, that were not read like the others, with how."""

    text: str
    encoding: str
    odd: dict[int, str]


def decode(data: bytes) -> Text:
    """Raises `UnreadableSheet` for what is no text."""
    read = _decoded(data)
    sample = read.text[:_SAMPLE]
    strange = sum(c < " " and c not in "\t\r\n\f\v\x1a" for c in sample) + sample.count("\ufffd")
    if strange > 8 + len(sample) // 100:
        raise UnreadableSheet(NOT_TEXT)
    return replace(read, text=read.text.removeprefix("\ufeff"))


def _decoded(data: bytes) -> Text:
    encoding = _encoding(data)
    try:
        return _undoubled(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            raise UnreadableSheet(NOT_TEXT) from error
    return _line_by_line(data, encoding)


def _encoding(data: bytes) -> str:
    for begins, name in _BOMS:
        if data.startswith(begins):
            return name
    head = data[:4000]
    if len(head) > 3 and head.count(0) * 3 > len(head):
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return "utf-8"


def _undoubled(text: str, encoding: str) -> Text:
    """What a program read as Windows-1252 and wrote as UTF-8 once more."""
    lines = _lines(text)
    whole = [mended(line) for line in lines]
    odd = {number: TWICE for number, pair in enumerate(zip(lines, whole, strict=True), 1) if pair[0] != pair[1]}
    return Text("".join(whole) if odd else text, encoding, odd)


def _lines(text: str) -> list[str]:
    """As the csv module and a file count them; str.splitlines would cut at a vertical tab."""
    return list(io.StringIO(text, newline=""))


def _line_by_line(data: bytes, encoding: str) -> Text:
    """Two programs have written in one file: each line is read as it was written, in UTF-8 or in one older alphabet."""
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    older = b"".join(line for line in lines if _is_older(line))
    other = max(_CANDIDATES, key=lambda name: _plausibility(older, name))
    read = [_of_line(line, other) for line in lines]
    accented = Counter(name for line, (_, name) in zip(lines, read, strict=True) if not line.isascii())
    most = other if accented[other] >= accented["utf-8"] else "utf-8"
    odd = {
        number: say(_UNLIKE, alphabet=_ALPHABETS[name])
        for number, (line, (_, name)) in enumerate(zip(lines, read, strict=True), 1)
        if name != most and not line.isascii()
    }
    undoubled = _undoubled("".join(text for text, _ in read), encoding if most == "utf-8" else other)
    return replace(undoubled, odd=undoubled.odd | odd)


def _is_older(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _of_line(line: bytes, other: str) -> tuple[str, str]:
    """(text, encoding). « Éœ » of Windows is also valid UTF-8: then the one that looks French."""
    text, name = utf8_or(line, other)
    if name == other or line.isascii() or _plausibility(line, "utf-8") >= _plausibility(line, other):
        return text, name
    return line.decode(other, errors="replace"), other


def _plausibility(data: bytes, encoding: str) -> int:
    """How French the letters outside ASCII look when read so, at both ends of a large file."""
    data = data if len(data) < 2 * _SAMPLE else data[:_SAMPLE] + data[-_SAMPLE:]
    return sum(_french(before, letter) for before, letter in _NOT_ASCII.findall(data.decode(encoding, "replace")))


def _french(before: str, letter: str) -> int:
    if letter in _FRENCH_SMALL:
        often = letter in _FRENCH_OFTEN
        return 1 if before.isupper() and letter not in "éèê" else 3 if often else 2
    if letter in _FRENCH_CAPITALS:
        return -3 if before.islower() else 2
    if letter in _FRENCH_SIGNS:
        return 1
    return -10 if letter == "\ufffd" or letter < "\u00a0" else -3
