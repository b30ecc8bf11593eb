"""An XMP file beside an image: the same words as a JSON sidecar would have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core import xmp_sidecar
from curator.model import CaptionKind

BY, NC = "https://creativecommons.org/licenses/by/4.0/", "CC BY-NC 4.0"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
)


def packet(inside):
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {SPACES}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def alternatives(name, **texts):
    items = "".join(
        f'<rdf:li xml:lang="{lang.replace("_", "-")}">{text}</rdf:li>'
        for lang, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


FULL = (
    alternatives("dc:title", x_default="A made-up kite", en="A made-up kite", ja="作り物の凧")
    + alternatives("dc:description", x_default="A kite that nobody has flown.")
    + "<dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li><rdf:li>Max Muster</rdf:li></rdf:Seq>"
    "</dc:creator><dc:subject><rdf:Bag><rdf:li>kite</rdf:li></rdf:Bag></dc:subject>"
    + alternatives("dc:rights", x_default="(c) 2016 Jane Doe")
    + f"<xmpRights:WebStatement>{BY}</xmpRights:WebStatement>"
    "<photoshop:Credit>Jane Doe / made up</photoshop:Credit>"
    "<photoshop:Source>https://kites.example/1</photoshop:Source>"
    "<photoshop:DateCreated>2016-05-01</photoshop:DateCreated>"
)


def test_every_key():
    assert xmp_sidecar.read(packet(FULL)) == {
        "title": "A made-up kite",
        "captions": [
            {"text": "A made-up kite", "lang": "en", "kind": "human-title"},
            {"text": "作り物の凧", "lang": "ja", "kind": "human-title"},
            {"text": "A kite that nobody has flown.", "lang": "und", "kind": "human-description"},
        ],
        "creator": "Jane Doe, Max Muster",
        "credit": "Jane Doe / made up",
        "license": BY,
        "landing_url": "https://kites.example/1",
        "created": "2016-05-01",
        "tags": ["kite"],
    }


def test_the_kinds_are_those_of_captions():
    captions = xmp_sidecar.read(packet(FULL))["captions"]
    assert all(CaptionKind(caption["kind"]) for caption in captions)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f'<cc:license rdf:resource="{BY}"/>', BY),
        (alternatives("xmpRights:UsageTerms", x_default="CC BY 4.0"), "CC BY 4.0"),
        (alternatives("dc:rights", x_default="CC0"), "CC0"),
        (alternatives("dc:rights", x_default="(c) 2016 Jane Doe"), "(c) 2016 Jane Doe"),
        (f'<cc:license rdf:resource="{BY}"/>' + alternatives("dc:rights", x="CC BY 4.0"), BY),
        ("<xmpRights:WebStatement>https://kites.example</xmpRights:WebStatement>"
         + alternatives("xmpRights:UsageTerms", x_default="CC BY 4.0"), "CC BY 4.0"),
        ("", None),
    ],
)  # fmt: skip
def test_the_license_is_what_names_one(inside, expected):
    assert xmp_sidecar.read(packet(inside)).get("license") == expected


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (packet(f'<cc:license rdf:resource="{BY}"/>' + alternatives("dc:rights", x=NC)), "two"),
        (b"<x", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
    ],
)
def test_what_cannot_be_used_says_why(body, words):
    with pytest.raises(ValueError, match=words):
        xmp_sidecar.read(body)


def test_a_source_that_is_no_address_is_no_page():
    inside = "<photoshop:Source>The Kite Archive</photoshop:Source>"
    assert xmp_sidecar.read(packet(inside)) == {}


@given(st.binary(max_size=200) | st.text(max_size=100).map(packet))
def test_it_reads_or_says_why(body):
    try:
        xmp_sidecar.read(body)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - any other exception fails
