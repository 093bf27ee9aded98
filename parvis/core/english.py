"""English dates, counts and hours, beside `typography`, which chooses between the two."""

from datetime import date, datetime, time

NBSP = "\u00a0"
FEW = "fewer than ten"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight"),
    *("nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)
_TENS = {2: "twenty", 3: "thirty", 4: "forty", 5: "fifty", 6: "sixty"}


def clock(moment: datetime | time) -> str:
    """`2:30 pm`, `2 pm` on the hour, `noon`."""
    if (moment.hour, moment.minute) == (12, 0):
        return "noon"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{NBSP}{'am' if moment.hour < 12 else 'pm'}"


def day(value: date) -> str:
    """`Saturday 28 November`."""
    return f"{DAYS[value.weekday()]} {of_month(value)}"


def of_month(value: date) -> str:
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]}"


def number(value: int) -> str:
    """`30,000`."""
    return f"{value:,}"


def in_words(value: int) -> str:
    if 0 <= value < len(_UNITS):
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    return number(value) if unit else _TENS.get(tens, number(value))
