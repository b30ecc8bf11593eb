"""What a recipe states about a source as a whole, and the bounds it sets."""

from dataclasses import dataclass
from datetime import date

from curator.model import Basis


@dataclass(frozen=True, slots=True)
class Published:
    """An archive held these very files on a day: the witness of `predates-file`."""

    date: date | None
    witness: str
    covers: str = "all"  # or the name of the column that says which
    date_column: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The source's own dated catalogue: the ground of `predates-work`."""

    date: str  # the Candidate field that holds the date, e.g. "created"
    kept_by: str
    proof: str


@dataclass(frozen=True, slots=True)
class NotAi:
    """Somebody's written word that works here are not AI-made, or a rule that demands a label."""

    by: str  # creator | account | institution | source-rule
    statement: str
    proof: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the recipe states about a source as a whole."""

    source: str
    basis: Basis
    at: str = ""  # the file's name where the recipe's path names a file, "" where it names a folder
    proof: str = ""
    license: str = ""
    license_version: str = ""
    captions_license: str = ""
    published: Published | None = None
    catalogue: Catalogue | None = None
    not_ai: NotAi | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The recipe's bounds on captions and images; checks name the bound they found crossed."""

    languages: tuple[str, ...] = ("en", "ja", "*")
    min_chars: int = 3  # characters
    min_chars_cjk: int = 1  # characters, where Chinese, Japanese or Korean script prevails
    min_side: int = 64  # px
    max_aspect: float = 3.0  # ratio of the sides

    def of_images(self) -> "Limits":
        """The bounds on images alone: a change of the others needs no image opened again."""
        return Limits(min_side=self.min_side, max_aspect=self.max_aspect)
