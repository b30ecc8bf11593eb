"""What can go wrong by a user's hand or the machine's, each with its exit code.

CuratorError        1  a finding: nothing publishable, not found
├── RecipeError     2  sources.yaml, or a file it names, cannot be used
├── InputError      2  the command line names what cannot be used
├── LockedError     4  another run holds the work folder
└── MachineError    5  disk, permission, a missing part of the installation
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it stands, and what to do now."""

    what: str
    fix: str
    file: str = ""
    line: int = 0  # 1-based; 0 where the fault has no line
    column: int = 0  # 1-based

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.what}. {self.fix}" if place else f"{self.what}. {self.fix}"


class CuratorError(Exception):
    """A fault that a person can act on; the command prints it without a traceback."""

    exit_code = 1

    def __init__(self, what: str, fix: str, file: str = "") -> None:
        self.faults: tuple[Fault, ...] = (Fault(what, fix, file),)
        super().__init__(str(self.faults[0]))


class RecipeError(CuratorError):
    """The recipe, or a file it names, cannot be used as it stands."""

    exit_code = 2

    @classmethod
    def of(cls, faults: tuple[Fault, ...]) -> "RecipeError":
        """All the faults of a document at once; `faults` is not empty."""
        error = cls(faults[0].what, faults[0].fix, faults[0].file)
        error.faults = faults
        return error


class InputError(CuratorError):
    """The command line names what cannot be used."""

    exit_code = 2


class LockedError(CuratorError):
    """Another run is at work in the same folder."""

    exit_code = 4


class MachineError(CuratorError):
    """The machine refused: no space, no permission, a missing part."""

    exit_code = 5
