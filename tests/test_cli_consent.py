"""curator consent: from a folder of images to a signed record, its proof and its end."""

import json
import stat

import pytest
from world import picture, run, tree


@pytest.fixture
def folder(tmp_path):
    """Two drawings, one of them twice, and no record yet."""
    images = tmp_path / "art"
    images.mkdir()
    picture(1).save(images / "kite.png")
    picture(2).save(images / "boat.png")
    (images / "copy.png").write_bytes((images / "kite.png").read_bytes())
    (images / "notes.txt").write_text("not an image")
    return tmp_path


def new(folder, *more):
    address = ["--contact", "ada@private.example", "--revocation", "https://example.org/stop"]
    arguments = ["--creator", "Ada Example", "--out", folder / "ada.json", *address, *more]
    return run("consent", "new", folder / "art", *arguments)


def sign(folder, key="ada.key", *more):
    return run("consent", "sign", folder / "ada.json", "--key", folder / key, *more)


def verify(folder, *more):
    done = run("consent", "verify", folder / "ada.json", "--json", *more)
    return done.exit_code, json.loads(done.stdout)


def edited(folder, **fields):
    path = folder / "ada.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_new_names_each_work_once_and_keeps_the_key_apart(folder):
    done = new(folder)
    assert done.exit_code == 0, done.output
    key = folder / "ada.key"
    assert str(key) in done.stdout
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    record = json.loads((folder / "ada.json").read_text())
    assert [work["title"] for work in record["works"]] == ["boat", "copy"]
    assert record["not_ai_made"] is False
    secret = key.read_text().splitlines()[1]
    assert secret not in (folder / "ada.json").read_text()


def test_signed_it_holds_and_covers_its_files_only(folder):
    new(folder, "--not-ai-made")
    assert sign(folder).exit_code == 0
    code, said = verify(folder, "--file", folder / "art/kite.png")
    assert (code, said["ok"], said["faults"]) == (0, True, [])
    assert said["covers"] == [str(folder / "art/kite.png")]
    code, said = verify(folder, "--file", folder / "art/notes.txt")
    assert (code, said["ok"]) == (1, False)
    assert said["faults"][0]["what"] == "the record does not name these bytes"


def test_verify_tells_a_person_what_was_agreed(folder):
    new(folder)
    sign(folder)
    done = run("consent", "verify", folder / "ada.json")
    assert "allowed: ai_training, data_mining" in done.stdout
    assert "resale: no" in done.stdout
    assert "ada@private.example" not in done.output


def test_revoked_it_holds_no_longer(folder):
    new(folder)
    sign(folder)
    (folder / "ended").mkdir()
    out = folder / "ended" / "ada.json"
    record, key = folder / "ada.json", folder / "ada.key"
    done = run("consent", "revoke", record, "--key", key, "--out", out)
    assert done.exit_code == 0
    assert "https://example.org/stop" in done.stdout
    code, said = verify(folder, "--revocations", folder / "ended")
    assert code == 1
    assert "it was revoked on" in said["faults"][0]["what"]


def test_a_minor_needs_the_guardians_signature(folder):
    new(folder)
    public = run("consent", "key", "--out", folder / "grown-up.key").stdout.strip()
    edited(folder, minor=True, guardian={"name": "Grown Up", "key": public})
    assert "still missing: 1" in sign(folder).stdout
    assert verify(folder)[1]["faults"][0]["what"] == "the signature of the guardian is missing"
    assert sign(folder, "grown-up.key", "--role", "guardian").exit_code == 0
    assert verify(folder)[0] == 0


def test_an_unsigned_record_is_a_finding(folder):
    new(folder)
    code, said = verify(folder)
    assert code == 1
    assert "the signature of the creator is missing" in [f["what"] for f in said["faults"]]


MISTAKES = {  # what was typed, in a folder with art/, empty/, ada.json and ada.key; the exit code
    "new x --creator A --out o.json": 1,
    "new empty --creator A --out o.json": 1,
    "new art --creator A --out ada.json": 1,
    "new art --creator A --out x/o.json": 5,
    "new art --out o.json": 2,
    "key --out ada.key": 1,
    "key --out x/y.key": 5,
    "sign ada.json --key art/kite.png": 1,
    "sign ada.json --key x.key": 1,
    "sign ada.json --key ada.key --role agent": 2,
    "sign ada.json --key ada.key --role guardian": 1,
    "sign art/kite.png --key ada.key": 1,
    "verify art/kite.png": 1,
    "verify x.json": 1,
    "verify ada.json --file x.png": 1,
    "verify ada.json --revocations x": 1,
    "verify ada.json --revocations art": 1,
    "revoke ada.json --key ada.key --out ada.json": 1,
    "revoke art/kite.png --key ada.key --out o.json": 1,
}


@pytest.mark.parametrize("typed", MISTAKES)
def test_a_mistake_is_told_with_its_exit_code(folder, monkeypatch, typed):
    monkeypatch.chdir(folder)
    (folder / "empty").mkdir()
    new(folder)
    sign(folder)
    before = tree(folder)
    done = run("consent", *typed.split())
    assert done.exit_code == MISTAKES[typed], done.output
    assert done.output.strip()
    assert tree(folder) == before


def test_a_record_with_gaps_is_not_signed(folder):
    run("consent", "new", folder / "art", "--creator", "Ada", "--out", folder / "ada.json")
    done = sign(folder)
    assert done.exit_code == 1
    assert "creator.contact" in done.stderr
    assert "revocation" in done.stderr


def test_more_works_than_a_record_holds_are_refused_before_a_key_is_made(folder):
    for number in range(1500):
        (folder / "art" / f"{number}.png").write_bytes(str(number).encode())
    done = new(folder)
    assert done.exit_code == 1
    assert "Write a record for each part of the folder" in done.stderr
    assert not (folder / "ada.key").exists()


def test_the_schema_tells_editors_what_a_record_is():
    schema = json.loads(run("schema", "consent").stdout)
    assert schema["properties"]["works"]["minItems"] == 1
    assert schema["additionalProperties"] is False
    assert {"creator", "scopes", "expiry", "terms"} <= set(schema["required"])
    assert json.loads(run("schema").stdout)["title"] == "sources.yaml"
