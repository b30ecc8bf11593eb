"""find and explain: a creator asks, an auditor asks why."""

import json

import pytest
from PIL import Image
from world import mixed, run


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lookup")
    result = run("build", mixed(folder).write(), "--workers", 1)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def edition(root):
    return root / "editions" / "tiny-1"


def matches(edition, *options) -> list[dict[str, object]]:
    result = run("find", edition, *options, "--json")
    found = json.loads(result.stdout)["matches"]
    assert result.exit_code == (0 if found else 1)
    return found


def test_the_same_file_is_found(root, edition):
    found = matches(edition, "--image", root / "good-003.png")
    assert [(m["item"], m["how"], m["distance"]) for m in found] == [
        ("tiny:good-003", "same bytes", 0)
    ]


def test_a_smaller_copy_is_found_by_its_looks(root, edition, tmp_path):
    with Image.open(root / "good-003.png") as image:
        image.resize((70, 60)).convert("RGB").save(tmp_path / "copy.jpg", quality=85)
    found = matches(edition, "--image", tmp_path / "copy.jpg")
    assert [m["item"] for m in found] == ["tiny:good-003"]
    assert found[0]["how"] == "looks the same"


@pytest.mark.parametrize(
    ("option", "value", "count"),
    [
        ("--title", "number 4", 1),
        ("--url", "https://example.org/good-005", 1),
        ("--creator", "Somebody else", 0),
    ],
)
def test_words_and_addresses_are_found(edition, option, value, count):
    assert len(matches(edition, option, value)) == count


def test_one_question_at_a_time(edition):
    result = run("find", edition, "--creator", "x", "--title", "y")
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("item", "verdict", "reason"),
    [
        ("tiny:good-004", "publish", None),
        ("tiny:bare", "hold", "rights.pd-reason"),
        ("tiny:flat", "reject", "image.flat"),
    ],
)
@pytest.mark.parametrize("where", ["editions/tiny-1", ".curator"])
def test_every_item_is_explained_from_edition_and_work_folder(root, where, item, verdict, reason):
    result = run("explain", root / where, item, "--json")
    said = json.loads(result.stdout)
    assert (said["item"], said["verdict"], said["reason"]) == (item, verdict, reason)
    assert any(e["question"] == (reason or "license") for e in said["evidence"]) or reason
    assert run("explain", root / where, item).exit_code == 0


def test_an_unknown_item_is_an_error_that_says_what_to_do(edition):
    result = run("explain", edition, "tiny:nobody")
    assert result.exit_code == 1
    assert "curator find" in result.stderr


def test_without_an_item_all_that_is_not_published_is_listed(root, edition):
    result = run("explain", root / ".curator", "--json")
    listed = {row["item"]: row["reason"] for row in json.loads(result.stdout)}
    assert listed["tiny:flat"] == "image.flat"
    assert "tiny:good-004" not in listed
    assert run("explain", root / ".curator").exit_code == 0
    short = run("explain", edition)
    assert short.exit_code == 1
    assert "short" in short.stderr
