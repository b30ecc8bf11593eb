"""debian-copyright takes each named file with what its paragraph says, and nothing by guessing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from curator.model import Basis, Candidate, Caption, CaptionKind, Claim, ItemId
from curator.query import Query, Ref, Reply
from curator.sources.debian_copyright import (
    CaptionOptions,
    DebianCopyright,
    DebianCopyrightOptions,
)
from curator.terms import Terms

TERMS = Terms("set", Basis.OPEN_LICENSE)
COMMONS = DebianCopyrightOptions.model_validate(
    {"caption": {"from": "comment-url", "kind": "file-title", "license": "CC-BY-SA-4.0"}}
)


def read(
    body: bytes | str, options: DebianCopyrightOptions = COMMONS, at: str = "copyright"
) -> list[Candidate]:
    body = body.encode() if isinstance(body, str) else body
    source = DebianCopyright(TERMS, options)
    found = list(source.read(Reply(Query((Ref(at, "bytes"),)), at, body=body)))
    assert all(isinstance(one, Candidate) for one in found)
    return [one for one in found if isinstance(one, Candidate)]


def licenses(body: str) -> dict[str, list[str]]:
    return {one.image: [claim.text for claim in one.claims] for one in read(body)}


EXAMPLE = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: nothing-real

# a remark
Files: pics/kite.jpg
 pics/boat.png
Copyright: 2004-2006, Ada Example <ada@example.org>
           (c) 2007 Bo Example
License: CC-BY-4.0
 The text of the license.
 .
 Its end.
Comment: from
 # no remark, since it is part of the comment
 https://commons.wikimedia.org/wiki/File:Red_kite_%28toy%29.v2.jpg,
 https://commons.wikimedia.org/wiki/File:Other.jpg

License: CC-BY-4.0
 Again.
"""


def test_a_paragraph_gives_one_candidate_per_file():
    kite, boat = read(EXAMPLE)
    assert kite == Candidate(
        item=ItemId("set:pics/kite.jpg"),
        image="pics/kite.jpg",
        claims=(Claim("image", "CC-BY-4.0", "copyright: License of pics/kite.jpg"),),
        captions=(
            Caption("Red kite (toy).v2", "und", CaptionKind.FILE_TITLE, "CC-BY-SA-4.0", "Comment"),
        ),
        title="Red kite (toy).v2",
        creator="Ada Example <ada@example.org>, Bo Example",
        copyright_notice="2004-2006, Ada Example <ada@example.org>\n(c) 2007 Bo Example",
        landing_url="https://commons.wikimedia.org/wiki/File:Red_kite_%28toy%29.v2.jpg",
        where="copyright: line 4",
    )
    assert boat.image == "pics/boat.png"
    assert boat.creator == kite.creator


@pytest.mark.parametrize(
    ("line", "creator"),
    [
        ("2004, Ada Example", "Ada Example"),
        ("2010-2016 The example people", "The example people"),
        ("Ada Example, 2018", "Ada Example"),
        ("Ada Example, 2018, 2020-21", "Ada Example"),
        ("Ada Example (2018)", "Ada Example"),
        ("Ada Example (c) 2018", "Ada Example"),
        ("2018. Ada Example", "Ada Example"),
        ("Copyright (C) 2005\u20132006 Ada", "Ada"),
        ("\u00a9 1999-present, Ada", "Ada"),
        ('"Ada", 2018', '"Ada"'),
        ("Bubba73", "Bubba73"),
        ("Andrzej 22", "Andrzej 22"),
        ("Studio 2000", "Studio 2000"),
        ("20000 Leagues", "20000 Leagues"),
        ("Copyrighted Kate", "Copyrighted Kate"),
        ("Hartley, William W", "Hartley, William W"),
        ("2018", ""),
        ("", ""),
    ],
)
def test_years_and_marks_are_not_part_of_a_name(line: str, creator: str):
    (found,) = read(f"Files: a.jpg\nCopyright: {line}\nLicense: CC0-1.0\n")
    assert found.creator == creator
    assert found.copyright_notice == line


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Files: a.jpg\nCopyright: A\n", {"a.jpg": []}, id="no license, no claim"),
        pytest.param("Files: a.jpg\nLicense:\n text\n", {"a.jpg": []}, id="text without a name"),
        pytest.param("Files: * b?.jpg\nLicense: X\n", {}, id="patterns name no file"),
        pytest.param(
            "Files: a\\*.jpg c\\?\\\\d\nLicense: X\n",
            {"a*.jpg": ["X"], "c?\\d": ["X"]},
            id="escaped signs are names",
        ),
        pytest.param(
            "Files: a b\nLicense: X\n\nFiles: a\nLicense: Y\n",
            {"a": ["Y"], "b": ["X"]},
            id="the last paragraph wins, at the place of the first",
        ),
        pytest.param(
            "Files: *\nLicense: Y\n\nFiles: a\nLicense: X\n", {"a": ["X"]}, id="an earlier pattern"
        ),
        pytest.param(
            "Files: p/a.jpg b\nLicense: X\n\nFiles: p*.jpg\nLicense: Y\n",
            {"p/a.jpg": ["X", "Y"], "b": ["X"]},
            id="a later pattern that disagrees is a second claim",
        ),
        pytest.param(
            "Files: a\nLicense: X\n\nFiles: [a]? ?\nLicense: X\n",
            {"a": ["X"]},
            id="a later pattern that agrees is none",
        ),
        pytest.param(
            "FILES: a\nlicense: X or Y\n \t\nFiles: b\r\nLicense: Z\r\n",
            {"a": ["X or Y"], "b": ["Z"]},
            id="any case, blank lines with spaces, CRLF",
        ),
    ],
)
def test_which_files_and_licenses_are_named(body: str, expected: dict[str, list[str]]):
    assert licenses(body) == expected
    assert list(licenses(body)) == list(expected)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"Files: a\nLicense: X\nLicense: Y\n", id="a field twice"),
        pytest.param(b"Files: a\nLicense: X\nFiles: a\n", id="a blank line forgotten"),
        pytest.param(b"Files: a\nno field\nLicense: X\n", id="a line that is nothing"),
        pytest.param(b"Files: a\nCopyright: \xff\nLicense: X\n", id="not UTF-8"),
    ],
)
def test_a_broken_paragraph_makes_no_claim(body: bytes):
    (found,) = read(body)
    assert (found.claims, found.creator, found.captions) == ((), "", ())
    assert [name for name, _ in found.notes] == ["unreadable"]


@pytest.mark.parametrize(
    ("comment", "page", "title"),
    [
        ("https://commons.wikimedia.org/wiki/File:A_b.JPG", None, "A b"),
        ("https://commons.wikimedia.org/wiki/File%3AA.png?uselang=de", None, "A"),
        ("https://commons.wikimedia.org/wiki/Category:Kites", "", ""),
        ("https://example.org/wiki/File:A.jpg", "", ""),
        ("see no page", "", ""),
    ],
)
def test_the_title_comes_from_the_commons_page(comment: str, page: str | None, title: str):
    (found,) = read(f"Files: a.jpg\nLicense: X\nComment: {comment}\n")
    assert found.landing_url == (comment if page is None else page)
    assert [caption.text for caption in found.captions] == [title] * bool(title)


def test_a_file_name_may_be_shown_but_only_as_one():
    options = DebianCopyrightOptions.model_validate(
        {"caption": {"from": "file-name", "kind": "file-name"}}
    )
    (found,) = read("Files: p/Red_by_Ada.jpg\nLicense: X\n", options)
    assert [(c.text, c.kind) for c in found.captions] == [("Red_by_Ada", CaptionKind.FILE_NAME)]
    with pytest.raises(ValidationError, match="file-name"):
        CaptionOptions.model_validate({"from": "file-name", "kind": "human-title"})


def test_the_copyright_file_is_the_one_the_recipe_names():
    named = Terms("set", Basis.OPEN_LICENSE, at="my.dep5")
    assert [*DebianCopyright(TERMS, COMMONS).first()] == [Query((Ref("copyright", "bytes"),))]
    assert [*DebianCopyright(named, COMMONS).first()] == [Query((Ref("my.dep5", "bytes"),))]


@given(st.binary() | st.text("Files:Lcn *?\\\n\t.#ab\u00e9").map(str.encode))
def test_any_bytes_can_be_read(body: bytes):
    for found in read(body):
        assert found.image
        assert found.item == f"set:{found.image}"


def test_gcompris_is_read_as_it_was_recorded(shared: Path):
    samples = shared / "starter-samples"
    records = json.loads((samples / "gcompris_items.json").read_text(encoding="utf-8"))
    found = read((samples / "gcompris_copyright.dep5").read_bytes())
    assert len(found) == len(records) == 159
    said = {one.image: one for one in found}
    for record in records:
        one = said[record["path"]]
        assert one.creator == record["author"]
        assert [claim.text for claim in one.claims] == [record["license"]]
        assert one.landing_url == record["source_url"]
        assert len(one.captions) == 1
        assert "_" not in one.title
    assert said["src/activities/categorization/resource/images/fishes/fish1.jpg"].title == (
        "Black sea fauna stingray 01"
    )


def test_lomiri_names_its_photographers(shared: Path):
    path = shared / "starter-samples" / "lomiri" / "copyright.dep5"
    found = {one.image: one for one in read(path.read_bytes())}
    assert found["16.04/Dragonfly_by_Bolly.jpg"].creator == '"Bolly"'
    assert found["16.04/Bridge_by_Sander_Klootwijk.jpg"].creator == "Sander Klootwijk"
    assert found["warty-final-ubuntu.png"].creator == (
        "Nathaniel McCallum, Daniel Holbach, Ubuntu community contributors"
    )
    assert "debian/*" not in found
    assert [c.text for c in found["20.04/Infinite-Sea_by_Aury88.jpg"].claims] == ["CC-BY-SA-3.0"]
