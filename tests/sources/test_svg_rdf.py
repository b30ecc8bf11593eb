"""svg-rdf reads what a drawing says of itself, and never loses a drawing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.model import Basis, Candidate, Caption, CaptionKind, Claim, ItemId
from curator.query import Query, Ref, Reply
from curator.sources.svg_rdf import SvgRdf, SvgRdfOptions
from curator.terms import Terms

SOURCE = SvgRdf(Terms("set", Basis.PUBLIC_DOMAIN), SvgRdfOptions())
OLD, NEW = "http://web.resource.org/cc/", "http://creativecommons.org/ns#"
PD = "http://web.resource.org/cc/PublicDomain"


def drawing(work: str, *, cc: str = OLD, before: str = "") -> bytes:
    return f"""<?xml version="1.0"?>{before}
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:cc="{cc}"
      xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <title>not this one</title>
      <metadata><rdf:RDF><cc:Work rdf:about="">{work}</cc:Work></rdf:RDF></metadata>
      <text>nor this</text>
    </svg>""".encode()


def read(body: bytes, source: SvgRdf = SOURCE) -> Candidate:
    (found,) = source.read(Reply(Query((Ref("a/b.svg", "bytes"),)), "a/b.svg", body=body))
    assert isinstance(found, Candidate)
    return found


FULL = f"""
  <dc:title>Red
     kite</dc:title>
  <dc:description>A kite over an invented hill</dc:description>
  <dc:subject><rdf:Bag><rdf:li>toy</rdf:li><rdf:li>wind</rdf:li><rdf:li/></rdf:Bag></dc:subject>
  <dc:publisher><cc:Agent><dc:title>Nobody's Press</dc:title></cc:Agent></dc:publisher>
  <dc:creator><cc:Agent rdf:about="https://example.org/ada">
    <dc:title>Ada Example</dc:title></cc:Agent></dc:creator>
  <dc:rights><cc:Agent><dc:title>Ada &amp; Sons</dc:title></cc:Agent></dc:rights>
  <dc:date>2005-04-07</dc:date><dc:language>EN-gb</dc:language>
  <cc:license rdf:resource="{PD}"/>"""


@pytest.mark.parametrize("cc", [OLD, NEW])
def test_everything_a_drawing_says_is_read(cc: str):
    assert read(drawing(FULL, cc=cc)) == Candidate(
        item=ItemId("set:a/b.svg"),
        image="a/b.svg",
        claims=(Claim("image", PD, "a/b.svg: cc:license"),),
        captions=(
            Caption("Red kite", "en-GB", CaptionKind.HUMAN_TITLE, "", "dc:title"),
            Caption(
                "A kite over an invented hill",
                "en-GB",
                CaptionKind.HUMAN_DESCRIPTION,
                "",
                "dc:description",
            ),
        ),
        title="Red kite",
        creator="Ada Example",
        creator_url="https://example.org/ada",
        copyright_notice="Ada & Sons",
        created="2005-04-07",
        tags=("toy", "wind"),
        where="a/b.svg",
    )


@pytest.mark.parametrize(
    ("work", "claims"),
    [
        pytest.param("", [], id="no license, no claim"),
        pytest.param('<cc:license rdf:resource=""/>', [], id="an empty license is none"),
        pytest.param("<cc:license>u:1</cc:license>", ["u:1"], id="a license as text"),
        pytest.param(
            '<cc:license><cc:License rdf:about="u:1"><cc:permits rdf:resource="u:2"/></cc:License>'
            "</cc:license>",
            ["u:1"],
            id="a license as a node, whose permissions are not licenses",
        ),
        pytest.param(
            '<cc:license rdf:resource="u:1"/></cc:Work><cc:Work><cc:license rdf:resource="u:2"/>',
            ["u:1", "u:2"],
            id="two works in one drawing both speak",
        ),
        pytest.param(
            '<cc:license rdf:resource="u:1"/><cc:license rdf:resource="u:1"/>',
            ["u:1"],
            id="the same license twice is one claim",
        ),
    ],
)
def test_each_license_is_a_claim(work: str, claims: list[str]):
    assert [claim.text for claim in read(drawing(work)).claims] == claims


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sl-rozaj", "sl-rozaj"),
        ("en_GB en_US", "de"),
        ("english", "de"),
        ("", "de"),
    ],
)
def test_a_language_is_a_tag_or_the_recipes(said: str, lang: str):
    source = SvgRdf(SOURCE.terms, SvgRdfOptions(lang="de"))
    body = drawing(f"<dc:title>t</dc:title><dc:language>{said}</dc:language>")
    assert read(body, source).captions[0].lang == lang


def test_a_description_that_repeats_the_title_is_not_a_second_caption():
    body = drawing("<dc:title>kite</dc:title><dc:description> kite </dc:description>")
    assert [caption.field for caption in read(body).captions] == ["dc:title"]


def test_name_spaces_may_stand_in_entities():
    body = drawing(FULL, cc="&ns_cc;", before=f'<!DOCTYPE svg [<!ENTITY ns_cc "{OLD}">]>')
    assert read(body) == read(drawing(FULL))


def test_an_outside_document_type_is_neither_needed_nor_fetched():
    before = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.org/svg11.dtd">'
    assert read(drawing(FULL, before=before)) == read(drawing(FULL))


def dtd(subset: str) -> bytes:
    return drawing(FULL, before=f"<!DOCTYPE svg [{subset}]>")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing at all"),
        pytest.param(drawing(FULL)[:-20], id="cut off"),
        pytest.param(drawing("<cc:license>"), id="tags that do not match"),
        pytest.param(drawing("&nosuch;"), id="an entity that nobody defined"),
        pytest.param(dtd('<!ENTITY a "x"><!ENTITY b "&a;&a;">'), id="an entity made of entities"),
        pytest.param(dtd('<!ENTITY a SYSTEM "file:///etc/hostname">'), id="an entity from a file"),
        pytest.param(dtd('<!ENTITY % a "x">'), id="a parameter entity"),
        pytest.param(dtd(f'<!ENTITY a "{"x" * 1001}">'), id="a long entity"),
        pytest.param(
            dtd(f'<!ENTITY a "{"x" * 1000}">') + b"&a;" * 17_000, id="entities that grow the file"
        ),
        pytest.param(b'<?xml version="1.0" encoding="utf-32"?><svg/>', id="an unheard-of encoding"),
        pytest.param(b'<?xml version="1.0" encoding="shift_jis"?><svg/>', id="multi-byte encoding"),
        pytest.param(b'<?xml version="1.0" encoding="hex"?><svg/>', id="a codec that is no text"),
    ],
)
def test_what_cannot_be_read_is_a_candidate_without_claims(body: bytes):
    found = read(body)
    assert found.item == "set:a/b.svg"
    assert found.claims == ()
    assert [name for name, _ in found.notes] == ["unreadable"]
    assert found.notes[0][1]


@given(st.binary() | st.binary().map(lambda tail: drawing(FULL)[:300] + tail))
def test_any_bytes_give_one_candidate(body: bytes):
    assert read(body).image == "a/b.svg"


def test_the_listing_gives_one_query_per_drawing():
    (query,) = SOURCE.first()
    assert query.refs == (Ref("**/*.svg", "listing"),)
    rows = [{"path": "a.svg"}, {"path": "b\n.svg"}]
    assert list(SOURCE.read(Reply(query, query.refs[0].at, rows=rows))) == [
        Query((Ref("a.svg", "bytes"),)),
        Query((Ref("b\n.svg", "bytes"),)),
    ]


@pytest.mark.parametrize(("folder", "count"), [("openclipart_svg", 60), ("openclipart_reject", 16)])
def test_open_clip_art_is_read_as_it_was_recorded(shared: Path, folder: str, count: int):
    samples = shared / "starter-samples" / folder
    records = json.loads((samples / "items.json").read_text(encoding="utf-8"))
    assert len(records) == count
    for record in records:
        found = read((samples / record["path"].replace("/", "__")).read_bytes())
        assert found.notes == ()
        assert found.title == " ".join(record["title"].split())
        assert found.creator == " ".join(record["creator"].split())
        assert found.created == record["date"]
        assert [claim.text for claim in found.claims] == [record["lic"]] * bool(record["lic"])
        assert set(found.tags) == {" ".join(tag.split()) for tag in record["kw"]} - {""}
        texts = [record["title"], record["desc"]]
        assert [caption.text for caption in found.captions] == [
            text for text in dict.fromkeys(" ".join(text.split()) for text in texts) if text
        ]


def test_hostile_xml_is_answered(shared: Path):
    files = sorted((shared / "cases" / "hostile" / "xml-svg").iterdir())
    assert files
    assert all(read(file.read_bytes()).claims == () for file in files)
