"""verify: one flipped bit anywhere is found, and the file is named."""

import json
import shutil

import pytest
from world import mixed, run


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    root = tmp_path_factory.mktemp("verify")
    result = run("build", mixed(root).write(), "--workers", 1)
    assert result.exit_code == 0, result.output
    return root / "editions" / "tiny-1"


@pytest.fixture
def copy(edition, tmp_path):
    return shutil.copytree(edition, tmp_path / "copy")


def faults(edition) -> set[str]:
    result = run("verify", edition, "--json")
    said = json.loads(result.stdout)
    assert said["ok"] == (result.exit_code == 0) == (not said["faults"])
    return {fault["file"] for fault in said["faults"]}


def test_a_sound_edition_has_no_fault(edition):
    assert faults(edition) == set()


@pytest.mark.parametrize("where", [0.0, 0.31, 0.5, 0.77, 0.999])
def test_a_flipped_bit_is_found_in_every_file(copy, where):
    for path in sorted(path for path in copy.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        for bit in (0, 3, 7):
            place = min(int(len(whole) * where), len(whole) - 1)
            flipped = bytearray(whole)
            flipped[place] ^= 1 << bit
            path.write_bytes(flipped)
            name = path.relative_to(copy).as_posix()
            assert faults(copy) == {name}, f"{name}, byte {place}, bit {bit}"
        path.write_bytes(whole)


def test_missing_extra_and_linked_files_are_named(copy):
    (copy / "shards" / "sizes.json").unlink()
    (copy / "more.txt").write_text("more")
    card = (copy / "README.md").rename(copy.parent / "elsewhere.md")
    (copy / "README.md").symlink_to(card)
    assert faults(copy) == {"shards/sizes.json", "more.txt", "README.md"}


def test_without_edition_json_there_is_no_edition(copy):
    (copy / "edition.json").unlink()
    assert faults(copy) == {"edition.json"}


def test_an_edition_json_of_another_shape_is_a_fault(copy):
    for text in ("[]", "{", '{"digest": 1}', "null", "[" * 100_000):
        (copy / "edition.json").write_text(text)
        assert faults(copy) == {"edition.json"}


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    result = run("verify", tmp_path / "nowhere")
    assert result.exit_code == 1
