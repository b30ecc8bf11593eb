"""The global decisions: repeated ids, captions, caps, twins and whose they are said to be.

One picture that stands under two names or two licenses is how stolen work is made to look free,
and no record alone shows it. Equal bytes are one work: every record of them is heard, that of an
item turned away too, and those that still stand must agree with it. Near twins prove less: two
people who draw the same flag, or emoji after one standard, come within the distance that two
scans of one print have, so a source's own near twins are only twins, whoever made them. Across
sources, another creator and another license at once is the pattern of a copy given away by
somebody else; a scan that a second museum credits in other letters differs in one of them only.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from curator.core.captions import Choice, Wanted, choose
from curator.core.clock import KEPT
from curator.core.dedupe import near_twins
from curator.core.ids import key
from curator.core.policy import CLASSES, Policy, class_of, decide, pair_class, worst
from curator.core.reasons import REASONS
from curator.model import (
    Answer,
    Caption,
    Decision,
    Evidence,
    Ground,
    ItemId,
    Key,
    LicenseClass,
    Sha256,
    Verdict,
    quote,
)

_NO_BYTES = Sha256("")
_UNJUDGED = Decision(Verdict.HOLD)
_RIGHTS = ("rights.", "people.")  # reasons that speak of the work, not of this record of it
_SILENT = frozenset({"rights.none", "rights.basis"})  # nothing said; the recipe's own matter


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on one stored image."""

    area: int  # px
    pdq: bytes  # 32 bytes
    quality: int  # 0 to 100
    rgb: tuple[float, float, float]  # mean, 0 to 255


@dataclass(slots=True)
class Item:
    """One item on its way through the global decisions; the row numbers say where it lies."""

    item: ItemId
    policy: Policy
    place: tuple[int, int, int]  # slice, row, row among the inspected or -1
    evidence: tuple[Evidence, ...]
    captions: tuple[Caption, ...]
    file_url: str = ""
    creator: str = ""
    sha256: Sha256 = _NO_BYTES
    measures: Measures | None = None
    step: str = "clear"  # the last step that had something to say
    decision: Decision = _UNJUDGED
    choices: tuple[Choice, ...] = ()
    license_class: LicenseClass = LicenseClass.UNKNOWN
    keys: tuple[Key, ...] = field(default=())

    @property
    def published(self) -> bool:
        """Nothing stands against it so far."""
        return self.decision.verdict is Verdict.PUBLISH

    @property
    def source(self) -> str:
        """The id of the source that it comes from."""
        return self.item.partition(":")[0]

    @property
    def base(self) -> Key:
        """The key without language: the order in which equals are treated."""
        return key(self.item, self.sha256)

    def license(self, about: str) -> str:
        """The SPDX expression of the right in question, "" if there is none."""
        for e in self.evidence:
            if e.about == about and e.question == "license" and e.answer is Answer.YES:
                return e.value
        return ""

    def against(self, reason: str, words: str, value: str = "") -> None:
        """Add a measured reason against the item and judge it again."""
        basis = Ground.MEASURED
        found = Evidence(
            "image", "settle@2", reason, Answer.YES, basis, quote=quote(words), value=value
        )
        self.evidence = (*self.evidence, found)
        self.judge("settle", self.policy)

    def judge(self, step: str, policy: Policy) -> None:
        """Decide by all the evidence; `step` is who brought the latest."""
        before = self.decision.reason
        self.decision = decide(self.evidence, policy)
        if self.decision.reason != before:
            self.step = step


def settle(items: Sequence[Item], wanted: Wanted, max_same: int) -> None:
    """Run the global decisions in their fixed order, each on what is still published."""
    _repeated(items)
    for item in _standing(items):
        _choose(item, wanted)
    _cap(_standing(items), max_same)
    _captured(_standing(items))
    _exact([i for i in items if i.sha256], lambda item: item.sha256, twins=True)
    _exact([i for i in items if i.file_url], lambda item: item.file_url, twins=False)
    _near(_standing(items))
    for item in _standing(items):
        several = len(item.choices) > 1
        item.keys = tuple(
            key(item.item, item.sha256, choice.lang if several else "") for choice in item.choices
        )


def _standing(items: Iterable[Item]) -> list[Item]:
    """What is still published, in the order of base keys: never the order of arrival."""
    return sorted((i for i in items if i.published), key=lambda item: item.base)


def _repeated(items: Sequence[Item]) -> None:
    count = Counter(item.item for item in items)
    for item in items:
        if count[item.item] > 1:
            item.against("source.ambiguous", f"{count[item.item]} records have this id")


def _choose(item: Item, wanted: Wanted) -> None:
    """Take the captions that the recipe wants from those that were not dropped."""
    dropped = {number for number, _ in item.decision.dropped}
    image = pair_class(item.license("image"), item.license("work"))
    standing = {
        n: class_of(item.license(f"caption:{n}"))
        for n in range(len(item.captions))
        if n not in dropped
    }
    item.choices = choose(item.captions, standing, replace(wanted, image_class=image))
    if not item.choices:
        item.against("caption.length", "no caption fits, and none has a sentence to cut at")
    _classify(item)


def _classify(item: Item) -> None:
    rights = [item.license(f"caption:{choice.number}") for choice in item.choices]
    item.license_class = pair_class(item.license("image"), item.license("work"), *rights)


def _cap(items: Sequence[Item], max_same: int) -> None:
    """A caption stands under so many images at most; a capped sample is not replaced."""
    seen: Counter[str] = Counter()
    for item in items:
        kept = []
        for choice in item.choices:
            seen[choice.text] += 1
            if seen[choice.text] <= max_same:
                kept.append(choice)
        capped = next((c.text for c in item.choices if c not in kept), "")
        item.choices = tuple(kept)
        if not kept:
            item.against("caption.cap", f"{capped} (more than {max_same} times)")
        elif capped:
            _classify(item)


def _rank(item: Item) -> tuple[int, int, Key]:
    """Who stays among twins: the least demanding license, then the larger image, then the key."""
    area = item.measures.area if item.measures else 0
    return CLASSES.index(item.license_class), -area, item.base


def _captured(items: Sequence[Item]) -> None:
    """A license that was kept from an earlier look holds for the bytes it was given with."""
    for item in items:
        if any(e.question == KEPT and e.value != item.sha256 for e in item.evidence):
            item.against("fetch.changed", "the license was kept for other bytes than these")


def _exact(items: Sequence[Item], same: Callable[[Item], Hashable], *, twins: bool) -> None:
    """Equal bytes, or one address: records that contradict leave none, else (twins) one stays."""
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        groups[same(item)].append(item)
    for group in groups.values():
        standing = sorted((item for item in group if item.published), key=_rank)
        reason, words = _dispute(group) if standing else ("", "")
        for item in standing if reason else ():
            item.against(reason, words)
        for item in standing[1:] if twins and not reason else ():
            item.against("dup.exact", f"the same bytes as {standing[0].item}", standing[0].item)


def _dispute(group: Sequence[Item]) -> tuple[str, str]:
    """The reason against all records of one file, with its words; ("", "") where they agree.

    What holds or refuses one of them for its rights holds or refuses the file.
    """
    licenses = sorted({item.license("image") for item in group} - {""})
    if len(licenses) > 1:
        return "rights.conflict", f"the same file is given as {', '.join(licenses)}"
    reasons = [(item.decision.reason or "", item.item) for item in group]
    denied = [r for r, _ in reasons if r.startswith(_RIGHTS) and r not in _SILENT]
    if denied:
        reason = worst(denied)
        other = min(item for why, item in reasons if why == reason)
        held = REASONS[reason][0] is Verdict.HOLD
        return reason if held else "rights.conflict", f"the same file as {other}: {reason}"
    creators = {_name(creator): creator for creator in sorted(item.creator for item in group)}
    creators.pop("", None)
    if len(creators) > 1:
        return "source.ambiguous", f"the same file by {' and by '.join(creators.values())}"
    return "", ""


@lru_cache(maxsize=65_536)
def _name(creator: str) -> str:
    """A creator's name without case, width, punctuation and white space: equal is one person."""
    folded = unicodedata.normalize("NFKC", creator).casefold()
    plain = "".join(char for char in folded if unicodedata.category(char)[0] not in "PZC")
    return unicodedata.normalize("NFKC", plain)


def _laundered(one: Item, other: Item) -> bool:
    """Whether near twins are another's in another source, and the license is another as well.

    Two claims that nobody has rights in a picture are no contradiction.
    """
    names = {_name(one.creator), _name(other.creator)}
    licenses = {one.license("image"), other.license("image")}
    free = all(class_of(license_) is LicenseClass.PUBLIC_DOMAIN for license_ in licenses)
    return one.source != other.source and min(len(names - {""}), len(licenses)) > 1 and not free


def _near(items: Sequence[Item]) -> None:
    """Near twins: one stays, unless one of them is given as another's work on other terms."""
    ordered = sorted((i for i in items if i.measures), key=_rank)
    if not ordered:
        return
    measures = [item.measures for item in ordered if item.measures]
    hashes = np.array([np.frombuffer(m.pdq, np.uint8) for m in measures])
    quality = np.array([m.quality for m in measures])
    colour = np.array([m.rgb for m in measures], np.float32)
    twins: dict[int, list[tuple[Item, int]]] = defaultdict(list)
    for dropped, (kept, distance) in near_twins(hashes, quality, colour).items():
        twins[kept].append((ordered[dropped], distance))
    for kept, others in twins.items():
        stays = ordered[kept]
        disputed = [twin for twin, _ in others if _laundered(stays, twin)]
        reason = "source.ambiguous" if disputed else "dup.near"
        for twin, distance in others:
            twin.against(reason, f"{distance} of 256 bits from {stays.item}", stays.item)
        if disputed:
            twin = min(disputed, key=lambda item: item.base)
            words = f"{twin.item} is nearly the same, by another creator on other terms"
            stays.against(reason, words, twin.item)
