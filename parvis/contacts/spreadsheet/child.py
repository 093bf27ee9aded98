"""The process that `apart` starts: a file on its input, its sheets or a refusal on its output."""

import resource
import sys

from .apart import ANSWER, MEMORY, REFUSED, SECONDS, written
from .markup import read_markup
from .shapes import TOO_LARGE, Grid, UnreadableSheet
from .workbooks import read_workbook

_LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: ANSWER,
    resource.RLIMIT_CORE: 0,
}


def main(kind: str) -> int:
    for limit, most in _LIMITS.items():
        _, allowed = resource.getrlimit(limit)
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(limit, (most, most))
    try:
        grids = _read(kind, sys.stdin.buffer.read())
    except MemoryError:
        return _refuse(TOO_LARGE)
    except UnreadableSheet as refusal:
        return _refuse(refusal.sentence)
    sys.stdout.writelines(f"{line}\n" for line in written(grids))
    return 0


def _read(kind: str, data: bytes) -> list[Grid]:
    if kind == "workbook":
        return read_workbook(data)
    return [read_markup(data.decode("utf-8", "surrogatepass"))]


def _refuse(sentence: str) -> int:
    sys.stdout.buffer.write(sentence.encode())
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
