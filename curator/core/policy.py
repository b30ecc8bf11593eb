"""The only judge: evidence in, decision out; the worst verdict wins, silence is no consent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    pd_scope: frozenset[str] = frozenset({"origin", "us"})  # where the public domain must hold
    final: bool = True  # False while only the record is known

    def __post_init__(self) -> None:
        if not self.accept or not self.ai_admit:
            raise ValueError("a policy that admits nothing is a mistake, not a policy")
        if not self.accept <= frozenset(CLASSES):
            raise ValueError("a policy may narrow what is accepted, never widen it")

    def before_bytes(self) -> "Policy":
        """The policy for records alone: consent and AI classes are only known with the file."""
        return replace(self, final=False)


def worst(reasons: Sequence[str]) -> str:
    """The reason of the worst verdict; among equals the first of the table."""
    return min(reasons, key=lambda code: (-SEVERITY[REASONS[code][0]], ORDER[code]))


@lru_cache(maxsize=65_536)
def decide(evidence: tuple[Evidence, ...], policy: Policy) -> Decision:
    """Judge one item: captions first, then image and work.

    A caption with a reason against it is dropped; when the last one falls, its reason is the
    item's. The order of the evidence does not matter.
    """
    lifted = _lifted(evidence)
    captions = _captions(evidence, policy, lifted)
    dropped = tuple((n, reason) for n, reason in captions.items() if reason)
    case = _Case(policy, _in_public_domain(evidence, policy.pd_scope), lifted)
    against = [code for e in evidence if e.about in ("image", "work") for code in _against(e, case)]
    against += _missing(evidence, policy)
    if captions and len(dropped) == len(captions):
        against.append(dropped[-1][1])
    best, _ = ai_class(evidence, policy.predates_before)
    if policy.final and best not in policy.ai_admit and "ai.undeclared" not in lifted:
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
    return max((class_of(e) for e in expressions if e), key=CLASSES.index)


def class_of(expression: str) -> LicenseClass:
    """The class of an accepted right; a public-domain claim that passed has had its reason."""
    reading = spdx.standing(expression)
    claim = reading.reason == "rights.pd-reason" and " " not in expression
    return LicenseClass.PUBLIC_DOMAIN if claim else reading.cls


@dataclass(frozen=True, slots=True)
class _Case:
    """The policy, what is proven to be in the public domain, which holds a person lifted."""

    policy: Policy
    public: frozenset[str]
    lifted: frozenset[str]


def _lifted(evidence: Sequence[Evidence]) -> frozenset[str]:
    """The reasons that a person looked into and lifted; only a hold can be lifted."""
    return frozenset(
        e.value
        for e in evidence
        if e.question == "review"
        and e.answer is Answer.YES
        and e.strength is not Strength.WEAK
        and e.value in REASONS
        and REASONS[e.value][0] is Verdict.HOLD
    )


def _in_public_domain(evidence: Sequence[Evidence], scope: frozenset[str]) -> frozenset[str]:
    """What a reason proves to be in the public domain in every jurisdiction of the scope.

    The value of such evidence is "<reason id>:<jurisdiction>,<jurisdiction> …".
    """
    return frozenset(
        e.about
        for e in evidence
        if e.question == "pd-reason"
        and e.answer is Answer.YES
        and e.strength is not Strength.WEAK
        and scope <= frozenset(e.value.partition(":")[2].split(","))
    )


def _proved(value: str, before: date) -> Iterator[AiClass]:
    kind, _, day = value.partition(":")
    known = AiClass(kind)
    dated = known in (AiClass.PREDATES_FILE, AiClass.PREDATES_WORK)
    if not dated or date.fromisoformat(day) < before:
        yield known


def _captions(
    evidence: Sequence[Evidence], policy: Policy, lifted: frozenset[str]
) -> dict[int, str]:
    """For every caption, by number, the reason against it, or ""."""
    case = _Case(policy, frozenset(), lifted)
    by_number: dict[int, list[str]] = {}
    licensed: set[int] = set()
    for e in evidence:
        if e.about.startswith("caption:"):
            number = int(e.about.partition(":")[2])
            by_number.setdefault(number, []).extend(_against(e, case))
            if e.question == "license":
                licensed.add(number)
    for number, reasons in by_number.items():
        if number not in licensed:
            reasons.append("rights.none")
    return {n: worst(reasons) if reasons else "" for n, reasons in sorted(by_number.items())}


def _against(e: Evidence, case: _Case) -> Iterator[str]:
    """The reasons that one piece of evidence gives against what it speaks about."""
    if e.question == "license" and e.strength is not Strength.WEAK:
        yield from _rights(e, case)
    else:
        yield from (reason for reason in _plain(e) if reason not in case.lifted)


def _plain(e: Evidence) -> Iterator[str]:
    """A question that is a reason code: yes gives it, and what could not be answered holds."""
    if e.question in REASONS and e.answer is not Answer.NO and e.strength is not Strength.WEAK:
        yield e.question if e.answer is Answer.YES else "rights.unreadable"


def _rights(e: Evidence, case: _Case) -> Iterator[str]:
    if e.answer is Answer.NO:
        yield "rights.none"
    elif e.answer is Answer.UNKNOWN:
        yield "rights.unknown"
    else:
        reading, policy = spdx.standing(e.value), case.policy
        alone = " " not in e.value  # an AND of a claim and a license is more than the claim
        lifted = reading.reason in case.lifted
        marked = alone and reading.reason == "rights.pd-reason"
        proven = marked and (lifted or e.about in case.public)
        cls = LicenseClass.PUBLIC_DOMAIN if proven else reading.cls
        if not reading.accepted and not proven and not lifted:
            yield reading.reason or "rights.unknown"
        elif cls not in policy.accept or cls not in ADMITTED[policy.basis]:
            yield "rights.basis"


def _missing(evidence: Sequence[Evidence], policy: Policy) -> Iterator[str]:
    """What the silence of the evidence means."""
    image = {e.value for e in evidence if e.about == "image" and e.question == "license"}
    if not image:
        yield "rights.none"
    if len(image) > 1:
        yield "rights.conflict"
    consented = any(e.question == "consent" and e.answer is Answer.YES for e in evidence)
    if policy.final and policy.basis is Basis.OPT_IN and not consented:
        yield "rights.consent"
    if not any(e.about.startswith("caption:") for e in evidence):
        yield "caption.none"
