"""table turns rows into candidates exactly as the recipe's columns say."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from curator.errors import RecipeError
from curator.io.local import answer
from curator.model import Basis, Candidate, Caption, CaptionKind, Claim, ItemId
from curator.query import Query, Ref, Reply, Row
from curator.sources.table import Table, TableOptions
from curator.terms import Published, Terms


def table(
    columns: dict[str, Any], at: str = "items.csv", published: Published | None = None, **more: Any
) -> Table:
    options = TableOptions.model_validate(
        {"columns": {"id": "id", "image": "file"} | columns} | more
    )
    return Table(Terms("set", Basis.OPEN_LICENSE, at=at, published=published), options)


def read(source: Table, *rows: Row) -> list[Candidate]:
    (query,) = source.first()
    found = list(source.read(Reply(query, query.refs[0].at, rows=rows)))
    assert all(isinstance(one, Candidate) for one in found)
    return [one for one in found if isinstance(one, Candidate)]


FULL = {
    "title": "name",
    "creator": "by",
    "creator_url": "by_page",
    "credit": "line",
    "copyright_notice": "notice",
    "license": "rights",
    "landing_url": "page",
    "file_url": "link",
    "created": "year",
    "tags": "words",
    "captions": [
        {"column": "text", "lang": "en", "kind": "human-description", "license": "CC0-1.0"},
        {"column": "join.ja", "lang": "ja", "kind": "structured-label"},
    ],
}


def test_every_column_finds_its_place():
    row = {
        "id": 7,
        "file": "kite",
        "name": "Kite",
        "by": "Ada Example",
        "by_page": "https://example.org/ada",
        "line": "Ada / Example",
        "notice": "\u00a9 Ada",
        "rights": " CC-BY-4.0",
        "page": "https://example.org/7",
        "link": "https://example.org/7.svg",
        "year": 1999.0,
        "words": "toy, wind;sky,",
        "text": "A kite.",
        "join.ja": "\u51e7",
        "style": "flat",
        "unused": "x",
    }
    source = table(
        FULL, join={"path": "ja.json", "on": ["id", "nr"]}, notes=["style"], image_prefix="p/"
    )
    assert read(source, row) == [
        Candidate(
            item=ItemId("set:7"),
            image="p/kite",
            claims=(Claim("image", " CC-BY-4.0", "items.csv: rights"),),
            captions=(
                Caption("A kite.", "en", CaptionKind.HUMAN_DESCRIPTION, "CC0-1.0", "text"),
                Caption("\u51e7", "ja", CaptionKind.STRUCTURED_LABEL, "", "join.ja"),
            ),
            title="Kite",
            creator="Ada Example",
            creator_url="https://example.org/ada",
            credit="Ada / Example",
            copyright_notice="\u00a9 Ada",
            landing_url="https://example.org/7",
            file_url="https://example.org/7.svg",
            created="1999",
            tags=("toy", "wind", "sky"),
            notes=(("style", "flat"),),
            where="items.csv",
        )
    ]


def test_only_id_and_image_are_needed_and_silence_is_no_claim():
    found = read(
        table({"license": "rights"}), {"id": "a", "file": "", "rights": " ", "": "CC0-1.0"}
    )
    assert found == [Candidate(ItemId("set:a"), "", where="items.csv")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("NaN", ""),
        (float("nan"), ""),
        ("  ", ""),
        ("Nan bread", "Nan bread"),
        (12, "12"),
        (12.0, "12"),
        (0.6, "0.6"),
        (True, "true"),
        (["a", None, 2], "a, 2"),
        ({"b": 1, "a": ["x"]}, '{"a": ["x"], "b": 1}'),
        (dt.date(2020, 1, 2), "2020-01-02"),
        (Decimal("1.50"), "1.50"),
        (b"\x01\xff", "01ff"),
    ],
)
def test_any_value_becomes_text(value: object, text: str):
    assert read(table({"title": "t"}), {"id": "a", "file": "b", "t": value})[0].title == text


@pytest.mark.parametrize(
    ("value", "tags"), [(["a", " b,c "], ("a", "b,c")), ("a; b,,c", ("a", "b", "c")), (None, ())]
)
def test_tags_are_a_list_or_a_text(value: object, tags: tuple[str, ...]):
    assert read(table({"tags": "t"}), {"id": "a", "file": "b", "t": value})[0].tags == tags


def test_a_list_of_captions_is_several_captions():
    source = table({"captions": [{"column": "t", "kind": "alt-text"}]})
    found = read(source, {"id": "a", "file": "b", "t": ["one", "", "two"]})
    assert [caption.text for caption in found[0].captions] == ["one", "two"]


def test_the_columns_that_date_the_files_are_kept():
    published = Published(None, "an archive", covers="release", date_column="day")
    row = {"id": "a", "file": "b", "release": "1", "day": "2019-01-01"}
    found = read(table({}, published=published), row)
    assert found[0].notes == (("release", "1"), ("day", "2019-01-01"))


def test_a_note_may_have_the_name_that_checks_look_for():
    row = {"id": "a", "file": "b", "Artist End": "1890", "Made": 1850, "Hall": ""}
    notes = {"creator_died": "Artist End", "work_date": "Made", "institution": "Hall"}
    assert read(table({}, notes=notes), row)[0].notes == (
        ("creator_died", "1890"),
        ("work_date", "1850"),
    )
    with pytest.raises(RecipeError, match="'Artist End', 'Hall'"):
        read(table({}, notes=notes), {"id": "a", "file": "b", "Made": 1850})


@pytest.mark.parametrize("notes", [5, "Made", [5], {"work_date": 5}, [["a", "b", "c"]]])
def test_notes_that_name_no_columns_are_an_error(notes: object):
    with pytest.raises(ValidationError):
        table({}, notes=notes)


@pytest.mark.parametrize("at", ["items.csv", "items.parquet", "items.json", "items.jsonl"])
def test_an_unknown_column_is_an_error_that_names_the_known_ones(at: str):
    with pytest.raises(RecipeError, match=r"'licence'.*: id, file, license"):
        read(table({"license": "licence"}, at), {"id": "a", "file": "b", "license": "X"})


def test_in_json_a_row_may_leave_a_column_out():
    rows = [{"id": "a", "file": "b"}, {"id": "c", "file": "d", "title": "T"}]
    assert [one.title for one in read(table({"title": "title"}, "i.jsonl"), *rows)] == ["", "T"]


def test_a_row_without_id_is_an_error_that_names_the_row():
    with pytest.raises(RecipeError, match="row 2 has no id"):
        read(table({}), {"id": "a", "file": "b"}, {"id": "", "file": "b"})


@pytest.mark.parametrize(
    ("at", "form"),
    [("a/i.CSV", "csv"), ("i.tsv", "csv"), ("i.json", "json"), ("i.ndjson", "jsonl")],
)
def test_the_suffix_says_how_to_read(at: str, form: str):
    assert [query.refs[0].form for query in table({}, at).first()] == [form]


@pytest.mark.parametrize("at", ["", "items", "items.xls"])
def test_any_other_file_is_an_error(at: str):
    with pytest.raises(RecipeError, match=r"\.parquet"):
        list(table({}, at).first())


def test_a_join_asks_for_both_tables():
    source = table({}, join={"path": "ja.jsonl", "on": ["id", "nr"]})
    assert list(source.first()) == [
        Query((Ref("items.csv", "csv", "id"), Ref("ja.jsonl", "jsonl", "nr")))
    ]


def test_openmoji_is_read_as_it_was_recorded(shared: Path):
    folder = shared / "starter-samples" / "openmoji"
    records = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    source = table(
        {
            "id": "hexcode",
            "image": "hexcode",
            "creator": "openmoji_author",
            "created": "openmoji_date",
            "tags": "ja_tags",
            "captions": [
                {"column": "annotation", "lang": "en", "kind": "structured-label"},
                {"column": "ja", "lang": "ja", "kind": "structured-label"},
            ],
        },
        at="items.json",
        image_suffix=".svg",
    )
    (query,) = source.first()
    found = [one for one in source.read(answer(folder, query)) if isinstance(one, Candidate)]
    assert len(found) == len(records) == 60
    for one, record in zip(found, records, strict=True):
        assert (folder / one.image).is_file()
        assert (one.creator, one.created) == (record["openmoji_author"], record["openmoji_date"])
        assert [c.text for c in one.captions] == [record["annotation"], record["ja"]]
        assert list(one.tags) == record["ja_tags"]
