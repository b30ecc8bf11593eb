"""Small image files made by code, as other software lays them out; they hold no picture to see."""

import base64
import struct
import zlib

PIXELS = bytes(range(1, 200)) * 2  # stands for compressed data: no marker, no structure


def png_chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*before: bytes, after: bytes = b"", end: bytes = b"") -> bytes:
    """A 2 x 2 grey PNG with chunks before and after its data, and bytes behind its end."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    data = png_chunk(b"IDAT", zlib.compress(b"\0\1\2" * 2))
    parts = [b"\x89PNG\r\n\x1a\n", head, *before, data, after, png_chunk(b"IEND"), end]
    return b"".join(parts)


def png_text(keyword: str, value: str) -> bytes:
    return png_chunk(b"tEXt", keyword.encode() + b"\0" + value.encode())


def segment(kind: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data


def jpeg(*segments: bytes, scans: int = 1, end: bytes = b"") -> bytes:
    """A JPEG with segments before its frame; every scan has stuffed bytes and a restart."""
    frame = segment(0xC0, b"\x08\0\x02\0\x02\1\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + PIXELS + b"\xff\0\xff\xd0" + PIXELS
    return b"".join([b"\xff\xd8", *segments, frame, scan * scans, b"\xff\xd9", end])


def jpeg_xmp(packet: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def jpeg_exif(tiff: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + tiff)


def extended_xmp(digest: str, length: int, offset: int, data: bytes) -> bytes:
    head = digest.encode() + struct.pack(">II", length, offset)
    return segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + head + data)


def xmp_packet(inside: str, attributes: str = "") -> bytes:
    """An XMP packet whose one description has these attributes and elements."""
    names = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "TC260": "http://www.tc260.org.cn/ns/AIGC/1.0/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "xmpNote": "http://ns.adobe.com/xmp/note/",
    }
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta '
        'xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        f'"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description {spaces} {attributes}>'
        f'{inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def tiff(main: dict[int, object], exif: dict[int, object] | None = None, order: str = "<") -> bytes:
    """A TIFF structure: numbers become LONG, texts ASCII, bytes UNDEFINED; `exif` a directory."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    if exif is None:
        return head + _directory(main, 8, order)
    size = len(_directory({**main, 0x8769: 0}, 8, order))
    first = _directory({**main, 0x8769: 8 + size}, 8, order)
    return head + first + _directory(exif, 8 + size, order)


def _directory(entries: dict[int, object], at: int, order: str) -> bytes:
    lines, values = b"", b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, value in sorted(entries.items()):
        if isinstance(value, int):
            lines += struct.pack(order + "HHII", tag, 4, 1, value)
            continue
        text = isinstance(value, str)
        raw = value.encode() + b"\0" if isinstance(value, str) else value
        assert isinstance(raw, bytes)
        place = struct.pack(order + "I", behind + len(values))
        if len(raw) <= 4:
            place = raw.ljust(4, b"\0")
        else:
            values += raw
        lines += struct.pack(order + "HHI", tag, 2 if text else 7, len(raw)) + place
    return struct.pack(order + "H", len(entries)) + lines + struct.pack(order + "I", 0) + values


def tiff_image(extra: dict[int, object] | None = None, order: str = "<") -> bytes:
    """A one-page TIFF whose strip is the end of the file."""
    tags: dict[int, object] = {256: 2, 257: 2, 273: 0, 279: len(PIXELS), **(extra or {})}
    at = len(tiff(tags, order=order))
    return tiff({**tags, 273: at}, order=order) + PIXELS


def webp(*chunks: tuple[bytes, bytes], end: bytes = b"") -> bytes:
    """A WebP with a picture and these chunks behind it."""
    body = b"WEBP"
    for kind, data in ((b"VP8 ", PIXELS), *chunks):
        body += kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body + end


def box(kind: bytes, *parts: bytes) -> bytes:
    inside = b"".join(parts)
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


def avif(items: dict[bytes, bytes] | None = None, *more: bytes, brand: bytes = b"avif") -> bytes:
    """An AVIF with a picture, Exif and "mime" items in mdat, and further boxes before it."""
    held = {b"av01": PIXELS, **(items or {})}
    kinds = b""
    for number, kind in enumerate(held, 1):
        word = b"application/rdf+xml\0" if kind == b"mime" else b""
        kinds += box(b"infe", struct.pack(">IHH4s", 2 << 24, number, 0, kind), b"\0", word)

    def meta(at: int) -> bytes:
        places = b""
        for number, data in enumerate(held.values(), 1):
            places += struct.pack(">HHHII", number, 0, 1, at, len(data))
            at += len(data)
        iloc = box(b"iloc", b"\0\0\0\0\x44\0", struct.pack(">H", len(held)), places)
        iinf = box(b"iinf", b"\0\0\0\0", struct.pack(">H", len(held)), kinds)
        return box(b"meta", b"\0\0\0\0", iinf, iloc)

    front = box(b"ftyp", brand, b"\0\0\0\0", b"mif1", b"avif") + b"".join(more)
    at = len(front) + len(meta(0)) + 8
    return front + meta(at) + box(b"mdat", *held.values())


def avif_exif(block: bytes) -> bytes:
    return struct.pack(">I", 0) + block


def svg(inside: str = "<path d='M0 0h9'/>", before: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<?xml version="1.0"?>{before}<svg {names}>{inside}</svg>'.encode()


def data_uri(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode()


def samsung_trailer(blocks: dict[str, bytes]) -> bytes:
    """What a Samsung phone puts behind a JPEG: named blocks, their directory, SEFT."""
    bodies = [
        struct.pack("<HHI", 0, 1, len(name)) + name.encode() + data for name, data in blocks.items()
    ]
    lines, back = b"", sum(map(len, bodies))
    for one in bodies:
        lines += struct.pack("<HHII", 0, 1, back, len(one))
        back -= len(one)
    head = b"SEFH" + struct.pack("<II", 106, len(bodies)) + lines
    return b"".join(bodies) + head + struct.pack("<I", len(head)) + b"SEFT"
