"""settle: the only global step; reads the tables of all slices and decides once for every item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curator.core.captions import Wanted
from curator.core.reviews import Reviews
from curator.core.settling import Item, Measures, settle
from curator.io.store import Store, table_of
from curator.model import Caption, CaptionKind, ItemId, Sha256
from curator.schema import SETTLED
from curator.steps.rows import Slice, lines, parsed

# What clear said, and the item's rows of fetch and inspect where there are any.
_Found = tuple[list[str], dict[str, Any] | None, dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A slice with the tables that the steps made of it."""

    part: Slice
    cleared: Path
    fetched: Path
    inspected: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file of the work folder that this slice needs."""
        images = self.inspected.with_suffix(".images")
        return self.part.path, self.cleared, self.fetched, self.inspected, images


def items_of(number: int, seen: Seen, store: Store) -> Iterator[Item]:
    """The items of one slice with all their evidence, judged one by one."""
    fetched = {row["row"]: row for row in store.load(seen.fetched).to_pylist()}
    inspected = {
        row["row"]: (n, row) for n, row in enumerate(store.load(seen.inspected).to_pylist())
    }
    columns = ["item", "captions", "file_url", "creator"]
    records = store.load(seen.part.path, columns).to_pylist()
    cleared = store.load(seen.cleared, ["evidence"])["evidence"].to_pylist()
    for row, (record, said) in enumerate(zip(records, cleared, strict=True)):
        place, image = inspected.get(row, (-1, None))
        item = Item(
            ItemId(record["item"]),
            seen.part.source.policy,
            (number, row, place),
            (),
            tuple(Caption(**(c | {"kind": CaptionKind(c["kind"])})) for c in record["captions"]),
            record["file_url"],
            record["creator"],
        )
        if image:
            item.sha256 = Sha256(image["sha256"])
            item.measures = _measures(image)
        _judge(item, (said, fetched.get(row), image), seen.part.source.reviews)
        item.sha256 = item.sha256 or Sha256(fetched[row]["sha256"])  # heard in conflicts only
        yield item


def _judge(item: Item, found: _Found, reviews: Reviews) -> None:
    """Judge step by step, so that the item knows which step found its reason.

    A person's answer counts for the bytes that the person saw; without bytes, for the record.
    """
    said, fetched, image = found
    early = item.policy.before_bytes()
    steps = (
        ("clear", said),
        ("fetch", fetched["evidence"] if fetched else ()),
        ("inspect", image["evidence"] if image else ()),
    )
    for step, more in steps:
        item.evidence += tuple(parsed(line) for line in more)
        item.judge(step, early)
    seen = item.sha256
    item.evidence += reviews.on_bytes(item.item, seen) if seen else reviews.on_record(item.item)
    item.judge("settle", item.policy)


def _measures(image: dict[str, Any]) -> Measures | None:
    if not image["length"]:
        return None
    area = image["width"] * image["height"]
    red, green, blue = image["rgb"]
    return Measures(area, image["pdq"], image["pdq_quality"], (red, green, blue))


def settle_all(seen: Sequence[Seen], wanted: Wanted, max_same: int, store: Store) -> Any:
    """The table of every item, sorted by id: verdict, reason, evidence, pairs."""
    items = [item for n, each in enumerate(seen) for item in items_of(n, each, store)]
    settle(items, wanted, max_same)
    items.sort(key=lambda item: (item.item, item.sha256, lines(item.evidence)))
    return table_of(SETTLED, [_row(item) for item in items])


def _row(item: Item) -> dict[str, Any]:
    number, row, inspected = item.place
    decision = item.decision
    return {
        "item": item.item,
        "slice": number,
        "row": row,
        "inspected": inspected,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "step": None if item.published else item.step,
        "evidence": lines(sorted(item.evidence, key=lambda e: (e.about, e.check, e.dumps()))),
        "ai_class": decision.ai_class,
        "samples": [
            {
                "key": key,
                "number": choice.number,
                "text": choice.text,
                "lang": choice.lang,
                "tokens": choice.tokens,
                "cut": choice.cut,
            }
            for key, choice in zip(item.keys, item.choices, strict=True)
        ]
        if item.published
        else [],
    }
