"""The name columns of one line."""

from .cells import is_no_name, one_line
from .lines import Line
from .people import SEVERAL_PEOPLE, Name, is_several, split_name, split_title, title_of

NAME_FIELDS = ("given_name", "family_name", "full_name", "name_given_first", "name_unordered")
_ORDERS = {"full_name": "family", "name_given_first": "given", "name_unordered": ""}
MAX_NAME = 80


def read_name(line: Line) -> Name:
    """Rejects the line where it names more than one person."""
    title, given, family = _title(line), "", ""
    for field, heading, text in line.texts(*NAME_FIELDS, limit=MAX_NAME, empty=is_no_name):
        if is_several(text, given_names=field == "given_name"):
            raise line.reject(heading, text, SEVERAL_PEOPLE)
        prefix, rest = split_title(text)
        title = title or prefix
        if field == "given_name":
            given = f"{given} {rest}".strip()
        elif field == "family_name":
            family = f"{family} {rest}".strip()
        if field in _ORDERS and not (given or family):
            given, family = split_name(rest, _ORDERS[field])
    if family and not given and "given_name" not in line.layout.fields:
        given, family = split_name(family, "")
    return Name(title, given, family)


def _title(line: Line) -> str:
    for _, heading, text in line.texts("title", limit=MAX_NAME):
        if is_several(text):
            raise line.reject(heading, text, SEVERAL_PEOPLE)
        return title_of(one_line(text))
    return ""
