"""CAWG training and data mining assertion, and C2PA 1.x's label of the same shape.

https://github.com/decentralized-identity/cawg-training-and-data-mining-assertion
"""

from collections.abc import Iterator, Mapping

from curator.core.reservations.signal import Finding, Stance

STANDARD = "cawg"
LABELS = ("cawg.training-mining", "c2pa.training-mining")

_PREFIXES = ("cawg.", "c2pa.")
# CLIP is not generative; a work kept from the stricter of the two is kept out all the same.
_TRAINING = frozenset({"data_mining", "ai_training", "ai_generative_training"})
_OTHER = frozenset({"ai_inference"})
_STANCES = {
    "allowed": Stance.ALLOWED,
    "notAllowed": Stance.RESERVED,
    "constrained": Stance.RESERVED,  # "shall be treated as equivalent to notAllowed"
}
_ENTRIES = 1000  # entries read; four are defined


def is_label(label: str) -> bool:
    """Whether a label is this assertion's; a second one in a manifest ends in "__1" and so on."""
    return label.partition("__")[0] in LABELS


def read(assertion: object, label: str = LABELS[0]) -> tuple[Finding, ...]:
    """What an assertion (as decoded from CBOR or JSON) says of training and data mining."""
    held = assertion.get("entries", assertion) if isinstance(assertion, Mapping) else None
    if not isinstance(held, Mapping) or len(held) > _ENTRIES:
        return (Finding(STANDARD, label, "not a map of entries", Stance.UNREADABLE),)
    return tuple(_entries(held, label))


def _entries(entries: Mapping[object, object], label: str) -> Iterator[Finding]:
    for name, entry in entries.items():
        key = str(name)
        if not key.startswith(_PREFIXES) or key[5:] in _OTHER:
            continue  # other parties' keys speak of other uses
        use = entry.get("use") if isinstance(entry, Mapping) else None
        stance = _STANCES.get(use, Stance.UNREADABLE) if isinstance(use, str) else None
        stance = stance or Stance.UNREADABLE
        if key[5:] not in _TRAINING and stance is not Stance.ALLOWED:
            stance = Stance.UNREADABLE  # a use that a later version defines
        elif key[5:] not in _TRAINING:
            continue
        why = entry.get("constraint_info") if isinstance(entry, Mapping) else None
        words = f"{key}: {use}" + (f" ({why})" if why else "")
        yield Finding(STANDARD, label, words[:200], stance)
