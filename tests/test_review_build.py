"""People's answers in whole builds: what they lift, what they cannot, and that they show."""

import json
from hashlib import sha256

import pyarrow.parquet as pq
import pytest
from world import World, run, tree

HELD = "ai.undeclared"
LATE = "policy: {predates_before: 2019-01-01, ledger: full%s}\n"  # all in this world is younger


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # 2023-11-14


def small(root, *names: str, **fields: str) -> World:
    """A world in which every item is held, since nothing dates it early enough."""
    root.mkdir(exist_ok=True)
    world = World(root, settings=LATE % "")
    for name in names:
        world.add(name, **fields)
    return world


def content(world: World, name: str) -> str:
    return sha256((world.root / f"{name}.png").read_bytes()).hexdigest()


def answer(item: str, digest: str, kind: str = "lift", reason: str = HELD) -> dict[str, str]:
    said = {"item": f"tiny:{item}", "sha256": digest, "reason": reason, "answer": kind}
    return said | {"by": "A Made-up Reviewer", "date": "2023-11-01", "note": "drawn by hand"}


def built(world: World, *answers: dict[str, str], name: str = "answers.jsonl"):
    """Build with these answers: (published items, the ledger's reasons, the edition)."""
    text = "".join(json.dumps(each) + "\n" for each in answers)
    (world.root / name).write_text(text)
    world.settings = LATE % f", reviews: [{{path: {name}}}]"
    result = run("build", world.write(), "--workers", 1, "--json")
    assert result.exit_code in (0, 1), result.output
    said = json.loads(result.stdout)
    if not said["edition"]:
        return {}, said["reasons"], None
    edition = world.root / "editions" / "tiny-1"
    rows = pq.read_table(edition / "manifest/part-00000.parquet").to_pylist()
    ledger = pq.read_table(edition / "ledger/part-00000.parquet").to_pylist()
    why = {row["item"].partition(":")[2]: row["reason"] for row in ledger}
    return {row["item"].partition(":")[2]: row for row in rows}, why, edition


def test_a_lifted_hold_is_published_in_the_next_build_and_its_evidence_says_who(tmp_path):
    world = small(tmp_path, "seen", "unseen", "other").add("gpl", license="GPL-2.0-only")
    before = run("build", world.write(), "--workers", 1, "--json")
    assert json.loads(before.stdout)["reasons"] == {HELD: 3, "rights.refused": 1}
    published, why, edition = built(
        world,
        answer("seen", content(world, "seen")),
        answer("other", content(world, "seen")),  # a file that this item does not have
        answer("gpl", content(world, "gpl")),  # a reject: nobody lifts it
    )
    assert list(published) == ["seen"]
    assert why == {"unseen": HELD, "other": HELD, "gpl": "rights.refused"}
    (review,) = [e for e in published["seen"]["evidence"] if e["question"] == "review"]
    assert (review["answer"], review["basis"]) == ("yes", "declared")
    assert review["quote"] == "A Made-up Reviewer, 2023-11-01, drawn by hand"
    assert published["seen"]["ai_class"] == "none"
    assert run("verify", edition).exit_code == 0


def test_bytes_that_change_after_the_answer_are_held_again(tmp_path):
    world = small(tmp_path, "seen", "fixed")
    seen = answer("seen", content(world, "seen"))
    (tmp_path / "seen.png").write_bytes((tmp_path / "seen.png").read_bytes() + b"\n")
    published, why, _ = built(world, seen, answer("fixed", content(world, "fixed")))
    assert list(published) == ["fixed"]
    assert why == {"seen": HELD}


def test_an_answer_on_the_record_alone_gets_the_file_fetched_and_publishes_nothing(tmp_path):
    world = World(tmp_path).add("bare", license="public domain")
    lift = answer("bare", "", reason="rights.pd-reason")
    published, why, _ = built(world, lift, answer("bare", content(world, "bare")))
    assert (published, why) == ({}, {"rights.pd-reason": 1})
    shown = run("explain", tmp_path / ".curator", "tiny:bare", "--json")
    checks = {e["check"].partition(".")[0] for e in json.loads(shown.stdout)["evidence"]}
    assert "image" in checks or "ai" in checks, "the file was opened"
    both = [answer("bare", content(world, "bare"), reason=r) for r in ("rights.pd-reason", HELD)]
    published, _, _ = built(world, *both)
    assert list(published) == ["bare"]


def test_an_unversioned_license_that_a_person_lifts_stands_under_its_own_name(tmp_path):
    world = small(tmp_path, "old", license="CC-BY")
    lifts = [answer("old", content(world, "old"), reason=r) for r in (HELD, "rights.unversioned")]
    published, _, edition = built(world, *lifts)
    assert published["old"]["image_license"] == "LicenseRef-CC-BY-unversioned"
    assert published["old"]["license_class"] == "attribution"
    assert run("verify", edition).exit_code == 0


def test_a_refusal_rejects_the_bytes_under_every_name(tmp_path):
    world = small(tmp_path, "good", "bad").add("copy", image="bad.png")
    bad, good = content(world, "bad"), content(world, "good")
    published, why, _ = built(
        world, answer("good", good), answer("bad", bad, "refuse"), answer("copy", bad)
    )
    assert list(published) == ["good"]
    assert why == {"bad": "review.refused", "copy": "review.refused"}


def test_keep_keeps_and_the_later_line_of_a_file_counts(tmp_path):
    world = small(tmp_path, "one", "two")
    one, two = content(world, "one"), content(world, "two")
    published, why, _ = built(
        world, answer("one", one), answer("one", one, "keep"), answer("two", two)
    )
    assert (list(published), why) == (["two"], {"one": HELD})


def test_what_is_answered_is_in_the_digest_and_not_how_the_file_holds_it(tmp_path):
    first, second, third = (small(tmp_path / name, "one", "two") for name in "abc")
    lifts = [answer(name, content(first, name)) for name in ("one", "two")]
    *_, one = built(first, *lifts)
    *_, two = built(second, *reversed(lifts), name="renamed.jsonl")
    *_, three = built(third, lifts[0], lifts[1] | {"note": "another reason"})
    digests = [json.loads((e / "edition.json").read_text())["recipe"]["digest"] for e in (one, two)]
    assert digests[0] == digests[1]
    assert tree(three)["edition.json"] != tree(one)["edition.json"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("{", "is not JSON", id="not JSON"),
        pytest.param('["lift"]', "is not a JSON object", id="a list"),
        pytest.param(json.dumps(answer("a", "xyz")), "`sha256` is no digest", id="no digest"),
        pytest.param(
            json.dumps(answer("a", "", reason="rights.refused")),
            "`reason` is no reason for a hold",
            id="a reason that is a reject",
        ),
        pytest.param(json.dumps(answer("a", "", "allow")), "`answer`", id="an unknown answer"),
        pytest.param(
            json.dumps(answer("a", "") | {"date": "2023-02-30"}), "`date`", id="no such day"
        ),
        pytest.param(json.dumps(answer("a", "") | {"by": ""}), "`by`", id="by nobody"),
        pytest.param(
            json.dumps(answer("a", "") | {"mood": "good"}), "`mood` is no key", id="an unknown key"
        ),
        pytest.param('{"item": "a", "item": "b"}', "a key stands twice", id="a key twice"),
        pytest.param('{"item": "tiny:a"}', "`sha256` is missing", id="half an answer"),
    ],
)
def test_a_broken_line_is_an_error_with_its_place(tmp_path, line, words):
    world = small(tmp_path, "one")
    good = json.dumps(answer("one", ""))
    (tmp_path / "answers.jsonl").write_text(f"{good}\n\n{line}\n")
    world.settings = LATE % ", reviews: [{path: answers.jsonl}]"
    result = run("build", world.write(), "--workers", 1)
    assert result.exit_code == 2
    assert "answers.jsonl:3: " in result.stderr
    assert words in result.stderr


def test_a_file_of_answers_that_is_not_there_is_an_error(tmp_path):
    world = small(tmp_path, "one")
    world.settings = LATE % ", reviews: [{path: nowhere.jsonl}]"
    result = run("build", world.write(), "--workers", 1)
    assert result.exit_code == 2
    assert "nowhere.jsonl: cannot be read" in result.stderr
