"""A file of the register that cannot be read at all, as opposed to a row that is rejected."""

from pathlib import Path

from parvis.core.errors import BadInput


class UnreadableStock(BadInput):
    """`sentence` is French, names the file, then what is wrong, then the way out."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        self.path = path
        super().__init__(f"Le fichier « {path.name} » ne peut pas être lu : {problem}. {remedy}.")
