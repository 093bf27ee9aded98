"""`python -m parvis COMMAND`: any management command."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    from parvis.core.command_line import CommandLine

    CommandLine(sys.argv[1:]).execute()


if __name__ == "__main__":
    main()
