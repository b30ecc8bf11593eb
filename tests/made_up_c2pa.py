"""C2PA manifest stores made by code: CBOR, JUMBF boxes, manifests; the signatures are empty."""

import json
import struct

from made_up_files import box, png, png_chunk, segment

_SUFFIX = bytes.fromhex("00110010800000aa00389b71")
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def cbor(value: object) -> bytes:
    """A value in CBOR's shortest form (RFC 8949)."""
    match value:
        case bool():
            return b"\xf5" if value else b"\xf4"
        case None:
            return b"\xf6"
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case float():
            return b"\xfb" + struct.pack(">d", value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case list():
            return _head(4, len(value)) + b"".join(map(cbor, value))
        case dict():
            pairs = b"".join(cbor(key) + cbor(held) for key, held in value.items())
            return _head(5, len(value)) + pairs
    raise TypeError(value)


def _head(major: int, number: int) -> bytes:
    for short, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 24:
            return bytes([major * 32 + number])
        if number < 1 << (8 * size):
            return bytes([major * 32 + short]) + number.to_bytes(size)
    raise ValueError(number)


def superbox(kind: bytes, label: str, *inside: bytes) -> bytes:
    """A JUMBF superbox of the type that four letters name."""
    named = kind + _SUFFIX + b"\3" + label.encode() + b"\0"
    return box(b"jumb", box(b"jumd", named), *inside)


def assertion(label: str, value: object) -> bytes:
    """An assertion in CBOR."""
    return superbox(b"cbor", label, box(b"cbor", cbor(value)))


def json_assertion(label: str, value: object) -> bytes:
    """An assertion in JSON."""
    return superbox(b"json", label, box(b"json", json.dumps(value).encode()))


def actions(*held: dict[str, object], label: str = "c2pa.actions.v2") -> bytes:
    """An assertion of actions."""
    return assertion(label, {"actions": list(held)})


def manifest(*assertions: bytes, label: str = "urn:c2pa:made-up", claim: object = None) -> bytes:
    """A manifest with a claim and an empty signature."""
    said = {"claim_generator_info": {"name": "Made-up Camera"}} if claim is None else claim
    return superbox(
        b"c2ma",
        label,
        superbox(b"c2as", "c2pa.assertions", *assertions),
        superbox(b"c2cl", "c2pa.claim.v2", box(b"cbor", cbor(said))),
        superbox(b"c2cs", "c2pa.signature", box(b"cbor", b"no CBOR at all")),
    )


def store(*manifests: bytes) -> bytes:
    """A manifest store; the last manifest is the active one."""
    return superbox(b"c2pa", "c2pa", *manifests)


def with_store(boxes: bytes) -> bytes:
    """A PNG that carries it."""
    return png(png_chunk(b"caBX", boxes))


def app11(boxes: bytes, size: int = 60_000, number: int = 1) -> list[bytes]:
    """The APP11 segments of a JPEG that carry a box, each with at most `size` bytes of it."""
    head, rest = boxes[:8], boxes[8:]
    pieces = [rest[at : at + size] for at in range(0, len(rest), size)]
    return [
        segment(0xEB, b"JP" + struct.pack(">HI", number, place) + head + piece)
        for place, piece in enumerate(pieces, 1)
    ]
