"""Really Simple Licensing 1.0: the XML file that says which use needs which license.

https://rslstandard.org/rsl (10 December 2025): §3.3 content, §3.4 permits and prohibits, §3.7
payment. Every scope that covers an address counts, and so does every license in it.
"""

import re
import xml.etree.ElementTree as ET  # the element type only; defusedxml does the parsing
from collections.abc import Iterator

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from curator.core.reservations import paths
from curator.core.reservations.signal import RSL, Finding, Stance, too_long

STANDARD = "rsl"
DOCUMENT_BYTES = 2**20  # a rate card of a large publisher is under 100 KiB
TAGS = 20_000  # "<" per document

# Words of RSL 1.0, then those of its drafts that say the same.
_TRAINING = frozenset({"all", "ai-all", "ai-train", "train-ai", "train-genai", "ai-training"})
_OTHER = frozenset({"ai-input", "ai-index", "search", "ai-use", "ai-summarize"})
_FREE = "free"
_LINK = re.compile(r"<([^<>]*)>((?:[^,\"]|\"[^\"]*\")*)")
_MEDIA_TYPE = "application/rsl+xml"


def read(body: bytes | str, url: str, where: str = RSL) -> tuple[Finding, ...]:
    """What a license file says of training on what is at a URL.

    A use that must be paid for, or asked of a license server, is reserved.
    """
    if len(body) > DOCUMENT_BYTES:
        return (too_long(STANDARD, where, DOCUMENT_BYTES),)
    tag: str | bytes = "<" if isinstance(body, str) else b"<"
    if body.count(tag) > TAGS:  # type: ignore[arg-type]  # both are of the body's own type
        return (Finding(STANDARD, where, f"more than {TAGS} tags", Stance.UNREADABLE),)
    try:
        root = fromstring(body.strip(), forbid_dtd=True)
    except (DefusedXmlException, ET.ParseError, ValueError, LookupError):
        return (Finding(STANDARD, where, "not well-formed XML", Stance.UNREADABLE),)
    if _name(root) != "rsl":
        return (Finding(STANDARD, where, f"not RSL: {root.tag}"[:200], Stance.UNREADABLE),)
    return tuple(dict.fromkeys(_document(root, paths.of(url), where)))


def linked(header: str) -> tuple[str, ...]:
    """The license files that a `Link` header names: rel license, of RSL's media type."""
    found = []
    for match in _LINK.finditer(header[: 2**16]):
        parameters = match[2].replace('"', "").lower()
        if "rel=license" in parameters.replace(" ", "") and _MEDIA_TYPE in parameters:
            found.append(match[1].strip())
    return tuple(found)


def _document(root: ET.Element, path: str, where: str) -> Iterator[Finding]:
    for content in _all(root, "content"):
        address = content.get("url", "")
        if address and not paths.matches(_pattern(address), path):
            continue
        if content.get("server") or content.get("encrypted", "").lower() == "true":
            words = f"{address or '(all)'}: a license must be had from {content.get('server')}"
            yield Finding(STANDARD, where, words[:200], Stance.RESERVED)
        held = list(_all(content, "license"))
        for license_ in held:
            yield from _license(license_, address or "(all)", where)
        if not held:
            yield Finding(STANDARD, where, f"{address}: no license in it", Stance.UNREADABLE)


def _license(license_: ET.Element, address: str, where: str) -> Iterator[Finding]:
    said = [*_uses(license_), *_payments(license_)]
    for words, stance in said or [("free of conditions", Stance.ALLOWED)]:
        yield Finding(STANDARD, where, f"{address}: {words}"[:200], stance)


def _uses(license_: ET.Element) -> Iterator[tuple[str, Stance]]:
    permitted: set[str] = set()
    for child in license_:
        rule, kind = _name(child), child.get("type", "usage").lower()
        words = set(re.split(r"[\s,]+", (child.text or "").lower())) - {""}
        if rule not in {"permits", "prohibits"}:
            continue
        shown = f"{rule} {kind}: {' '.join(sorted(words))}"
        if kind != "usage":
            yield shown, Stance.UNREADABLE  # who we are and where is for a person to weigh
        elif rule == "permits":
            permitted |= words
        elif words & _TRAINING:
            yield shown, Stance.RESERVED
        elif not words or words - _OTHER:
            yield shown, Stance.UNREADABLE
    if permitted:  # what a list of permits leaves out is not permitted
        stance = Stance.ALLOWED if permitted & _TRAINING else Stance.RESERVED
        yield f"permits usage: {' '.join(sorted(permitted))}", stance


def _payments(license_: ET.Element) -> Iterator[tuple[str, Stance]]:
    for payment in _all(license_, "payment"):
        kind = payment.get("type", _FREE).strip().lower()
        priced = any(_name(child) in {"amount", "standard", "custom"} for child in payment)
        if kind == "attribution" and not priced:
            yield "payment: attribution", Stance.UNREADABLE  # how is told elsewhere
        elif kind != _FREE or priced:
            yield f"payment: {kind}", Stance.RESERVED


def _pattern(address: str) -> str:
    """A scope as a path pattern; an address names one host, and its path counts here."""
    return paths.of(address) if "://" in address else address


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in element if _name(child) == name)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
