"""The only judge: evidence in, decision out; the worst verdict wins, silence is no consent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from curator.core import spdx
from curator.core.reasons import ORDER, REASONS
from curator.model import (
    AiClass,
    Answer,
    Basis,
    Decision,
    Evidence,
    LicenseClass,
    Strength,
    Verdict,
)

SEVERITY = {Verdict.PUBLISH: 0, Verdict.HOLD: 1, Verdict.PENDING: 2, Verdict.REJECT: 3}
CLASSES = (
    LicenseClass.PUBLIC_DOMAIN,
    LicenseClass.ATTRIBUTION,
    LicenseClass.SHARE_ALIKE,
    LicenseClass.OPT_IN,
)  # from the least to the most demanding
ADMITTED = {
    Basis.PUBLIC_DOMAIN: frozenset({LicenseClass.PUBLIC_DOMAIN}),
    Basis.OPEN_LICENSE: frozenset(CLASSES[:3]),
    Basis.OPT_IN: frozenset(CLASSES),
}
AI_ORDER = tuple(AiClass)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a recipe admits from one source; it narrows the shipped policy and never widens it."""

    basis: Basis
    accept: frozenset[LicenseClass]
    ai_admit: frozenset[AiClass]
    predates_before: date

    def __post_init__(self) -> None:
        if not self.accept or not self.ai_admit:
            raise ValueError("a policy that admits nothing is a mistake, not a policy")
        if not self.accept <= frozenset(CLASSES):
            raise ValueError("a policy may narrow what is accepted, never widen it")

    def before_bytes(self) -> "Policy":
        """The policy for records alone: how far AI can be ruled out is only known with the file."""
        return Policy(self.basis, self.accept, frozenset(AiClass), self.predates_before)


def worst(reasons: Sequence[str]) -> str:
    """The reason of the worst verdict; among equals the first of the table."""
    return min(reasons, key=lambda code: (-SEVERITY[REASONS[code][0]], ORDER[code]))


@lru_cache(maxsize=65_536)
def decide(evidence: tuple[Evidence, ...], policy: Policy) -> Decision:
    """Judge one item: captions first, then image and work.

    A caption with a reason against it is dropped; when the last one falls, its reason is the
    item's. The order of the evidence does not matter.
    """
    captions = _captions(evidence, policy)
    dropped = tuple((n, reason) for n, reason in captions.items() if reason)
    against = [
        code for e in evidence if e.about in ("image", "work") for code in _against(e, policy)
    ]
    against += _missing(evidence, policy)
    if captions and len(dropped) == len(captions):
        against.append(dropped[-1][1])
    best, _ = ai_class(evidence, policy.predates_before)
    if best not in policy.ai_admit:
        against.append("ai.undeclared")
    if not against:
        return Decision(Verdict.PUBLISH, None, dropped, best)
    reason = worst(against)
    return Decision(REASONS[reason][0], reason, dropped, best)


def findings(evidence: Sequence[Evidence]) -> Decision:
    """Judge what was found by itself, without asking for any proof: a lone file or caption."""
    asked = [e for e in evidence if e.question not in ("license", "ai.class")]
    against = [code for e in asked for code in _plain(e)]
    if not against:
        return Decision(Verdict.PUBLISH)
    reason = worst(against)
    return Decision(REASONS[reason][0], reason)


def ai_class(evidence: Sequence[Evidence], before: date) -> tuple[AiClass, Evidence | None]:
    """The best class that the evidence proves, and the evidence that proves it."""
    found = [
        (AI_ORDER.index(kind), e.dumps(), e)
        for e in evidence
        if e.question == "ai.class" and e.answer is Answer.YES and e.strength is not Strength.WEAK
        for kind in _proved(e.value, before)
    ]
    if not found:
        return AiClass.NONE, None
    place, _, proof = min(found, key=lambda f: f[:2])
    return AI_ORDER[place], proof


def pair_class(*expressions: str) -> LicenseClass:
    """The most demanding class among the rights of a pair; each must be an accepted one."""
    found: list[LicenseClass] = [spdx.standing(e).cls for e in expressions if e]
    return max(found, key=CLASSES.index)


def _proved(value: str, before: date) -> Iterator[AiClass]:
    kind, _, day = value.partition(":")
    known = AiClass(kind)
    dated = known in (AiClass.PREDATES_FILE, AiClass.PREDATES_WORK)
    if not dated or date.fromisoformat(day) < before:
        yield known


def _captions(evidence: Sequence[Evidence], policy: Policy) -> dict[int, str]:
    """For every caption, by number, the reason against it, or ""."""
    by_number: dict[int, list[str]] = {}
    licensed: set[int] = set()
    for e in evidence:
        if e.about.startswith("caption:"):
            number = int(e.about.partition(":")[2])
            by_number.setdefault(number, []).extend(_against(e, policy))
            if e.question == "license":
                licensed.add(number)
    for number, reasons in by_number.items():
        if number not in licensed:
            reasons.append("rights.none")
    return {n: worst(reasons) if reasons else "" for n, reasons in sorted(by_number.items())}


def _against(e: Evidence, policy: Policy) -> Iterator[str]:
    """The reasons that one piece of evidence gives against what it speaks about."""
    if e.question == "license" and e.strength is not Strength.WEAK:
        yield from _rights(e, policy)
    else:
        yield from _plain(e)


def _plain(e: Evidence) -> Iterator[str]:
    """A question that is a reason code: yes gives it, and what could not be answered holds."""
    if e.question in REASONS and e.answer is not Answer.NO and e.strength is not Strength.WEAK:
        yield e.question if e.answer is Answer.YES else "rights.unreadable"


def _rights(e: Evidence, policy: Policy) -> Iterator[str]:
    if e.answer is Answer.NO:
        yield "rights.none"
    elif e.answer is Answer.UNKNOWN:
        yield "rights.unknown"
    else:
        reading = spdx.standing(e.value)
        if not reading.accepted:
            yield reading.reason or "rights.unknown"
        elif reading.cls not in policy.accept or reading.cls not in ADMITTED[policy.basis]:
            yield "rights.basis"


def _missing(evidence: Sequence[Evidence], policy: Policy) -> Iterator[str]:
    """What the silence of the evidence means."""
    image = {e.value for e in evidence if e.about == "image" and e.question == "license"}
    if not image:
        yield "rights.none"
    if len(image) > 1:
        yield "rights.conflict"
    consented = any(e.question == "consent" and e.answer is Answer.YES for e in evidence)
    if policy.basis is Basis.OPT_IN and not consented:
        yield "rights.consent"
    if not any(e.about.startswith("caption:") for e in evidence):
        yield "caption.none"
