"""A JPEG's segments: the place a photo was taken is cut out, a rights statement is put in.

Segments as in ITU-T T.81 annex B; EXIF and XMP in APP1 as in CIPA DC-008 and XMP part 3.
"""

import re
import struct
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from curator.core.text import redact, tidy
from curator.io.exif import without_gps

EXIF = b"Exif\0\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_ICC = b"ICC_PROFILE\0"
_APP1, _APP2, _SOS, _EOI = 0xE1, 0xE2, 0xDA, 0xD9
_ROOM = 0xFFFF - 2  # bytes of payload in a segment

# exif:GPSLatitude, drone-dji:GpsLatitude, geo:lat and their kin, whatever their prefix.
_NAME = r"(?:gps\w*|latitude|longitude|lat|long)"
_PLACE = re.compile(_NAME, re.IGNORECASE | re.ASCII)
_PLACED = re.compile(rf"[<:\s]{_NAME}(?=[\s=/>])".encode(), re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rf"(?<=\s)[\w.-]+:{_NAME}\s*=\s*(?:\"[^\"]*\"|'[^']*')".encode(),
    re.IGNORECASE,
)
# At most 2,000 bytes inside: a longer one is not a coordinate, and its packet goes as a whole.
_ELEMENT = re.compile(
    rf"<([\w.-]+:{_NAME})(?=[\s/>])[^<>]{{0,2000}}(?:/>|>.{{0,2000}}?</\1\s*>)".encode(),
    re.IGNORECASE | re.DOTALL,
)

LOCATION = "location removed"
ADDRESS = "address removed"
_COM = 0xFE
_TOLD = frozenset({0xE1, 0xED, _COM})  # Exif and XMP, IPTC, comments
_MAIL = re.compile(rb"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.ASCII)
UNREADABLE = "unreadable metadata removed"


def segments(body: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment before the first scan as (marker, start, end) of its payload.

    Ends quietly where the file does not go on as the standard says.
    """
    at = 2
    while at + 4 <= len(body) and body[at] == 0xFF:  # noqa: PLR2004  every marker begins so
        marker = body[at + 1]
        if marker == 0xFF:  # noqa: PLR2004  a fill byte
            at += 1
            continue
        if marker in (_SOS, _EOI):
            return
        (length,) = struct.unpack_from(">H", body, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(body):  # noqa: PLR2004  the length counts its own two bytes
            return
        yield marker, at + 4, end
        at = end


def profiled(body: bytes) -> bool:
    """Whether the file carries an ICC colour profile."""
    return any(
        marker == _APP2 and body.startswith(_ICC, start) for marker, start, _ in segments(body)
    )


def without_addresses(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The same file without e-mail addresses in its metadata, and what was done in words.

    Each is blanked in place, so that every other byte stays where it was. A comment that holds an
    address or a telephone number goes as a whole: it states no rights.
    """
    pieces, copied, done = [], 0, False
    for marker, start, end in segments(body):
        if marker not in _TOLD:
            continue
        payload = body[start:end]
        said = marker == _COM and redact(tidy(payload.decode("utf-8", "replace")))[1]
        clean = b"" if said else _MAIL.sub(lambda found: b" " * len(found[0]), payload)
        if clean != payload:
            done = True
            pieces += [body[copied : start if clean else start - 4], clean]
            copied = end
    return b"".join([*pieces, body[copied:]]), (ADDRESS,) * done


def without_location(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The same file without coordinates in EXIF and XMP, and what was done to it in words.

    Coordinates are blanked in place, so that every other byte stays where it was. Metadata that
    cannot be read, or not be cleaned so, goes with its segment: what is unknown is not published.
    """
    pieces, copied, done = [], 0, set[str]()
    extended = b"".join(
        body[start:end] for _, start, end in _app1(body) if body.startswith(_MORE_XMP, start)
    )
    for head, start, end in _app1(body):
        if head == _MORE_XMP:
            clean = b"" if _PLACED.search(extended) else body[start:end]
            words = LOCATION
        else:
            clean, words = _cleaned(head, body[start + len(head) : end])
            clean = head + clean if clean else b""
        if clean != body[start:end]:
            done.add(words)
            keep = start if clean else start - 4
            pieces += [body[copied:keep], clean]
            copied = end
    return b"".join([*pieces, body[copied:]]), tuple(sorted(done))


def _app1(body: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each EXIF and XMP segment as (what its payload begins with, start, end)."""
    for marker, start, end in segments(body):
        for head in (EXIF, XMP, _MORE_XMP):
            if marker == _APP1 and body.startswith(head, start):
                yield head, start, end


def _cleaned(head: bytes, payload: bytes) -> tuple[bytes, str]:
    """The payload without coordinates (empty: it must go), and what that is called."""
    if head == EXIF:
        try:
            return without_gps(payload), LOCATION
        except ValueError:
            return b"", UNREADABLE
    named = _names_place(payload)
    if named is None:
        return b"", UNREADABLE
    if not named:
        return payload, ""
    for form in (_ELEMENT, _ATTRIBUTE):
        payload = form.sub(lambda found: b" " * len(found[0]), payload)
    return (b"" if _names_place(payload) is not False else payload), LOCATION


def _names_place(packet: bytes) -> bool | None:
    """Whether an XMP packet holds a coordinate; None where it is not well-formed."""
    try:
        root = fromstring(packet.strip(b"\0 \t\r\n"))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    names = (name for node in root.iter() for name in (str(node.tag), *node.keys()))
    return any(_PLACE.fullmatch(name.rpartition("}")[2]) for name in names)


def with_rights(body: bytes, packet: bytes) -> bytes:
    """The JPEG with an XMP packet (at most 65,504 bytes) behind its first segment."""
    payload = XMP + _MAIL.sub(lambda found: b" " * len(found[0]), packet)
    if len(payload) > _ROOM:
        raise ValueError(f"an XMP packet of {len(packet)} bytes does not fit one segment")
    at = next((end for _, _, end in segments(body)), 2)
    return body[:at] + struct.pack(">BBH", 0xFF, _APP1, len(payload) + 2) + payload + body[at:]
