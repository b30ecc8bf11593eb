"""What a page of questions is made of: cards, questions with their choices, and one file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from curator.io.reviews import append

NAME_CHARS, NOTE_CHARS = 100, 2000  # characters


@dataclass(frozen=True, slots=True)
class Said:
    """One wording in the two languages of the page."""

    en: str
    ja: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the answers that may be chosen."""

    name: str
    words: Said
    choices: tuple[tuple[str, Said], ...]  # (value, wording)


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to answer about; `known` is what its line begins with."""

    title: str
    facts: tuple[tuple[Said, str], ...]
    known: Mapping[str, str]
    image: Callable[[], bytes] | None = None  # an encoded picture; None = there is none


class NotAnAnswer(ValueError):  # noqa: N818  (it is the visitor's slip, not a fault of the page)
    """What was sent does not answer the questions."""


@dataclass
class Sheet:
    """The cards still open, by number, and the file that takes the answers."""

    title: Said
    questions: tuple[Question, ...]
    answers: Path
    cards: dict[int, Card]
    done: int = 0
    by: str = field(default="")  # who answered last

    @classmethod
    def of(
        cls, title: Said, questions: tuple[Question, ...], answers: Path, cards: Sequence[Card]
    ) -> "Sheet":
        """A sheet with every card open."""
        return cls(title, questions, answers, dict(enumerate(cards)))

    def answer(self, number: int, given: Mapping[str, str]) -> None:
        """Write one answer down and close its card; NotAnAnswer where something is missing."""
        card = self.cards.get(number)
        by, note = _line(given.get("by", "")), _line(given.get("note", ""))
        if card is None:
            raise NotAnAnswer("this card is answered already")
        if not by or len(by) > NAME_CHARS or len(note) > NOTE_CHARS:
            raise NotAnAnswer("a name is missing, or a text is too long")
        row: dict[str, str] = dict(card.known)
        for question in self.questions:
            value = given.get(question.name, "")
            if value not in [name for name, _ in question.choices]:
                raise NotAnAnswer(f"no answer to: {question.words.en}")
            row[question.name] = value
        today = datetime.now(UTC).date().isoformat()
        append(self.answers, row | {"by": by, "date": today, "note": note})
        del self.cards[number]
        self.done += 1
        self.by = by


def _line(text: str) -> str:
    """A text in one line, without characters that no one sees."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
