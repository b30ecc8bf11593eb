"""The consents that travel with an item as notes of its record, judged for its bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from curator.consent_record import Consent, Revocation
from curator.core.consent import Verified, read, signed_by_all, verify

CONSENT_NOTE, REVOCATION_NOTE = "consent", "revocation"
Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the records say of one file."""

    holds: Verified | None = None  # the consent that covers it
    faults: tuple[str, ...] = ()  # if none holds: why not
    rivals: tuple[str, ...] = ()  # somebody else consented to the same bytes


@dataclass(frozen=True, slots=True)
class Shelf:
    """All records of a folder by what an item can be told by."""

    by_work: Mapping[str, tuple[str, ...]]  # digest of a file → texts of consents
    by_consent: Mapping[str, tuple[str, ...]]  # id of a consent → texts of revocations
    ids: Mapping[str, str]  # text of a consent → its id
    credits: Mapping[str, str]  # text of a consent → whom it credits

    def notes(self, digest: str) -> Notes:
        """Every record that could matter to a file of this digest."""
        consents = self.by_work.get(digest, ())
        ended = {text for each in consents for text in self.by_consent.get(self.ids[each], ())}
        return (
            *((CONSENT_NOTE, text) for text in consents),
            *((REVOCATION_NOTE, text) for text in sorted(ended)),
        )

    def credit(self, digest: str) -> str:
        """Whom the consents to this file credit, "" unless they agree."""
        names = {self.credits[text] for text in self.by_work.get(digest, ())}
        return names.pop() if len(names) == 1 else ""


@lru_cache(maxsize=2)  # one source is read at a time, and asks once per image
def shelf(records: tuple[str, ...]) -> Shelf:
    """The records in order; ValueError for a text that is neither consent nor revocation."""
    by_work: dict[str, list[str]] = {}
    by_consent: dict[str, list[str]] = {}
    ids: dict[str, str] = {}
    named: dict[str, str] = {}
    for text in dict.fromkeys(records):
        match read(text.encode()):
            case Consent() as consent:
                ids[text], named[text] = consent.id, consent.credit()
                for work in consent.works:
                    by_work.setdefault(work.sha256, []).append(text)
            case Revocation() as revocation:
                by_consent.setdefault(revocation.revokes, []).append(text)
    return Shelf(_fixed(by_work), _fixed(by_consent), ids, named)


def standing(notes: Notes, digest: str, day: str) -> Standing:
    """What the records in an item's notes say of the file of this digest on this day."""
    revocations = [text.encode() for name, text in notes if name == REVOCATION_NOTE]
    texts = [text.encode() for name, text in notes if name == CONSENT_NOTE]
    holding: list[Verified] = []
    faults: list[str] = []
    for record in texts:
        found = verify(record, revocations, day)
        if not isinstance(found, Verified):
            faults += found
        elif digest not in found.works:
            faults.append("it names other files")
        else:
            holding.append(found)
    holding.sort(key=lambda one: (one.consent.expiry, one.consent.id, one.digest), reverse=True)
    rivals = _rivals(texts, digest)
    if holding:
        return Standing(holding[0], (), rivals)
    return Standing(None, tuple(faults), rivals)


def _rivals(records: Sequence[bytes], digest: str) -> tuple[str, ...]:
    """Two consents to the same bytes whose creators know nothing of each other.

    A record that has ended still says whose the work is, so only its signatures count here.
    """
    signed = [consent for consent in map(signed_by_all, records) if consent]
    claims = [one for one in signed if any(work.sha256 == digest for work in one.works)]
    return tuple(
        f"consent {first.id} of {first.credit()} and consent {second.id} of {second.credit()} "
        "name the same file"
        for first, second in combinations(sorted(claims, key=lambda one: one.id), 2)
        if first.creator.key not in second.authors() or second.creator.key not in first.authors()
    )


def _fixed(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(texts) for name, texts in found.items()}
