"""The page of questions through its own server, and what review and audit put on it."""

import http.client
import json
import threading
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from world import World, mixed, run

from curator import audit, review
from curator.errors import CuratorError, RecipeError
from curator.review_page import serve
from curator.review_sheet import Card, Said, Sheet

EVIL = '<script>alert("x")</script>'
FORM = {"answer": "lift", "by": "A Made-up Reviewer", "note": "line one\nline two"}


class Visitor:
    """A browser without a screen: the page's address, and requests to it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.base = parts.netloc, parts.path

    def ask(self, place: str, body: str | None = None, **headers: str):
        """A GET, or with a body a POST: the reply and its bytes."""
        connection = http.client.HTTPConnection(self.host, timeout=10)
        path = place if place.startswith("/") else self.base + place
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, {"Host": self.host} | kind | headers)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        return reply, text

    def answer(self, number: int, **fields: str) -> int:
        """The status after the form was sent."""
        return self.ask(f"answer/{number}", urlencode(FORM | fields))[0].status


@contextmanager
def served(sheet: Sheet):
    """A visitor of the sheet's page; the page ends with the block."""
    told, known = [], threading.Event()

    def announce(address: str) -> None:
        told.append(address)
        known.set()

    thread = threading.Thread(target=serve, args=(sheet, 0, announce))
    thread.start()
    assert known.wait(10)
    visitor = Visitor(told[0])
    try:
        yield visitor
    finally:
        if thread.is_alive():
            visitor.ask("end", "")
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> World:
    """A world with two held pictures and a held record, built once."""
    root = tmp_path_factory.mktemp("held")
    world = World(root, settings="policy: {predates_before: 2019-01-01}\n")
    world.add("one", creator=f"O'Made & Up {EVIL}").add("two")
    world.add("bare", license="public domain", page="javascript:alert(1)")
    world.add("gpl", license="GPL-2.0-only")
    assert run("build", world.write(), "--workers", 1).exit_code == 1
    return world


@pytest.fixture
def sheet(held, tmp_path) -> Sheet:
    return review.sheet(held.root / ".curator", tmp_path / "answers.jsonl")


def answers(sheet: Sheet) -> list[dict[str, str]]:
    return [json.loads(line) for line in sheet.answers.read_text().splitlines()]


def test_what_is_held_is_on_the_sheet_and_nothing_else(held, sheet):
    known = {card.known["item"]: card for card in sheet.cards.values()}
    assert list(known) == ["tiny:bare", "tiny:one", "tiny:two"]
    one = sha256((held.root / "one.png").read_bytes()).hexdigest()
    assert known["tiny:one"].known["sha256"] == one
    assert known["tiny:one"].image().startswith(b"\xff\xd8")
    assert known["tiny:bare"].known == {
        "item": "tiny:bare",
        "sha256": "",
        "reason": "rights.pd-reason",
    }
    assert known["tiny:bare"].image is None


def test_a_folder_without_a_build_is_a_finding(tmp_path):
    with pytest.raises(CuratorError, match="no build is here"):
        review.sheet(tmp_path)


def test_the_page_escapes_what_comes_from_outside_and_allows_no_script(sheet):
    with served(sheet) as visitor:
        reply, body = visitor.ask("")
    text = body.decode()
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "O&#x27;Made &amp; Up" in text
    assert 'href="javascript:' not in text
    policy = reply.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert reply.headers["Cache-Control"] == "no-store"


def test_an_answer_is_kept_at_once_and_its_card_and_thumbnail_are_gone(
    sheet, monkeypatch, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "thumbs"))
    (tmp_path / "thumbs").mkdir()
    with served(sheet) as visitor:
        reply, body = visitor.ask("image/1")
        assert (reply.status, reply.headers["Content-Type"]) == (200, "image/jpeg")
        assert body.startswith(b"\xff\xd8")
        assert len(list((tmp_path / "thumbs").rglob("*.jpg"))) == 1
        assert visitor.answer(1) == 303
        assert not list((tmp_path / "thumbs").rglob("*.jpg"))
        (line,) = answers(sheet)
        assert line["item"] == "tiny:one"
        assert (line["answer"], line["note"]) == ("lift", "line one line two")
        assert visitor.ask("image/1")[0].status == 404
        assert visitor.answer(1) == 400, "it is answered already"
        assert 'value="A Made-up Reviewer"' in visitor.ask("")[1].decode()
        visitor.ask("image/2")
    assert not list((tmp_path / "thumbs").iterdir()), "the folder went with the page"


@pytest.mark.parametrize(
    ("place", "headers", "status"),
    [
        pytest.param("/", {}, 404, id="without the secret"),
        pytest.param("/wrong/", {}, 404, id="with a wrong secret"),
        pytest.param("", {"Host": "rebound.example.org"}, 421, id="under another name"),
        pytest.param("", {"Host": "127.0.0.1"}, 421, id="without the port"),
        pytest.param("../etc/passwd", {}, 404, id="a path that climbs"),
        pytest.param("image/999", {}, 404, id="no such picture"),
        pytest.param("image/-1", {}, 404, id="no number"),
        pytest.param("image/0", {}, 404, id="a record without a picture"),
    ],
)
def test_who_is_turned_away(sheet, place, headers, status):
    with served(sheet) as visitor:
        reply, body = visitor.ask(place, **headers)
    assert reply.status == status
    assert b"form" not in body


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        pytest.param({"answer": "maybe"}, {}, 400, id="an answer that is not offered"),
        pytest.param({"answer": ""}, {}, 400, id="no answer"),
        pytest.param({"by": " \n"}, {}, 400, id="by nobody"),
        pytest.param({"note": "x" * 3000}, {}, 400, id="a note that is too long"),
        pytest.param({"note": "x" * 70_000}, {}, 400, id="a form that is too large"),
        pytest.param({}, {"Origin": "https://evil.example.org"}, 403, id="from another site"),
        pytest.param({}, {"Origin": "null"}, 403, id="from nowhere"),
        pytest.param({}, {"Host": "evil.example.org"}, 421, id="to another name"),
    ],
)
def test_what_is_not_an_answer_leaves_no_trace(sheet, fields, headers, status):
    with served(sheet) as visitor:
        reply, _ = visitor.ask("answer/1", urlencode(FORM | fields), **headers)
    assert reply.status == status
    assert not sheet.answers.exists()
    assert len(sheet.cards) == 3


def test_every_answer_of_many_visitors_at_once_is_whole(tmp_path):
    cards = [Card(str(n), (), {"item": f"made-up:{n}"}) for n in range(40)]
    sheet = Sheet.of(Said("Many", "多数"), (review.QUESTION,), tmp_path / "a.jsonl", cards)
    with served(sheet) as visitor:
        threads = [threading.Thread(target=visitor.answer, args=(n,)) for n in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(line["item"] for line in answers(sheet)) == sorted(
        f"made-up:{n}" for n in range(40)
    )


def test_a_torn_last_line_is_closed_off_and_named_when_read(held, sheet):
    sheet.answers.write_text('{"item": "tiny:o')
    sheet.answer(2, FORM)
    assert len(sheet.answers.read_text().splitlines()) == 2
    with pytest.raises(RecipeError, match="is not JSON") as caught:
        review.sheet(held.root / ".curator", sheet.answers)
    assert [fault.line for fault in caught.value.faults] == [1]


def test_what_is_answered_is_not_asked_again_and_the_recipe_takes_the_file(held, sheet):
    for number in (1, 2):
        sheet.answer(number, FORM | {"answer": "lift" if number == 1 else "keep"})
    again = review.sheet(held.root / ".curator", sheet.answers)
    assert [card.known["item"] for card in again.cards.values()] == ["tiny:bare"]
    path = held.root / "reviews.jsonl"
    path.write_bytes(sheet.answers.read_bytes())
    recipe = held.root / "sources.yaml"
    text = recipe.read_text().replace("01-01}", "01-01, reviews: [{path: reviews.jsonl}]}", 1)
    other = recipe.with_name("reviewed.yaml")
    other.write_text(text)
    places = ("--work", held.root / "other", "--out", held.root / "reviewed")
    done = run("build", other, *places, "--workers", 1, "--json")
    assert json.loads(done.stdout)["counts"]["published"] == 1


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("audited")
    assert run("build", mixed(root).write(), "--workers", 1).exit_code == 0
    return root / "editions" / "tiny-1"


GOOD = {"license": "yes", "ai": "no", "caption": "yes", "by": "A Made-up Auditor"}


def test_the_same_seed_draws_the_same_sample_and_another_another(edition, tmp_path):
    file = tmp_path / "audit.jsonl"

    def drawn(size: int, seed: int) -> list[str]:
        cards = audit.sheet(edition, size, seed, file).cards.values()
        return [card.known["key"] for card in cards]

    assert drawn(4, 1) == drawn(4, 1)
    assert drawn(4, 1) == drawn(6, 1)[:4], "a larger sample contains the smaller"
    assert {tuple(sorted(drawn(4, seed))) for seed in range(5)} != {tuple(sorted(drawn(4, 1)))}
    assert len(set(drawn(10_000, 1))) == len(drawn(10_000, 2)), "no pair twice"


def test_an_audit_asks_three_questions_and_its_report_counts(edition, tmp_path):
    file = tmp_path / "audit.jsonl"
    sheet = audit.sheet(edition, 4, 7, file)
    with served(sheet) as visitor:
        text = visitor.ask("")[1].decode()
        assert text.count("<fieldset>") == 12
        assert visitor.ask("image/0")[1].startswith(b"\xff\xd8")
        form = GOOD | {"caption": "no", "ai": "unsure"}
        for number, fields in enumerate([GOOD, GOOD, form]):
            assert visitor.ask(f"answer/{number}", urlencode(fields))[0].status == 303
        assert visitor.ask("answer/3", urlencode({"license": "yes", "by": "X"}))[0].status == 400
    assert len(audit.sheet(edition, 4, 7, file).cards) == 1, "three are answered"
    file.write_text(file.read_text() + file.read_text().replace(audit._digest(edition), "0" * 64))
    printed = run("audit", edition, "--answers", file, "--report", "--json")
    said = json.loads(printed.stdout)
    assert (said["answered"], said["other_editions"]) == (3, 3)
    assert said["rates"]["caption"]["errors"] == 1
    assert said["rates"]["caption"]["wilson95"] == pytest.approx([0.0615, 0.7923], abs=1e-4)
    assert (said["rates"]["ai"]["of"], said["rates"]["ai"]["unsure"]) == (2, 1)
    words = run("audit", edition, "--answers", file, "--report").stdout
    assert "caption does not fit: 1 of 3 = 33.3%, 95 % Wilson interval 6.1% to 79.2%" in words


def test_an_audit_never_writes_into_the_edition(edition):
    result = run("audit", edition, "--answers", edition / "a.jsonl", "--report")
    assert result.exit_code == 2
    assert audit.answers_file(edition, None).parent == edition.parent


def test_a_line_that_is_no_answer_of_an_audit_has_its_place(edition, tmp_path):
    file = tmp_path / "audit.jsonl"
    file.write_text('\n{"edition": 1}\n')
    result = run("audit", edition, "--answers", file, "--report")
    assert result.exit_code == 2
    assert f"{file}:2: is no answer of an audit" in result.stderr


def test_a_port_that_is_taken_is_said(sheet):
    with served(sheet) as visitor, pytest.raises(CuratorError, match="cannot be used"):
        serve(sheet, int(visitor.host.partition(":")[2]), lambda _: None)
