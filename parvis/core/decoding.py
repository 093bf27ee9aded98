"""Letters that a program wrote in one alphabet and another reads in its own. No domain: the register's lines and a
shop's spreadsheet go through here alike."""

import re


def utf8_or(line: bytes, other: str) -> tuple[str, str]:
    """(text, encoding) of one line: UTF-8 where it is, else `other`, whose unknown bytes become U+FFFD.

    Accents of an eight-bit alphabet are practically never valid UTF-8, so each line of a mixed file can be told apart.
    """
    try:
        return line.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return line.decode(other, errors="replace"), other


def _letter(byte: int) -> str:
    """As Windows shows this byte; the five that it does not know stay controls."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_letter(byte): byte for byte in range(256)}
_AFTER = re.escape("".join(_letter(byte) for byte in range(0x80, 0xC0)))
# UTF-8 read as Windows-1252, then written as UTF-8: « Ã© » is é, « Å“ » is œ, « â€™ » is ’. All of these decode.
_TWICE = re.compile(f"(?:Ã[{_AFTER}]|Â[\u00a0-\u00bf]|Å[’“¸]|â[€‚„][{_AFTER}])+")

_LOST = re.compile(
    "\ufffd|[\x80-\x84\x86-\x9f]"  # what stands for an unknown letter; controls that nobody types
    f"|{_TWICE.pattern}|Ã |├.|√[^\\w\\s]"  # UTF-8 read as Windows, with a space that was mended; as a Mac; as DOS
    r"|(?<=[^\W\d_])[‚‡]|(?<=[a-zà-ÿ])[ŠŽ]"  # é, è of DOS or of a Mac, read as Windows
    r"|(?<=[a-zà-ÿ])\?(?=[a-zà-ÿ])"  # « Lef?vre »
)


def mended(text: str) -> str:
    """The text as it was before it was encoded in UTF-8 twice; any other text as it is."""
    return _TWICE.sub(_undone, text)


def _undone(found: re.Match[str]) -> str:
    return bytes(_BYTES[letter] for letter in found[0]).decode("utf-8")


def is_damaged(text: str) -> bool:
    """Whether some letter is surely not the one that was typed."""
    return (not text.isascii() or "?" in text) and bool(_LOST.search(text))
