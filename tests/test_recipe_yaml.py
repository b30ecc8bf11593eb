"""YAML as the recipe takes it: nothing hidden, nothing that grows, nothing that is guessed."""

import time
from pathlib import Path

import pytest

from curator.errors import RecipeError
from curator.recipe_file import parse
from curator.recipe_yaml import MAX_BYTES, read

REFUSED = {
    "an anchor": ("a: &x 1\n", "1:4", "anchors"),
    "an alias": ("a: *x\n", "1:4", "aliases"),
    "an alias as key": ("*x : 1\n", "1:1", "aliases"),
    "a tag": ("a: !!str 1\n", "1:4", "tag"),
    "a tag that calls Python": ("a:\n  - !!python/object/apply:os.system [id]\n", "2:5", "tag"),
    "a bare tag": ("a: ! 1\n", "1:4", "tag"),
    "a merge key": ("a: 1\n<<: {b: 2}\n", "2:1", "merge"),
    "a repeated key": ("a: 1\nb: {c: 1, c: 2}\n", "2:11", "'c' stands here and in line 2"),
    "a key repeated in quotes": ("a: 1\n'a': 2\n", "2:1", "in line 1"),
    "a list as key": ("[a]: b\n", "1:1", "not text"),
    "an older YAML": ("%YAML 1.1\n---\na: 1\n", "2:1", "directive"),
    "a tag's short name": ("%TAG ! tag:example.org,2000:\n---\na: 1\n", "2:1", "directive"),
    "NUL by an escape": ('a: "x\\0"\n', "1:4", "U+0000"),
    "half a character by an escape": ('a: "\\uD800"\n', "1:4", "U+D800"),
}


@pytest.mark.parametrize(
    ("text", "place", "what"), [pytest.param(*case, id=name) for name, case in REFUSED.items()]
)
def test_what_hides_things_is_refused_in_its_place(text: str, place: str, what: str):
    _, (fault,) = read(text, "r")
    assert (f"{fault.line}:{fault.column}", what in fault.what) == (place, True), str(fault)


ENDED = {
    "a tab as indentation": ("a:\n\t- b\n", "2:1", "not YAML", "spaces"),
    "two colons": ("a: b: c\n", "1:5", "not YAML", "quotes"),
    "an open bracket": ("a: [1", "1:6", "not YAML", "bracket"),
    "an open quote": ('a: "x', "1:6", "not YAML", "quotes"),
    "a reserved sign": ("a: @x\n", "1:4", "not YAML", "quotes"),
    "wrong indentation": ("a:\n  b: 1\n c: 2\n", "3:2", "not YAML", "indentation"),
    "a character beyond Unicode": ('a: "\\UFFFFFFFF"\n', "1:1", "not YAML", "quotes"),
    "a second document": ("a: 1\n---\nb: 2\n", "2:1", "second document", "one"),
    "a second empty document": ("---\n---\n", "2:1", "second document", "one"),
    "UTF-16": ("a: 1\n".encode("utf-16"), "1:1", "not UTF-8", "UTF-8"),
    "Latin-1": ("a: 1\nb: é\n".encode("latin-1"), "2:4", "not UTF-8", "UTF-8"),
    "half a character": ("a: \ud800\n", "1:4", "not UTF-8", "UTF-8"),
    "NUL": ("a: 1\r\nb: \x00\n", "2:4", "U+0000", "UTF-8"),
    "an escape sequence of a terminal": ("a: \x1b[31m\n", "1:4", "U+001B", "control"),
    "deep lists": ("[" * 100_000, "1:33", "nested", "bracket"),
    "deep groups": ("{a: " * 1000, "1:129", "nested", "bracket"),
    "deep dashes": ("- " * 1000, "1:65", "nested", "bracket"),
    "a file over the limit": ("#" * (MAX_BYTES + 1), "1:1", "bytes", "source"),
    "more values than anyone writes": ("- a\n" * 100_000, "29999:3", "too many values", "source"),
}


@pytest.mark.parametrize(
    ("text", "place", "what", "fix"), [pytest.param(*case, id=name) for name, case in ENDED.items()]
)
def test_what_is_no_yaml_has_one_fault(text: str | bytes, place: str, what: str, fix: str):
    with pytest.raises(RecipeError) as caught:
        read(text, "r")
    (fault,) = caught.value.faults
    assert (f"{fault.line}:{fault.column}", what in fault.what) == (place, True), str(fault)
    assert fix in fault.fix


def test_only_json_types_are_guessed():
    text = (
        "{yes: NO, a: on, b: y, c: true, d: False, e: NULL, f: ~, g: , h: 12, i: -0.5, j: 1e3,"
        " k: 1_000, l: 0x1F, m: 0777, n: .inf, o: 2021-01-01, p: 12:30:00, q: '12', r: 1e999,"
        " s: 1234567890123456}"
    )
    assert read(text, "r")[0].plain() == {
        "yes": "NO", "a": "on", "b": "y", "c": True, "d": False, "e": None, "f": None, "g": None,
        "h": 12, "i": -0.5, "j": 1000.0, "k": "1_000", "l": "0x1F", "m": "0777", "n": ".inf",
        "o": "2021-01-01", "p": "12:30:00", "q": "12", "r": "1e999", "s": "1234567890123456",
    }  # fmt: skip


def test_a_byte_order_mark_and_windows_line_ends_shift_nothing():
    root, found = read(b"\xef\xbb\xbfa: 1\r\nb: [x, 2]\r\n", "r")
    assert (root.plain(), found) == ({"a": 1, "b": ["x", 2]}, [])
    assert (root.keys["b"].line, root.keys["b"].column) == (2, 1)


def test_an_alias_bomb_stays_small():
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    root, found = read("\n".join(lines), "r")
    assert len(found) == 9 + 8 * 9
    assert root.plain()["i"] == [None] * 9


def test_hostile_files_are_refused_quickly_and_in_words(shared: Path):
    folder = shared / "cases" / "hostile"
    files = sorted([*folder.glob("yaml/*.yaml"), *folder.glob("synthetic/cfg_*.yaml")])
    assert len(files) >= 90
    for file in files:
        begun = time.perf_counter()
        with pytest.raises(RecipeError) as caught:
            parse(file.read_bytes(), file.name, {}, lambda _: True)
        assert time.perf_counter() - begun < 1, file.name  # seconds
        assert all(fault.line and fault.column and fault.fix for fault in caught.value.faults)
