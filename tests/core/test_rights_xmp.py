"""Rights statements survive transcoding; nothing else and nobody's address does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.rights_xmp import carry
from curator.core.xmp import Property, read
from curator.view import FileFacts

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
CC = "http://creativecommons.org/ns#"
PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
SPACES = (
    f'xmlns:rdf="{RDF}" xmlns:dc="{DC}" xmlns:r="{RIGHTS}" xmlns:cc="{CC}" xmlns:plus="{PLUS}" '
    f'xmlns:e="{IPTC}" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    f'xmlns:exif="http://ns.adobe.com/exif/1.0/"'
)
DMI = "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"
SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def _xmp(inside="", attributes=""):
    return (
        f"<rdf:RDF {SPACES}><rdf:Description rdf:about='' {attributes}>{inside}"
        f"</rdf:Description></rdf:RDF>"
    ).encode()


def _carried(*packets):
    packet = carry(FileFacts("image/png", xmp=packets))
    if packet is None:
        return None
    assert read(packet).faults == ()
    return list(read(packet).properties)


def _list(kind, *items):
    lines = "".join(f"<rdf:li xml:lang='x-default'>{item}</rdf:li>" for item in items)
    return f"<rdf:{kind}>{lines}</rdf:{kind}>"


FORMS = {
    "a list of creators": (
        f"<dc:creator>{_list('Seq', 'A. Person', 'B &amp; C')}</dc:creator>",
        [Property(DC, "creator", "A. Person"), Property(DC, "creator", "B & C")],
    ),
    "rights in a language": (
        f"<dc:rights>{_list('Alt', '© A. Person')}</dc:rights>",
        [Property(DC, "rights", "© A. Person")],
    ),
    "terms and the page of the terms": (
        "<r:UsageTerms>Ask</r:UsageTerms><r:WebStatement>https://example.org/t</r:WebStatement>",
        [
            Property(RIGHTS, "WebStatement", "https://example.org/t"),
            Property(RIGHTS, "UsageTerms", "Ask"),
        ],
    ),
    "a license as a resource": (
        "<cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>",
        [Property(CC, "license", "https://creativecommons.org/licenses/by/4.0/")],
    ),
    "a reservation and a source type": (
        f"<plus:DataMining>{DMI}</plus:DataMining><e:DigitalSourceType rdf:resource='{SOURCE}'/>",
        [Property(PLUS, "DataMining", DMI), Property(IPTC, "DigitalSourceType", SOURCE)],
    ),
    "what is not about rights": (
        "<dc:title>A title</dc:title><exif:GPSLatitude>51,30.5N</exif:GPSLatitude>",
        None,
    ),
    "an empty statement": ("<dc:rights> </dc:rights>", None),
    "an ingredient's rights": (
        "<xmp:Ingredient rdf:parseType='Resource'><dc:rights>Other</dc:rights></xmp:Ingredient>",
        None,
    ),
    "personal data inside a name": (
        "<dc:creator>A. Person &lt;person@example.org&gt;</dc:creator>",
        [Property(DC, "creator", "A. Person")],
    ),
    "personal data in place of a page": (
        "<r:WebStatement>mailto:person@example.org</r:WebStatement>",
        None,
    ),
}


@pytest.mark.parametrize(("inside", "carried"), FORMS.values(), ids=FORMS)
def test_what_is_carried(inside, carried):
    assert _carried(_xmp(inside)) == carried


def test_attributes_are_statements_too():
    carried = _carried(_xmp(attributes=f'plus:DataMining="{DMI}"'))
    assert carried == [Property(PLUS, "DataMining", DMI)]


def test_a_drawings_rdf_counts_in_its_old_vocabulary():
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg"><metadata>
      <rdf:RDF xmlns:rdf="{RDF}" xmlns:dc="{DC}" xmlns="http://web.resource.org/cc/">
      <Work rdf:about=""><dc:title>A drawing</dc:title>
        <dc:publisher><Agent><dc:title>A library</dc:title></Agent></dc:publisher>
        <dc:creator><Agent><dc:title>A. Person</dc:title></Agent></dc:creator>
        <license rdf:resource="http://web.resource.org/cc/PublicDomain"/></Work>
      </rdf:RDF></metadata></svg>"""
    assert _carried(svg.encode()) == [
        Property(DC, "creator", "A. Person"),
        Property(CC, "license", "http://web.resource.org/cc/PublicDomain"),
    ]


def test_the_same_statement_of_two_packets_is_one():
    one = _xmp("<dc:rights>Mine</dc:rights>")
    two = _xmp(attributes="dc:rights='Mine'")
    assert _carried(one, two) == [Property(DC, "rights", "Mine")]
    assert carry(FileFacts("image/png", xmp=(one, two))) == carry(FileFacts("", xmp=(two,)))


def test_what_is_no_xml_says_nothing():
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>' + _xmp("<dc:rights>&a;</dc:rights>")
    assert _carried(b"<rdf:RDF", b"\xff\xfe", bomb) is None


def test_it_always_fits_one_jpeg_segment():
    long = "&quot;" * 60_000
    packet = carry(FileFacts("image/png", xmp=(_xmp(f"<dc:rights>{long}</dc:rights>"),)))
    assert packet is not None
    assert len(packet) < 65_000
    assert read(packet).properties[0].value == '"' * 200


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_any_text_comes_out_as_well_formed_xml(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    packet = carry(FileFacts("image/png", xmp=(_xmp(f"<dc:rights>{escaped}</dc:rights>"),)))
    assert packet is None or read(packet).faults == ()
