"""People's recorded answers: one JSON Lines file, and the evidence that its answers become.

An answer is about one hold of one item: `lift` it, `keep` it, or `refuse` the item for good. It
counts for the bytes that the person saw. An answer without bytes (`sha256` "") was given on the
record alone: it lets the item be fetched, so that a person can look, and publishes nothing by
itself; a refusal needs no bytes. Where two files contradict, the stricter answer holds; within a
file the later line replaces the earlier one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal, NoReturn

from pydantic import Field, ValidationError

from curator.core.ids import canonical, sha256
from curator.core.reasons import REASONS
from curator.errors import Fault, RecipeError
from curator.model import Answer, Evidence, Ground, ItemId, Sha256, Verdict, quote
from curator.recipe_types import Day, Line, Matching, Part

CHECK = "review@1"
REFUSED = "review.refused"
STRICT = {"lift": 0, "keep": 1, "refuse": 2}
LINE_BYTES = 65_536  # bytes of one line; an answer with a long note has some hundred
_HELD = "|".join(code for code, (verdict, _) in REASONS.items() if verdict is Verdict.HOLD)


class Review(Part):
    """One answer of one person."""

    item: Line
    """The item's id, `<source>:<the source's own id>`."""
    sha256: Annotated[
        str, Matching("(?:[0-9a-f]{64})?", "is no digest", 'Write 64 hex digits, or ""')
    ]
    """Of the file's bytes as they came; "" = the record alone was looked at."""
    reason: Annotated[
        str, Matching(_HELD, "is no reason for a hold", "Write the reason as `explain` prints it")
    ]
    """The hold that is answered."""
    answer: Literal["lift", "keep", "refuse"]
    by: Line
    """Who looked."""
    date: Day
    note: Annotated[str, Field(max_length=2000)] = ""
    """Why, in the person's own words."""

    def evidence(self, where: str) -> tuple[Evidence, ...]:
        """The answer as evidence; a refusal also gives its own reason."""
        words = quote(", ".join(part for part in (self.by, str(self.date), self.note) if part))
        yes = Answer.YES if self.answer == "lift" else Answer.NO
        asked = {"review": yes} | ({REFUSED: Answer.YES} if self.answer == "refuse" else {})
        return tuple(
            Evidence(
                "image",
                CHECK,
                question,
                answer,
                Ground.DECLARED,
                where=where,
                quote=words,
                value=self.reason,
            )
            for question, answer in asked.items()
        )


@dataclass(frozen=True)
class Reviews:
    """All answers of a recipe: per item, bytes and reason the one that holds, with its file."""

    answers: tuple[tuple[Review, str], ...] = ()
    digest: str = field(default="", init=False)  # of what is answered, not of how files hold it

    def __post_init__(self) -> None:
        if self.answers:
            said = sorted(r.model_dump_json() for r, _ in self.answers)
            object.__setattr__(self, "digest", sha256(canonical(said)))

    @classmethod
    def of(cls, files: Iterable[tuple[str, Iterable[Review]]]) -> "Reviews":
        """The answers of files, each with its name."""
        holds: dict[tuple[str, str, str], tuple[Review, str]] = {}
        for name, reviews in sorted(files, key=lambda file: file[0]):
            last = {(r.item, r.sha256, r.reason): r for r in reviews}
            for about, review in last.items():
                known = holds.get(about)
                if known is None or STRICT[review.answer] > STRICT[known[0].answer]:
                    holds[about] = review, name
        return cls(tuple(holds[about] for about in sorted(holds)))

    @cached_property
    def _by_item(self) -> dict[str, list[tuple[Review, str]]]:
        found = defaultdict(list)
        for review, name in self.answers:
            found[review.item].append((review, name))
        return found

    @cached_property
    def _refused(self) -> dict[str, list[tuple[Review, str]]]:
        found = defaultdict(list)
        for review, name in self.answers:
            if review.answer == "refuse" and review.sha256:
                found[review.sha256].append((review, name))
        return found

    def on_record(self, item: ItemId) -> tuple[Evidence, ...]:
        """Before there are bytes: every answer on the item, whichever bytes it names.

        A refusal of certain bytes waits until the bytes are there.
        """
        said = [
            (review, name)
            for review, name in self._by_item.get(item, ())
            if review.answer != "refuse" or not review.sha256
        ]
        return _evidence(said)

    def on_bytes(self, item: ItemId, content: Sha256) -> tuple[Evidence, ...]:
        """With the bytes: the answers on them and this item, and every refusal of them."""
        said = [
            (review, name)
            for review, name in self._by_item.get(item, ())
            if review.sha256 == content or (not review.sha256 and review.answer == "refuse")
        ]
        refused = [each for each in self._refused.get(content, ()) if each[0].item != item]
        return _evidence([*said, *refused])


def _evidence(said: Iterable[tuple[Review, str]]) -> tuple[Evidence, ...]:
    found = [e for review, name in said for e in review.evidence(name)]
    return tuple(sorted(found, key=lambda e: e.dumps()))


def parse(content: bytes, name: str) -> tuple[Review, ...]:
    """The answers of a file that messages call `name`; RecipeError with every broken line."""
    found: list[Review] = []
    faults: list[Fault] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_review(line))
        except _Broken as broken:
            faults.append(Fault(broken.what, broken.fix, name, number))
    if faults:
        raise RecipeError.of(tuple(faults))
    return tuple(found)


class _Broken(Exception):  # noqa: N818  (it never leaves this file)
    """A line that is no answer."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def _review(line: bytes) -> Review:
    if len(line) > LINE_BYTES:
        raise _Broken(f"is longer than {LINE_BYTES} bytes", "Write one answer per line")
    try:
        row = json.loads(line, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _Broken(f"is not JSON: {error}", "Write one JSON object per line") from error
    if not isinstance(row, dict):
        raise _Broken("is not a JSON object", "Write one JSON object per line")
    try:
        return Review.model_validate_json(json.dumps(row))
    except ValidationError as error:
        what, fix = next(_faults(error))
        raise _Broken(what, fix) from error


def _faults(error: ValidationError) -> Iterator[tuple[str, str]]:
    """What is wrong with the keys of an answer."""
    keys = ", ".join(Review.model_fields)
    for each in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in each["loc"])
        context = each.get("ctx", {})
        if each["type"] == "recipe":
            yield f"`{name}` {context['what']}", str(context["fix"])
        elif each["type"] == "missing":
            yield f"`{name}` is missing", f"An answer has the keys {keys}"
        elif each["type"] == "extra_forbidden":
            yield f"`{name}` is no key of an answer", f"An answer has the keys {keys}"
        else:
            yield f"`{name}`: {each['msg']}", "Correct this value"


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
