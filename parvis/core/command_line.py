"""The command line in French: left alone, argparse and Django speak English to whoever mistypes a command."""

import argparse
import sys
from typing import Any

from django.core.management import ManagementUtility, get_commands
from django.core.management.base import BaseCommand, OutputWrapper
from django.db import OperationalError, ProgrammingError

# Argparse asks gettext for each of its sentences, word for word; one that is not here stays as it is.
SENTENCES = {
    "usage: ": "Usage : ",
    "positional arguments": "à écrire dans l’ordre",
    "show this help message and exit": "montre cette aide",
    "the following arguments are required: %s": "il manque %s",
    "unrecognized arguments: %s": "« %s » est de trop",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s, %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r n’existe pas, choisissez parmi %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r ne se lit pas",
    "expected one argument": "il manque ce qui vient après",
    "ignored explicit argument %r": "%r est de trop",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s peut vouloir dire %(matches)s",
    "%(prog)s: error: %(message)s\n": (
        "Cette commande ne peut pas être lue : %(message)s. Elles sont toutes dans docs/host/commandes.md.\n"
    ),
}
READY = "Vérifiez qu’elle tourne, puis lancez bin/parvis migrate."


def speak_french() -> None:
    """From now on, in this process."""
    vars(argparse)["_"] = lambda sentence: SENTENCES.get(sentence, sentence)


class CommandLine(ManagementUtility):
    """Django's, for `bin/parvis`."""

    def __init__(self, argv: list[str]) -> None:
        """`argv` without the program's name."""
        super().__init__(["bin/parvis", *argv])
        speak_french()

    def execute(self) -> None:
        try:
            super().execute()
        except (OperationalError, ProgrammingError) as error:
            why = str(error).partition("\n")[0]
            sys.stderr.write(f"La base de données ne répond pas, ou n’est pas prête ({why}). {READY}\n")
            sys.exit(1)

    def fetch_command(self, subcommand: str) -> BaseCommand:
        if subcommand not in get_commands():
            sys.stderr.write(f"La commande « {subcommand} » n’existe pas. La liste : bin/parvis help\n")
            sys.exit(2)
        command = super().fetch_command(subcommand)
        command.stderr = _Plain(sys.stderr)
        return command


class _Plain(OutputWrapper):
    """Django writes the name of its exception before the sentence of a refusal."""

    def write(self, msg: str = "", *how: Any, **also: Any) -> Any:
        super().write(msg.removeprefix("CommandError: "), *how, **also)
