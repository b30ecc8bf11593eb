"""What a connector is: it says what to open and reads the answer; gather does the opening."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, Self

from pydantic import BaseModel, ConfigDict

from curator.model import Candidate
from curator.plugins import Registry
from curator.query import Query, Reply
from curator.terms import Terms


class Options(BaseModel):
    """A connector's own keys in sources.yaml; the common keys never reach it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def placed(self, folder: str) -> Self:
        """The options with every path of theirs relative to the source's `folder`."""
        del folder
        return self


class Source(Protocol):
    """Reads one declared source: the same reply always gives the same sequence."""

    def first(self) -> Iterator[Query]:
        """What to open before anything is known."""
        ...

    def read(self, reply: Reply) -> Iterator[Candidate | Query]:
        """The candidates of a reply in its own order, and what else to open."""
        ...


class Opener(Protocol):
    """Makes a Source from the recipe's words about it."""

    def __call__(self, terms: Terms, options: Options, /) -> Source:
        """The reader of this source."""
        ...


@dataclass(frozen=True, slots=True)
class Connector:
    """A kind of source that a recipe can name."""

    id: str
    version: int  # raised when the same reply gives other candidates than before
    options: type[Options]
    open: Opener
    summary: str = field(default="")  # one sentence for the docs


CONNECTORS: Registry[Connector] = Registry("curator.sources")
