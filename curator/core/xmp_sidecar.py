"""An XMP file beside an image, read as the words of a sidecar."""

import re
from collections.abc import Iterator, Sequence

from curator.core import rdf, spdx, xmp
from curator.core.rdf import DC

_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_CC = "http://creativecommons.org/ns#"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_LICENSES = ((_CC, "license"), (_RIGHTS, "WebStatement"), (_RIGHTS, "UsageTerms"), (DC, "rights"))
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # BCP 47, loosely; else "und"
_DEFAULT = "x-default"


def read(packet: bytes) -> dict[str, object]:
    """The keys that a JSON or YAML sidecar would have; a key is there where it says something.

    Raises ValueError, in one sentence, where the packet cannot be read or states two licenses.
    """
    faults = xmp.read(packet).faults
    if faults:
        raise ValueError(faults[0])
    held = rdf.read(packet)
    titles, descriptions = _all(held, DC, "title"), _all(held, DC, "description")
    captions = [
        *_captions(titles, "human-title"),
        *_captions(descriptions, "human-description"),
    ]
    said: dict[str, object] = {
        "title": _default(titles),
        "captions": list({(c["text"], c["lang"]): c for c in reversed(captions)}.values())[::-1],
        "creator": ", ".join(each.value for each in _all(held, DC, "creator")),
        "credit": _default(_all(held, _PHOTOSHOP, "Credit")),
        "license": _license(held),
        "landing_url": _web(_default(_all(held, _PHOTOSHOP, "Source"))),
        "created": _default(_all(held, _PHOTOSHOP, "DateCreated"))
        or _default(_all(held, _XMP, "CreateDate")),
        "tags": [each.value for each in _all(held, DC, "subject")],
    }
    return {key: value for key, value in said.items() if value}


def _all(held: Sequence[rdf.Statement], namespace: str, name: str) -> list[rdf.Statement]:
    return [each for each in held if each[:2] == (namespace, name)]


def _default(held: Sequence[rdf.Statement]) -> str:
    """The value that is meant for all readers, else the first."""
    values = [each.value for each in held if each.lang == _DEFAULT] + [each.value for each in held]
    return values[0] if values else ""


def _captions(held: Sequence[rdf.Statement], kind: str) -> Iterator[dict[str, str]]:
    """Every language's text; the default only where it is none of them."""
    spoken = {each.value for each in held if each.lang not in {"", _DEFAULT}}
    for each in held:
        if each.lang in {"", _DEFAULT} and each.value in spoken:
            continue
        lang = each.lang if each.lang != _DEFAULT and _TAG.fullmatch(each.lang) else "und"
        yield {"text": each.value, "lang": lang, "kind": kind}


def _license(held: Sequence[rdf.Statement]) -> str:
    """The first statement that names a license, or the first at all where none does.

    Two that name different licenses are a contradiction: which one holds is not ours to choose.
    """
    stated = [each.value for place in _LICENSES for each in _all(held, *place)]
    named = {value: spdx.read(value).spdx for value in stated}
    meant = {expression for expression in named.values() if expression}
    if len(meant) > 1:
        raise ValueError(f"two licenses: {', '.join(sorted(meant))}")
    return next((value for value in stated if named[value]), stated[0] if stated else "")


def _web(address: str) -> str:
    return address if address.lower().startswith(("http://", "https://")) else ""
