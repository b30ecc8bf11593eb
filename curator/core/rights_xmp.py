"""The rights statements of a file, carried over as XMP when its pixels are written anew."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, ParseError  # the types only; defusedxml parses

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from curator.core.text import clean, redact
from curator.core.xmp import RDF as _RDF
from curator.view import FileFacts

_XML = "http://www.w3.org/XML/1998/namespace"
_DC = "http://purl.org/dc/elements/1.1/"
_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_CC = "http://creativecommons.org/ns#"
_OLD_CC = "http://web.resource.org/cc/"  # the same vocabulary before 2008; older SVGs have it
_PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
_IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
# What is carried, in the order it is written, each in the form its standard gives it.
_CARRIED = {
    f"{{{_DC}}}creator": ("dc:creator", "Seq"),
    f"{{{_DC}}}rights": ("dc:rights", "Alt"),
    f"{{{_RIGHTS}}}WebStatement": ("xmpRights:WebStatement", "uri"),
    f"{{{_RIGHTS}}}UsageTerms": ("xmpRights:UsageTerms", "Alt"),
    f"{{{_CC}}}license": ("cc:license", "resource"),
    f"{{{_PLUS}}}DataMining": ("plus:DataMining", "uri"),
    f"{{{_IPTC}}}DigitalSourceType": ("Iptc4xmpExt:DigitalSourceType", "uri"),
}
_LISTS = ("Seq", "Alt")
_OPENING = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
    f'<rdf:Description rdf:about="" xmlns:dc="{_DC}" xmlns:xmpRights="{_RIGHTS}"'
    f' xmlns:cc="{_CC}" xmlns:plus="{_PLUS}" xmlns:Iptc4xmpExt="{_IPTC}">'
)
_CLOSING = '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
_MAX_PACKET = 60_000  # bytes; one JPEG segment holds 65,504
_MAX_VALUES = 5  # per property
_SHORT = 200  # characters per value, where whole values do not fit one segment
_Value = tuple[str, str]  # text, language


def carry(facts: FileFacts) -> bytes | None:
    """A minimal XMP packet with the file's own rights statements; None where it makes none.

    Read are the XMP packets, and RDF in whatever XML they are (an SVG's metadata). Personal
    data are left out of texts. Equal statements give equal bytes.
    """
    found: dict[str, list[_Value]] = {}
    for packet in facts.xmp:
        for name, value in _statements(packet):
            values = found.setdefault(name, [])
            if value not in values and len(values) < _MAX_VALUES:
                values.append(value)
    if not found:
        return None
    whole = _packet(found)
    if len(whole) <= _MAX_PACKET:
        return whole
    return _packet({name: [(t[:_SHORT], g) for t, g in vs] for name, vs in found.items()})


def _statements(packet: bytes) -> Iterator[tuple[str, _Value]]:
    """Every carried property and value of what the file says of itself."""
    try:
        root = fromstring(packet.strip(b"\0 \t\r\n"))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return  # the container walk has recorded it as a fault
    for rdf in root.iter(f"{{{_RDF}}}RDF"):
        for subject in rdf:  # only the file itself, not the ingredients nested inside
            for key, text in subject.items():
                yield from _known(key, (text, ""))
            for node in subject:
                for value in _values(node):
                    yield from _known(str(node.tag), value)


def _known(name: str, value: _Value) -> Iterator[tuple[str, _Value]]:
    """The property under its present name, if it is one to carry and says anything."""
    name = name.replace(f"{{{_OLD_CC}}}", f"{{{_CC}}}")
    if name not in _CARRIED:
        return
    text = value[0].strip()
    if _CARRIED[name][1] in _LISTS:
        text = clean(text)
    elif redact(text)[1]:  # an address in place of a URI: half of it would be no URI
        text = ""
    if text:
        yield name, (text, value[1])


def _values(node: Element) -> Iterator[_Value]:
    """What a property says: a resource, each item of a list, an agent's name, or its own text."""
    resource = node.get(f"{{{_RDF}}}resource")
    items = list(node.iter(f"{{{_RDF}}}li"))
    agents = list(node.iter(f"{{{_DC}}}title"))
    if resource is not None:
        yield resource, ""
    elif items or agents:
        for item in items or agents:
            yield "".join(item.itertext()), item.get(f"{{{_XML}}}lang", "")
    else:
        yield "".join(node.itertext()), node.get(f"{{{_XML}}}lang", "")


def _packet(found: dict[str, list[_Value]]) -> bytes:
    """The statements as XMP (ISO 16684-1)."""
    parts = [_OPENING]
    for name, (tag, form) in _CARRIED.items():
        values = found.get(name, [])
        if form in _LISTS and values:
            items = "".join(_item(form, number, value) for number, value in enumerate(values))
            parts.append(f"<{tag}><rdf:{form}>{items}</rdf:{form}></{tag}>")
        elif form == "resource":
            parts += (f'<{tag} rdf:resource="{escape(text)}"/>' for text, _ in values)
        else:
            parts += (f"<{tag}>{escape(text)}</{tag}>" for text, _ in values)
    return "".join([*parts, _CLOSING]).encode()


def _item(form: str, number: int, value: _Value) -> str:
    """One line of a list; of alternatives the first is the default, as the standard asks."""
    text, lang = value
    spoken = "x-default" if number == 0 or not lang else lang
    said = f' xml:lang="{escape(spoken)}"' if form == "Alt" else ""
    return f"<rdf:li{said}>{escape(text)}</rdf:li>"
