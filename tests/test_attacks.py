"""Ways in which a record, a file or a command line once got more than it should."""

import os

import pyarrow.parquet as pq
import pytest
from world import HEAD, SOURCE, World, run

from curator.io.svg import draw


@pytest.mark.parametrize("word", ["none", "N/A", "nein", "not covered", "unknown", "0.0", ""])
def test_only_a_plain_yes_says_that_an_archive_held_the_file(tmp_path, word):
    world = World(tmp_path).add("one", creator=word)
    recipe = world.write()
    covers = 'covers: "creator"}'
    recipe.write_text(recipe.read_text().replace("covers: all}", covers))
    assert '"ai.undeclared": 1' in run("build", recipe, "--json").stdout


def test_predates_before_is_never_later_than_shipped(tmp_path):
    world = World(tmp_path).add("one")
    world.settings = "policy: {predates_before: 2030-01-01}\n"
    result = run("build", world.write())
    assert result.exit_code == 2
    assert "predates_before" in result.stderr


def test_the_same_bytes_refused_in_another_source_are_a_conflict(tmp_path):
    world = World(tmp_path).add("one").add("other")
    recipe = world.write()
    (tmp_path / "second.csv").write_text(
        "id,image,title,ja,creator,license,page\n"
        "two,one.png,The same picture,,Nobody at all,CC-BY-NC-4.0,\n"
    )
    second = SOURCE.replace("id: tiny", "id: second").replace("items.csv", "second.csv")
    recipe.write_text(f"{HEAD}sources:\n{SOURCE}{second}")
    result = run("build", recipe, "--json")
    assert '"rights.conflict"' in result.stdout, result.output
    manifest = tmp_path / "editions" / "tiny-1" / "manifest" / "part-00000.parquet"
    assert [row["item"] for row in pq.read_table(manifest).to_pylist()] == ["tiny:other"]


def test_no_address_of_a_person_is_published_in_a_url(tmp_path):
    world = World(tmp_path).add("one", page="https://example.org/?mail=nobody%40example.org")
    assert run("build", world.write()).exit_code == 0
    manifest = tmp_path / "editions" / "tiny-1" / "manifest" / "part-00000.parquet"
    assert pq.read_table(manifest)["landing_url"].to_pylist() == [""]


def test_a_filter_without_bound_is_not_drawn():
    body = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><filter id="f">'
        b'<feTurbulence numOctaves="9999"/></filter><rect width="9" height="9"/></svg>'
    )
    with pytest.raises(Exception, match="feTurbulence"):
        draw(body)


@pytest.mark.parametrize("command", [["inspect"], ["license", "--from"], ["build"]])
def test_a_pipe_is_no_file(tmp_path, command):
    os.mkfifo(tmp_path / "pipe")
    result = run(*command, tmp_path / "pipe")
    assert result.exit_code == 2
    assert "regular file" in result.stderr


@pytest.mark.parametrize("place", ["items.csv", "loop", "/"])
def test_out_is_a_new_folder_or_an_edition(tmp_path, place):
    recipe = World(tmp_path).add("one").write()
    (tmp_path / "loop").symlink_to("loop")
    result = run("build", recipe, "--out", tmp_path / place)
    assert result.exit_code == 2
    assert "--out" in result.stderr


@pytest.mark.parametrize("text", [b"xx", b"\xff"])
def test_a_damaged_snapshot_is_told_of(tmp_path, text):
    recipe = World(tmp_path).add("one").write()
    (tmp_path / ".curator").mkdir()
    (tmp_path / ".curator" / "snapshot").write_bytes(text)
    result = run("build", recipe)
    assert result.exit_code == 5
    assert "--refresh" in result.stderr


def test_a_date_in_the_future_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999")
    assert run("build", World(tmp_path).add("one").write()).exit_code == 5


def test_find_on_a_damaged_manifest_is_an_error_in_words(tmp_path):
    assert run("build", World(tmp_path).add("one").write()).exit_code == 0
    manifest = tmp_path / "editions" / "tiny-1" / "manifest" / "part-00000.parquet"
    body = bytearray(manifest.read_bytes())
    body[40:400] = bytes(360)
    manifest.write_bytes(body)
    result = run("find", tmp_path / "editions" / "tiny-1", "--creator", "x")
    assert result.exit_code == 1
    assert "verify" in result.stderr or "Not found" in result.stdout
