"""Public domain with a reason: which reasons a record gives, where they hold, whose word it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curator.core import spdx
from curator.core.days import span
from curator.core.license_text import fold, key
from curator.core.notes import (
    COUNTRY,
    CREATOR_DIED,
    HOLDER,
    INSTITUTION,
    SELF,
    TEMPLATE,
    WORK_DATE,
    values,
)
from curator.core.pd_table import EVERYWHERE, By, Reason, table
from curator.core.text import clean
from curator.core.years import years
from curator.model import Answer, Candidate, Claim, Evidence, LicenseClass, Strength, quote

HELD = "rights.pd-reason"  # what a license says whose text alone proves nothing
QUESTION = "pd-reason"
_JOINTS = re.compile(r" (?:OR|AND) |[()]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record tells beside its statements of rights, as it tells it."""

    year: int = 0  # of the snapshot; 0 = unknown
    died: tuple[str, ...] = ()  # one for each creator
    made: tuple[str, ...] = ()
    made_where: str = WORK_DATE
    institution: str = ""
    countries: tuple[str, ...] = ()
    own: bool = False  # the uploader is the named creator
    tags: tuple[str, ...] = ()  # on the work's page
    against: frozenset[str] = frozenset()  # places that one of them speaks against
    apart: bool = False  # asked of the picture, while the dates are those of the depicted work


@dataclass(frozen=True, slots=True)
class Tag:
    """A statement that may name a reason."""

    where: str
    text: str
    claim: bool  # a statement of the source itself; False = a tag on the work's page


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason that a tag names, judged by the facts."""

    reason: Reason
    answer: Answer
    holds: frozenset[str]  # empty unless the answer is yes
    words: tuple[tuple[str, str], ...]  # (field, value) that it rests on
    why: str = ""  # what is missing, where the answer is not yes


@dataclass(frozen=True, slots=True)
class Proof:
    """What all statements about one thing come to: the parts of an `Evidence`."""

    answer: Answer
    value: str  # "<reason id>:<jurisdiction>,<jurisdiction>"; "" unless the answer is yes
    where: str
    quote: str


def facts(record: Candidate, about: str, date: str) -> Facts:
    """The facts of a record for a question about "image" or "work"; `date` is the snapshot's day.

    The work's date is `work_date`, or the record's `created` where there is none: one fact.
    """
    notes, day = record.notes, span(date)
    made = values(notes, WORK_DATE)
    tags = values(notes, TEMPLATE)
    holders = values(notes, HOLDER)
    return Facts(
        year=day[0].year if day else 0,
        died=values(notes, CREATOR_DIED),
        made=made or ((record.created,) if record.created.strip() else ()),
        made_where=WORK_DATE if made else "created",
        institution="; ".join(values(notes, INSTITUTION)),
        countries=values(notes, COUNTRY),
        own=bool(holders) and set(holders) == {SELF},
        tags=tags,
        against=frozenset[str]().union(*map(_against, tags)),
        apart=about == "image" and any(claim.about == "work" for claim in record.claims),
    )


def reasons(tags: Sequence[Tag], known: Facts) -> tuple[Finding, ...]:
    """Every reason that the tags name, judged: in the order of the tags, then of the table.

    A tag that names no reason gives nothing; neither does one that names several licenses at once.
    """
    return tuple(_judged(reason, tag, known) for tag in tags for reason in _named(tag))


@lru_cache(maxsize=65_536)  # few differ: what repeats is a statement with the same two years
def proof(claims: tuple[Claim, ...], known: Facts) -> Proof:
    """What the claims, all about one thing, and the tags of the record's page prove.

    Each claim needs a reason; what is proven holds where all of their reasons hold. Never yes
    without a place.
    """
    pages = tuple(Tag(TEMPLATE, text, claim=False) for text in known.tags)
    found = [reasons((Tag(claim.where, claim.text, claim=True), *pages), known) for claim in claims]
    if not all(_simple(claim) for claim in claims):
        return _short(Answer.UNKNOWN, "more than one license applies", claims)
    chosen = [_best(findings) for findings in found]
    holds = frozenset.intersection(*(_union(best) for best in chosen)) if chosen else frozenset()
    if not holds:
        return _unproven(found, claims)
    best = tuple(dict.fromkeys(finding for findings in chosen for finding in findings))
    ids = "+".join(dict.fromkeys(finding.reason.id for finding in best))
    words = tuple(dict.fromkeys(word for finding in best for word in finding.words))
    return Proof(Answer.YES, f"{ids}:{','.join(sorted(holds))}", *_told(words))


def sentence(record: Candidate, evidence: Sequence[Evidence]) -> str:
    """Why image and depicted work are in the public domain and who says so; "" if they are not.

    A claim is told as a claim: "…; holds in eu, jp, origin, us; as stated by …".
    """
    told = ((about, _why(record, evidence, about)) for about in ("image", "work"))
    parts = [f"depicted work: {why}" if about == "work" else why for about, why in told if why]
    return clean(". ".join(parts))


def _why(record: Candidate, evidence: Sequence[Evidence], about: str) -> str:
    said = [e for e in evidence if e.about == about and e.answer is Answer.YES]
    right = next((e.value for e in said if e.question == "license"), "")
    reading = spdx.standing(right)
    if reading.accepted and reading.cls is LicenseClass.PUBLIC_DOMAIN:
        arms = (arm for name in _JOINTS.split(right) for arm in table().by_license.get(name, ()))
        reason = next((arm for arm in arms if arm.own_words), None)
        return _stated([reason], EVERYWHERE, record, right) if reason else ""
    proven = [e for e in said if e.question == QUESTION and e.strength is not Strength.WEAK]
    if reading.reason != HELD or not proven:
        return ""
    ids, _, places = proven[0].value.partition(":")
    given = [table().by_id[name] for name in ids.split("+")]
    return _stated(given, frozenset(places.split(",")), record, proven[0].quote)


def _stated(given: Sequence[Reason], holds: frozenset[str], record: Candidate, words: str) -> str:
    source = str(record.item).partition(":")[0]
    who = {
        By.HOLDER: record.creator or "the holder",
        By.INSTITUTION: "; ".join(values(record.notes, INSTITUTION)),
        By.ANYBODY: f"the record of {source}",
    }
    speakers = " and ".join(dict.fromkeys(who[reason.by] for reason in given))
    grounds = ", and: ".join(reason.sentence for reason in given)
    places = "everywhere" if holds >= EVERYWHERE else f"in {', '.join(sorted(holds))}"
    return f"{grounds}; holds {places}; as stated by {speakers} ({words})"


def _named(tag: Tag) -> Iterator[Reason]:
    found = spdx.read(tag.text).spdx
    if found is not None and " AND " not in found:
        for arm in found.split(" OR "):
            yield from table().by_license.get(arm, ())


@lru_cache(maxsize=4096)  # tags on pages repeat
def _against(tag: str) -> frozenset[str]:
    return table().against.get(key(tag), frozenset())


def _simple(claim: Claim) -> bool:
    return " AND " not in (spdx.read(claim.text).spdx or "")


def _judged(reason: Reason, tag: Tag, known: Facts) -> Finding:
    said = (tag.where, tag.text)
    if reason.by is By.INSTITUTION and not (tag.claim and known.institution):
        return Finding(reason, Answer.NO, frozenset(), (said,), "said by no holding institution")
    if reason.by is By.HOLDER and not (reason.own_words or known.own):
        return Finding(reason, Answer.NO, frozenset(), (said,), "not said by the holder")
    answer, why = _aged(reason, known)
    words = (*_dates(reason, known), *_words(reason, known), said)
    holds = _holds(reason, known) if answer is Answer.YES else frozenset()
    if answer is Answer.YES and not holds:
        answer, why = Answer.NO, "holds in no place that is told"
    return Finding(reason, answer, holds, words, why)


def _aged(reason: Reason, known: Facts) -> tuple[Answer, str]:
    """Whether the dates bear out the ages that a reason asks for."""
    asked = [(reason.died, known.died, "death"), (reason.made, known.made, "work")]
    asked = [(need, said, of) for need, said, of in asked if need]
    if not asked:
        return Answer.YES, ""
    if known.apart and not reason.reproduction:
        return Answer.UNKNOWN, "the dates are those of the depicted work"
    spans = [_span(said) for _, said, _ in asked]
    last = [(need, days[1], of) for (need, _, of), days in zip(asked, spans, strict=True) if days]
    young = [of for need, year, of in last if known.year - year < need]
    if not known.year or len(last) < len(asked) or any(year > known.year for _, year, _ in last):
        return Answer.UNKNOWN, "the years of work and death are not told beyond doubt"
    if young:
        return Answer.NO, f"not old enough: {', '.join(young)}"
    death, work = spans[0], spans[-1]
    if death and work and len(asked) > 1 and work[0] > death[1]:
        return Answer.UNKNOWN, "the work is younger than its creator's death"
    return Answer.YES, ""


def _span(said: Sequence[str]) -> tuple[int, int] | None:
    """From the first to the last year of all texts; None if there is none or one is not read."""
    read = [years(text) for text in said]
    known = [both for both in read if both]
    if not known or len(known) < len(read):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def _holds(reason: Reason, known: Facts) -> frozenset[str]:
    """The places where a reason holds; `origin` is what the country makes of it."""
    holds, places = reason.holds, _places(known.countries)
    if places is not None and holds & places and not reason.foreign:
        holds |= {"origin"}
    elif places is not None and not holds >= EVERYWHERE:
        holds -= {"origin"}
    if known.against:
        lost = {"origin"} if places is None or places & known.against else set[str]()
        holds -= known.against | lost
    return holds


def _places(countries: Sequence[str]) -> frozenset[str] | None:
    """The places that all the countries lie in; None where no country is told."""
    if not countries:
        return None
    return frozenset.intersection(*(table().places.get(fold(c), frozenset()) for c in countries))


def _dates(reason: Reason, known: Facts) -> Iterator[tuple[str, str]]:
    if reason.died:
        yield from ((CREATOR_DIED, text) for text in known.died)
    if reason.made:
        yield from ((known.made_where, text) for text in known.made)


def _words(reason: Reason, known: Facts) -> Iterator[tuple[str, str]]:
    """What else a reason rests on."""
    if reason.by is By.INSTITUTION:
        yield INSTITUTION, known.institution
    if reason.by is By.HOLDER and not reason.own_words:
        yield HOLDER, SELF
    if not reason.holds >= EVERYWHERE:
        yield from ((COUNTRY, country) for country in known.countries)


def _best(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The one finding that holds wherever any does, or else all that hold."""
    good = tuple(finding for finding in findings if finding.answer is Answer.YES)
    alone = (finding for finding in good if finding.holds >= _union(good))
    one = next(alone, None)
    return (one,) if one else good


def _union(findings: Sequence[Finding]) -> frozenset[str]:
    return frozenset[str]().union(*(finding.holds for finding in findings))


def _unproven(found: Sequence[Sequence[Finding]], claims: Sequence[Claim]) -> Proof:
    """The first thing that is missing; unknown goes before no, since a person may find it out."""
    missing = [finding for findings in found for finding in findings if finding.why]
    missing.sort(key=lambda finding: finding.answer is not Answer.UNKNOWN)
    if not missing:
        return _short(Answer.NO, "no reason is given", claims)
    where, words = _told(missing[0].words)
    return Proof(missing[0].answer, "", where, quote(f"{missing[0].why}; {words}"))


def _short(answer: Answer, why: str, claims: Sequence[Claim]) -> Proof:
    where, words = _told([(claim.where, claim.text) for claim in claims])
    return Proof(answer, "", where, quote(f"{why}; {words}"))


def _told(words: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The fields, and what stands in them: the years first, so that no cut takes them."""
    where = "; ".join(dict.fromkeys(field for field, _ in words))
    return where, quote("; ".join(f"{field}: {' '.join(text.split())}" for field, text in words))
