"""Content Signals: `Content-Signal: search=yes, ai-train=no` in robots.txt or as a header.

https://contentsignals.org/ (Cloudflare, 2025): "express reservations of rights" under EU law.
"""

import re

from curator.core.reservations.signal import Finding, Stance

STANDARD = "content-signal"

_PAIR = re.compile(r"([a-z][a-z-]*+)\s*+=\s*+([^\s,;]*+)", re.IGNORECASE)
_WORST = (Stance.RESERVED, Stance.UNREADABLE, Stance.ALLOWED)
_TRAIN = {"no": Stance.RESERVED, "yes": Stance.ALLOWED}


def read(value: str, where: str) -> tuple[Finding, ...]:
    """What the words say of training, as one finding."""
    said = stance(value)
    return (Finding(STANDARD, where, value.strip()[:200], said),) if said else ()


def stance(value: str) -> Stance | None:
    """What a line says of training; None where it says nothing of it.

    `use` limits how far content may be consumed; what is less than `full` is for a person to judge.
    """
    pairs = [(key.lower(), said.lower()) for key, said in _PAIR.findall(value)]
    said = {_TRAIN.get(word, Stance.UNREADABLE) for key, word in pairs if key == "ai-train"}
    said |= {Stance.UNREADABLE for key, word in pairs if key == "use" and word != "full"}
    if not pairs and value.strip():
        return Stance.UNREADABLE
    return next((each for each in _WORST if each in said), None)
