"""TDM Reservation Protocol: file, header, HTML meta and XMP, and which of them counts.

https://github.com/w3c/tdm-reservation-protocol, spec/index.html (W3C Community Group).
"""

import json
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from curator.core.reservations import paths
from curator.core.reservations.html_meta import metas
from curator.core.reservations.signal import (
    PAGE,
    TDM_FILE,
    TDM_HEADER,
    TDM_IN_FILE,
    Finding,
    Stance,
    decode,
    is_page,
    too_long,
)

STANDARD = "tdmrep"
NAMESPACE = "http://www.w3.org/ns/tdmrep/"  # of the XMP property tdm:reservation

_STANCES = {"1": Stance.RESERVED, "0": Stance.ALLOWED}
_RANK = {TDM_FILE: 0, TDM_HEADER: 1, PAGE: 2, TDM_IN_FILE: 3}  # a later one supersedes
_QUOTED = 200  # characters of a rule that are kept


def read_file(body: bytes | str, url: str) -> tuple[Finding, ...]:
    """What tdmrep.json says of a URL: the first rule that matches it.

    A page in its place means that the host does not have one.
    """
    text, cut = decode(body)
    if not text.strip() or is_page(text):
        return ()
    if cut:
        return (too_long(STANDARD, TDM_FILE),)
    try:
        rules = json.loads(text, object_pairs_hook=_Rule)
    except (ValueError, RecursionError):
        return (Finding(STANDARD, TDM_FILE, "not JSON", Stance.UNREADABLE),)
    rules = [rules] if isinstance(rules, _Rule) else rules
    if not isinstance(rules, list):
        return (Finding(STANDARD, TDM_FILE, "not a list of rules", Stance.UNREADABLE),)
    return tuple(_rules(rules, paths.of(url)))


def read_header(value: str, where: str = TDM_HEADER) -> tuple[Finding, ...]:
    """What the header, or the XMP property, says; several values may be joined by commas."""
    values = [part.strip() for part in value.split(",") if part.strip()]
    if not values:
        return ()
    return (Finding(STANDARD, where, value.strip()[:_QUOTED], _stance(values)),)


def read_html(body: bytes | str) -> tuple[Finding, ...]:
    """What a page's metadata says of the page itself; the images on it are not meant."""
    found, _ = metas(body)
    values = [content.strip() for name, content in found if name == "tdm-reservation"]
    if not values:
        return ()
    words = f"tdm-reservation {', '.join(values)}"[:_QUOTED]
    return (Finding(STANDARD, PAGE, words, _stance(values), about="page"),)


def effective(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings less those that a closer one supersedes: file < header < HTML < in-file.

    What is absent or unreadable supersedes nothing, and a page speaks of itself only.
    """
    closest = {
        about: max((_RANK[f.where] for f in findings if _decides(f, about)), default=0)
        for about in ("image", "page")
    }
    return tuple(
        f for f in findings if not _decides(f, f.about) or _RANK[f.where] == closest[f.about]
    )


def _decides(finding: Finding, about: str) -> bool:
    spoken = finding.standard == STANDARD and finding.stance is not Stance.UNREADABLE
    return spoken and finding.about == about


class _Rule(list[tuple[str, object]]):
    """A JSON object as its pairs, so that no second value hides a first."""

    def all(self, name: str) -> list[object]:
        """Every value of a key."""
        return [value for key, value in self if key == name]


def _rules(rules: list[object], path: str) -> Iterator[Finding]:
    for rule in rules:
        if not isinstance(rule, _Rule) or not rule.all("location"):
            yield Finding(STANDARD, TDM_FILE, "a rule without location", Stance.UNREADABLE)
            continue
        places = [str(place) for place in rule.all("location")]
        if not any(paths.matches(_pattern(place), path) for place in places):
            continue
        values = [_number(value) for value in rule.all("tdm-reservation")]
        stance = _stance(values)
        words = f"{places[0]}: tdm-reservation {', '.join(values) or 'missing'}"
        yield Finding(STANDARD, TDM_FILE, words[:_QUOTED], stance)
        if stance is not Stance.UNREADABLE:
            return  # the first match is the most specific


def _pattern(location: str) -> str:
    """A location as a path pattern; some hosts write whole addresses."""
    if "://" not in location:
        return location if location.startswith(("/", "*")) else "/" + location
    try:
        parts = urlsplit(location)
    except ValueError:
        return location
    return parts.path or "/"


def _number(value: object) -> str:
    return str(value).strip() if isinstance(value, int | str) else repr(value)


def _stance(values: Sequence[str]) -> Stance:
    """One 1 reserves; only zeros allow; anything else is a protocol error."""
    stances = {_STANCES.get(value, Stance.UNREADABLE) for value in values}
    if Stance.RESERVED in stances:
        return Stance.RESERVED
    return Stance.ALLOWED if stances == {Stance.ALLOWED} else Stance.UNREADABLE
