"""The local opener reads what is asked, streams it, and stays inside the folder."""

import contextlib
import csv
import json
import os
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curator.errors import RecipeError
from curator.io.local import BYTES_LIMIT, LINE_LIMIT, Refused, answer, locate
from curator.query import Form, Query, Ref, Row


def rows(root: Path, name: str, form: Form) -> list[Row]:
    return list(answer(root, Query((Ref(name, form),))).rows)


def listing(root: Path, glob: str) -> list[object]:
    return [row["path"] for row in rows(root, glob, "listing")]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with every kind of thing that a path can lead to, and a file outside it."""
    (tmp_path / "secret.svg").write_bytes(b"secret")
    root = tmp_path / "root"
    (root / "a" / "deep").mkdir(parents=True)
    for name in ("b.svg", "a/z.svg", "a/deep/y.SVG", "a/deep/x.svg", "a.svg", "new\nline.svg"):
        (root / name).write_text(name)
    (root / "a" / "inside.svg").symlink_to("../b.svg")
    (root / "out.svg").symlink_to(tmp_path / "secret.svg")
    (root / "up").symlink_to(tmp_path)
    (root / "loop.svg").symlink_to("loop.svg")
    (root / "a" / "cycle").symlink_to(root)
    (root / "dangling.svg").symlink_to("nowhere")
    os.mkfifo(root / "pipe.svg")
    return root


def test_a_listing_is_sorted_by_bytes_and_stays_inside(tree: Path):
    assert listing(tree, "**/*.svg") == [
        "a.svg",
        "a/deep/x.svg",
        "a/inside.svg",
        "a/z.svg",
        "b.svg",
        "new\nline.svg",
    ]
    assert listing(tree, "*.svg") == ["a.svg", "b.svg", "new\nline.svg"]
    assert listing(tree, "a/?.svg") == ["a/z.svg"]
    assert "a/deep/y.SVG" in listing(tree, "**/*")


def test_a_listing_sorts_characters_outside_the_first_plane_last(tmp_path: Path):
    for name in ("\uff21", "\U0001fa81", "a"):
        (tmp_path / name).touch()
    assert listing(tmp_path, "*") == ["a", "\uff21", "\U0001fa81"]


def test_a_name_that_is_not_utf8_is_named(tmp_path: Path):
    (tmp_path / os.fsdecode(b"\xff.svg")).touch()
    with pytest.raises(RecipeError, match="xff"):
        listing(tmp_path, "**/*.svg")
    assert listing(tmp_path, "**/*.png") == []


def test_a_deep_folder_is_listed(tmp_path: Path):
    deep = tmp_path.joinpath(*["d"] * 1200)
    current = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=current)
        following = os.open("d", os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = following
    os.close(current)
    (deep / "x.svg").touch()
    assert listing(tmp_path, "**/*.svg") == ["d/" * 1200 + "x.svg"]
    subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # noqa: S607 - shutil recurses


def test_a_missing_folder_is_an_error(tmp_path: Path):
    with pytest.raises(RecipeError, match="no such folder"):
        listing(tmp_path / "nowhere", "*")


@pytest.mark.parametrize("name", ["b.svg", "a/z.svg", "new\nline.svg", "./b.svg", "a/inside.svg"])
def test_a_file_inside_is_found(tree: Path, name: str):
    found = locate(tree, name)
    assert found.is_relative_to(tree)
    assert answer(tree, Query((Ref(name, "bytes"),))).body == found.read_bytes()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("", "fetch.refused", id="no name"),
        pytest.param("../secret.svg", "fetch.refused", id="upwards"),
        pytest.param("a/../b.svg", "fetch.refused", id="upwards and back"),
        pytest.param("/etc/hostname", "fetch.refused", id="an absolute path"),
        pytest.param("b.svg\0.png", "fetch.refused", id="a zero byte"),
        pytest.param("\ud800", "fetch.refused", id="half a character"),
        pytest.param("x" * 300, "fetch.refused", id="a name longer than names can be"),
        pytest.param("out.svg", "fetch.refused", id="a link to a file outside"),
        pytest.param("up/secret.svg", "fetch.refused", id="a link to a folder outside"),
        pytest.param("loop.svg", "fetch.refused", id="a link to itself"),
        pytest.param("pipe.svg", "fetch.refused", id="a pipe"),
        pytest.param("a", "fetch.refused", id="a folder"),
        pytest.param("dangling.svg", "fetch.gone", id="a link to nothing"),
        pytest.param("c.svg", "fetch.gone", id="nothing"),
        pytest.param("b.svg/c", "fetch.gone", id="a file as a folder"),
    ],
)
def test_everything_else_is_refused_with_its_reason(tree: Path, name: str, reason: str):
    with pytest.raises(Refused) as caught:
        answer(tree, Query((Ref(name, "bytes"),)))
    assert caught.value.reason == reason


@given(st.text(st.sampled_from("./\\\0ab\n\u00e9")) | st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_path_leads_outside(tree: Path, name: str):
    with contextlib.suppress(Refused):
        assert locate(tree, name).is_relative_to(tree)


def test_a_large_file_is_refused(tmp_path: Path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(BYTES_LIMIT)
    assert len(answer(tmp_path, Query((Ref("large", "bytes"),))).body) == BYTES_LIMIT
    with (tmp_path / "large").open("ab") as file:
        file.write(b"x")
    with pytest.raises(Refused) as caught:
        answer(tmp_path, Query((Ref("large", "bytes"),)))
    assert caught.value.reason == "fetch.large"


@pytest.mark.parametrize(
    ("name", "form", "body", "expected"),
    [
        ("a.csv", "csv", "a,b\n1,2\n", [{"a": "1", "b": "2"}]),
        ("a.csv", "csv", "\ufeffa;b\r\n1;2,5\r\n", [{"a": "1", "b": "2,5"}]),
        ("a.csv", "csv", "a\tb\n1\t\n\n", [{"a": "1", "b": ""}]),
        ("a.csv", "csv", 'a,b\n"x ""y"",\nz",2', [{"a": 'x "y",\nz', "b": "2"}]),
        ("a.csv", "csv", "a\n1,5\n".replace(",", ""), [{"a": "15"}]),
        ("a.csv", "csv", "a,b\n", []),
        ("a.csv", "csv", "", []),
        ("a.json", "json", '\ufeff[{"a": [1, "\\u00e9"]}, {}]', [{"a": [1, "\u00e9"]}, {}]),
        ("a.jsonl", "jsonl", '{"a": 1}\n\n{"b": null}', [{"a": 1}, {"b": None}]),
    ],
)
def test_tables_are_read(tmp_path: Path, name: str, form: Form, body: str, expected: list[Row]):
    (tmp_path / name).write_bytes(body.encode())
    assert rows(tmp_path, name, form) == expected


@pytest.mark.parametrize(
    ("form", "body", "what", "line"),
    [
        pytest.param("csv", b"a,b\n1,2\n1\n", "1 cells", 3, id="too few cells"),
        pytest.param("csv", b"a,b\n1,2,3\n", "3 cells", 2, id="too many cells"),
        pytest.param("csv", b"license,license\n1,2\n", "the same", 1, id="a column twice"),
        pytest.param("csv", b"a,\n1,2\n", "no name", 1, id="a column without name"),
        pytest.param("csv", b'a\n"x', "unexpected end", 2, id="an open quote"),
        pytest.param("csv", b'a\n"x"y\n', "expected after", 2, id="text behind a quote"),
        pytest.param("csv", b"a\n\xff\n", "not UTF-8", 2, id="no UTF-8"),
        pytest.param("csv", b"a\n" + b"x" * 200_000, "field limit", 2, id="an endless cell"),
        pytest.param("csv", b"x" * (LINE_LIMIT + 1), "longer than", 1, id="an endless line"),
        pytest.param("jsonl", b'{"a": 1}\n{"a": \n', "Expecting", 2, id="a broken line"),
        pytest.param("jsonl", b"[1]\n", "not an object", 1, id="a line that is a list"),
        pytest.param("jsonl", b'{"a": 1, "a": 2}', "'a' stands twice", 1, id="a key twice"),
        pytest.param("jsonl", b'{"a": NaN}', "NaN", 1, id="NaN"),
        pytest.param("jsonl", b'{"a": "\\ud800"}', "surrogate", 1, id="half a character"),
        pytest.param("jsonl", b"[" * 100_000, "nested", 1, id="very deep"),
        pytest.param("json", b'{"a": 1}', "array", 0, id="no array"),
        pytest.param("json", b"[{}, 2]", "element 2", 0, id="an array of other things"),
        pytest.param("json", b'[\n{"a": {"b": 1, "b": 2}}]', "twice", 0, id="a key twice inside"),
        pytest.param("json", b"[\n{]", "Expecting", 2, id="broken in line 2"),
        pytest.param("json", b"\xff", "codec", 0, id="no UTF-8 in JSON"),
        pytest.param(
            "json", b'[{"a": ' + b"[" * 32 + b"]" * 32 + b"}]", "nested", 0, id="33 levels in a row"
        ),
        pytest.param("parquet", b"PAR1 nothing PAR1", "not Parquet", 0, id="no Parquet"),
    ],
)
def test_a_broken_table_is_named_with_its_line(
    tmp_path: Path, form: Form, body: bytes, what: str, line: int
):
    (tmp_path / "items").write_bytes(body)
    with pytest.raises(RecipeError) as caught:
        rows(tmp_path, "items", form)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("items", line)
    assert what in fault.what


def test_a_row_may_nest_as_deep_as_the_limit(tmp_path: Path):
    body = '[{"a": ' + "[" * 31 + "]" * 31 + "}]"
    (tmp_path / "items").write_text(body)
    assert rows(tmp_path, "items", "json") == json.loads(body)


def test_rows_come_before_the_table_is_at_its_end(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text('{"a": 1}\nbroken')
    (tmp_path / "a.csv").write_text("a\n1\n2,3\n")
    assert next(iter(answer(tmp_path, Query((Ref("a.jsonl", "jsonl"),))).rows)) == {"a": 1}
    assert next(iter(answer(tmp_path, Query((Ref("a.csv", "csv"),))).rows)) == {"a": "1"}


def test_parquet_is_read_in_batches(tmp_path: Path):
    pq.write_table(pa.table({"a": range(3000), "b": [["x"], None, []] * 1000}), tmp_path / "t")
    found = rows(tmp_path, "t", "parquet")
    assert len(found) == 3000
    assert found[:2] == [{"a": 0, "b": ["x"]}, {"a": 1, "b": None}]


def test_parquet_with_a_column_twice_is_an_error(tmp_path: Path):
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    pq.write_table(table, tmp_path / "t")
    with pytest.raises(RecipeError, match="same name"):
        rows(tmp_path, "t", "parquet")


JOIN = Query((Ref("l.csv", "csv", "id"), Ref("r.json", "json", "nr")))


def joined(root: Path, left: str, right: str) -> list[Row]:
    (root / "l.csv").write_text(left)
    (root / "r.json").write_text(right)
    return list(answer(root, JOIN).rows)


def test_a_join_keeps_every_row_of_the_left(tmp_path: Path):
    right = '[{"nr": 1, "ja": "x"}, {"nr": "3", "de": "y"}, {"nr": null}, {"nr": ""}]'
    assert joined(tmp_path, "id,t\n1,a\n2,b\n,c\n", right) == [
        {"id": "1", "t": "a", "join.nr": 1, "join.ja": "x", "join.de": None},
        {"id": "2", "t": "b", "join.nr": None, "join.ja": None, "join.de": None},
        {"id": "", "t": "c", "join.nr": None, "join.ja": None, "join.de": None},
    ]


@pytest.mark.parametrize(
    ("left", "right", "what"),
    [
        ("id\n1\n", '[{"nr": 1}, {"nr": "1"}]', "second with '1'"),
        ("id\n1\n", '[{"other": 1}]', "'nr'; there are other"),
        ("other\n1\n", '[{"nr": 1}]', "no 'id'"),
    ],
)
def test_a_join_that_is_not_clear_is_an_error(tmp_path: Path, left: str, right: str, what: str):
    with pytest.raises(RecipeError, match=what):
        joined(tmp_path, left, right)


def fault_of(path: Path, form: Form) -> str:
    """The file that the reader names as broken, "" if it reads it."""
    try:
        rows(path.parent, path.name, form)
    except RecipeError as error:
        return error.faults[0].file
    return ""


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_hostile_tables_are_read_or_named(shared: Path, form: Form):
    hostile = shared / "cases" / "hostile"
    with (hostile / "labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["file"]: row["expected"] for row in csv.DictReader(file)}
    for path in sorted((hostile / form).iterdir()):
        expected = labels[f"{form}/{path.name}"]
        fault = fault_of(path, form)
        assert fault in {"", path.name}
        # Of valid JSON only an array of objects is a table; pyarrow reads two of the bad Parquet.
        if form == "csv" or (form == "json" and expected == "reject"):
            assert bool(fault) == (expected == "reject")
