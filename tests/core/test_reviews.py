"""Answers as evidence: which one holds, for which bytes, and that any bytes are read or refused."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reviews import Review, Reviews, parse
from curator.errors import RecipeError
from curator.model import Answer, ItemId, Sha256

ONE, TWO = Sha256("1" * 64), Sha256("2" * 64)
ITEM, OTHER = ItemId("made-up:1"), ItemId("made-up:2")


def review(answer: str = "lift", content: str = ONE, item: str = ITEM) -> Review:
    said = {"item": item, "sha256": content, "reason": "ai.ambiguous", "answer": answer}
    return Review.model_validate({**said, "by": "Nobody", "date": date(2024, 1, 2)})


def asked(evidence) -> set[tuple[str, Answer]]:
    return {(e.question, e.answer) for e in evidence}


LIFT = {("review", Answer.YES)}
KEEP = {("review", Answer.NO)}
REFUSE = {("review", Answer.NO), ("review.refused", Answer.YES)}


@pytest.mark.parametrize(
    ("given", "on_record", "on_bytes"),
    [
        pytest.param(review(), LIFT, LIFT, id="a lift of these bytes"),
        pytest.param(review(content=TWO), LIFT, set(), id="a lift of other bytes"),
        pytest.param(review(content=""), LIFT, set(), id="a lift on the record alone"),
        pytest.param(review("keep"), KEEP, KEEP, id="kept"),
        pytest.param(review("refuse"), set(), REFUSE, id="a refusal of these bytes"),
        pytest.param(review("refuse", TWO), set(), set(), id="a refusal of other bytes"),
        pytest.param(review("refuse", ""), REFUSE, REFUSE, id="a refusal of the record"),
        pytest.param(review(item=OTHER), set(), set(), id="a lift of another item"),
        pytest.param(review("refuse", item=OTHER), set(), REFUSE, id="these bytes elsewhere"),
        pytest.param(review("refuse", "", OTHER), set(), set(), id="another record refused"),
    ],
)
def test_when_an_answer_counts(given, on_record, on_bytes):
    reviews = Reviews.of([("answers.jsonl", [given])])
    assert asked(reviews.on_record(ITEM)) == on_record
    assert asked(reviews.on_bytes(ITEM, ONE)) == on_bytes


def test_of_two_files_the_stricter_holds_whatever_their_order():
    files = [("a.jsonl", [review("lift")]), ("b.jsonl", [review("keep")])]
    for order in (files, files[::-1]):
        assert asked(Reviews.of(order).on_bytes(ITEM, ONE)) == KEEP


def test_within_a_file_the_later_line_replaces_the_earlier():
    reviews = Reviews.of([("a.jsonl", [review("refuse"), review("lift")])])
    assert asked(reviews.on_bytes(ITEM, ONE)) == LIFT


def test_no_answers_have_no_digest():
    assert Reviews().digest == ""
    assert Reviews.of([("a.jsonl", [])]).digest == ""


@given(st.lists(st.sampled_from(["lift", "keep", "refuse"]), max_size=4))
def test_what_is_written_is_read(answers):
    given_ = tuple(review(answer) for answer in answers)
    body = "".join(each.model_dump_json() + "\n" for each in given_)
    assert parse(body.encode(), "a.jsonl") == given_


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from([*Review.model_fields]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_answers_or_an_error_with_a_line(body):
    faults = ()
    try:
        parse(body, "a.jsonl")
    except RecipeError as error:
        faults = error.faults
    assert all(fault.file == "a.jsonl" and fault.line > 0 for fault in faults)
