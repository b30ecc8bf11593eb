"""folder believes a sidecar only as a whole, and shows every image that has none."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.io.local import answer
from curator.model import Basis, Candidate, Caption, CaptionKind, Claim, ItemId
from curator.query import Query, Ref, Reply
from curator.sources.folder import Folder, FolderOptions
from curator.steps.gather import crawl
from curator.terms import Terms

SOURCE = Folder(Terms("set", Basis.OPT_IN), FolderOptions())


def listed(*paths: str) -> list[Candidate | Query]:
    (query,) = SOURCE.first()
    return list(SOURCE.read(Reply(query, "**/*", rows=[{"path": path} for path in paths])))


def read(body: bytes | str, at: str = "a/kite.json") -> Candidate:
    body = body.encode() if isinstance(body, str) else body
    query = Query((Ref(at, "bytes"),), memo=(("image", "a/kite.png"),))
    (found,) = SOURCE.read(Reply(query, at, body=body))
    assert isinstance(found, Candidate)
    return found


JSON = """{
\t"id": 7, "title": "Kite", "creator": "Ada Example", "creator_url": "https://example.org/ada",
\t"credit": "Ada / Example", "license": "CC-BY-4.0", "landing_url": "https://example.org/7",
\t"created": "2019-05-01", "tags": ["toy", "wind \\ud83e\\ude81"],
\t"captions": [
\t\t{"text": "A kite.", "lang": "en", "kind": "human-description", "license": "CC0-1.0"},
\t\t{"text": "\u51e7", "kind": "human-title", "license": null}]}"""
YAML = """# made by hand
id: 7
title: Kite
creator: Ada Example
creator_url: https://example.org/ada
credit: Ada / Example
license: CC-BY-4.0
landing_url: https://example.org/7
created: 2019-05-01
tags: [toy, "wind \U0001fa81"]
captions:
  - {text: A kite., lang: en, kind: human-description, license: CC0-1.0}
  - text: \u51e7
    kind: human-title
    license:
"""


@pytest.mark.parametrize(
    ("body", "at"), [(JSON, "a/kite.json"), (YAML, "a/kite.yaml"), ("\ufeff" + JSON, "a/kite.json")]
)
def test_a_sidecar_gives_everything_it_says(body: str, at: str):
    assert read(body, at) == Candidate(
        item=ItemId("set:7"),
        image="a/kite.png",
        claims=(Claim("image", "CC-BY-4.0", f"{at}: license"),),
        captions=(
            Caption("A kite.", "en", CaptionKind.HUMAN_DESCRIPTION, "CC0-1.0", "captions[0]"),
            Caption("\u51e7", "und", CaptionKind.HUMAN_TITLE, "", "captions[1]"),
        ),
        title="Kite",
        creator="Ada Example",
        creator_url="https://example.org/ada",
        credit="Ada / Example",
        landing_url="https://example.org/7",
        created="2019-05-01",
        tags=("toy", "wind \U0001fa81"),
        where=at,
    )


def test_without_id_the_path_is_the_id_and_without_license_there_is_no_claim():
    found = read("title: no", "a/kite.yaml")
    assert (found.item, found.title, found.claims) == ("set:a/kite.png", "no", ())


@pytest.mark.parametrize(
    ("body", "at", "why"),
    [
        pytest.param('{"licence": "CC0-1.0"}', "k.json", "licence", id="an unknown key"),
        pytest.param('{"license": ["CC0-1.0"]}', "k.json", "license", id="a list for a text"),
        pytest.param('{"title": true}', "k.json", "title", id="a truth value for a text"),
        pytest.param(
            '{"license": "CC-BY-4.0", "license": "CC0-1.0"}', "k.json", "'license'", id="key twice"
        ),
        pytest.param(
            "license: CC-BY-4.0\nlicense: CC0-1.0", "k.yaml", "'license'", id="key twice in YAML"
        ),
        pytest.param(
            '{"license": null, "license": "X"}', "k.json", "twice", id="null, then a value"
        ),
        pytest.param("license: &a X\ntitle: *a", "k.yaml", "anchors", id="an anchor"),
        pytest.param("? [a]\n: b", "k.yaml", "key", id="a key that is no text"),
        pytest.param('{"id": NaN}', "k.json", "NaN", id="NaN"),
        pytest.param('{"title": "\\ud800"}', "k.json", "surrogate", id="half a character"),
        pytest.param('"license"', "k.json", "all", id="no mapping"),
        pytest.param("", "k.json", "Expecting", id="an empty file"),
        pytest.param("", "k.yaml", "all", id="an empty YAML file"),
        pytest.param("a: [", "k.yaml", "line 1", id="broken YAML"),
        pytest.param("a: 1\n---\nb: 2", "k.yaml", "another document", id="two documents"),
        pytest.param(b"title: \xff", "k.yaml", "utf-8", id="no UTF-8"),
        pytest.param(b"title: \x00", "k.yaml", "x0000", id="a zero byte in YAML"),
        pytest.param("[" * 60_000, "k.json", "deep", id="deep JSON"),
        pytest.param("- " * 5_000, "k.yaml", "deep", id="deep YAML"),
        pytest.param('"' + "x" * 2**16 + '"', "k.json", "longer", id="a very long sidecar"),
        pytest.param(
            '{"captions": [{"text": "x", "kind": "guess"}]}', "k.json", "kind", id="unknown kind"
        ),
    ],
)
def test_a_wrong_sidecar_makes_no_claim(body: bytes | str, at: str, why: str):
    found = read(body, at)
    assert (found.item, found.image) == ("set:a/kite.png", "a/kite.png")
    assert (found.claims, found.captions, found.creator) == ((), (), "")
    ((name, value),) = found.notes
    assert name == "sidecar"
    assert value.startswith(f"{at}: ")
    assert why in value


def test_each_image_is_asked_for_its_sidecar_and_none_is_lost():
    found = listed(
        "a.JPG", "a.json", "b.png", "c.svg", "c.json", "c.yaml", "d/a.webp", "notes.txt", "x.json"
    )
    assert found == [
        Query((Ref("a.json", "bytes"),), memo=(("image", "a.JPG"),)),
        Candidate(
            ItemId("set:b.png"), "b.png", notes=(("sidecar", "there is none"),), where="b.png"
        ),
        Candidate(
            ItemId("set:c.svg"),
            "c.svg",
            notes=(("sidecar", "there are several: c.json, c.yaml"),),
            where="c.svg",
        ),
        Candidate(
            ItemId("set:d/a.webp"),
            "d/a.webp",
            notes=(("sidecar", "there is none"),),
            where="d/a.webp",
        ),
    ]


@given(st.binary() | st.text("{}[]:,\"'a&*!?|>-#% \n\t").map(str.encode), st.booleans())
def test_any_bytes_give_one_candidate(body: bytes, yaml: bool):  # noqa: FBT001  hypothesis names it
    assert read(body, "k.yaml" if yaml else "k.json").image == "a/kite.png"


XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">
 <rdf:Description rdf:about=""
  xmpRights:WebStatement="https://creativecommons.org/licenses/by/4.0/">
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">A made-up hill</rdf:li></rdf:Alt></dc:title>
  <dc:creator><rdf:Seq><rdf:li>Nobody at all</rdf:li></rdf:Seq></dc:creator>
 </rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_an_xmp_file_beside_the_image_is_its_sidecar(tmp_path):
    (tmp_path / "hill.jpg").write_bytes(b"")
    (tmp_path / "hill.xmp").write_bytes(XMP)
    (tmp_path / "torn.jpg").write_bytes(b"")
    (tmp_path / "torn.xmp").write_bytes(XMP[:-30])
    source = Folder(Terms("set", Basis.OPEN_LICENSE), FolderOptions())
    hill, torn = crawl(source, partial(answer, tmp_path))
    assert (hill.title, hill.creator) == ("A made-up hill", "Nobody at all")
    assert [claim.text for claim in hill.claims] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert torn.claims == ()
    assert dict(torn.notes)["sidecar"]


def test_a_json_sidecar_goes_before_xmp(tmp_path):
    (tmp_path / "hill.jpg").write_bytes(b"")
    (tmp_path / "hill.xmp").write_bytes(XMP)
    (tmp_path / "hill.json").write_text('{"title": "Written by hand"}')
    source = Folder(Terms("set", Basis.OPEN_LICENSE), FolderOptions())
    (hill,) = crawl(source, partial(answer, tmp_path))
    assert (hill.title, hill.claims) == ("Written by hand", ())
