"""rights.consent and ai.consented believe a record only for the very bytes that it names."""

from dataclasses import replace

import pytest
from made_up_consents import (
    ADA,
    BO,
    DAY,
    FILE,
    MALLORY,
    OTHER_FILE,
    TERMS,
    draft,
    dumped,
    ended,
    person,
    signed,
)

from curator import data
from curator.checks.ai.consented import NotAiMade
from curator.checks.rights.consent import Consented
from curator.core.consent_signing import sign
from curator.model import Answer, Basis, Candidate, Claim, ItemId
from curator.terms import Terms
from curator.view import View

TEXT = data.blob(f"texts/{TERMS}.txt")
GOOD = signed(draft(TEXT))
ENDED = ended(GOOD)
BY_MALLORY = sign(
    dumped(
        draft(
            TEXT,
            id="consent-0666",
            creator=person("Mallory Example", MALLORY, contact="m@private.example"),
        )
    ),
    MALLORY,
    "creator",
)


def view(*records: bytes, **fields: object) -> View:
    """An item of an opt-in source with these records."""
    notes = tuple(
        ("revocation" if b"curator-revocation" in record else "consent", record.decode())
        for record in records
    )
    claims = (Claim("image", TERMS, "kite.json: license"),)
    candidate = Candidate(ItemId("set:kite"), "kite.png", claims, creator="Ada Example")
    candidate = replace(candidate, notes=notes)
    terms = Terms("set", Basis.OPT_IN)
    return replace(View(candidate, terms, sha256=FILE, date=DAY), **fields)


def asked(seen: View) -> dict[str, tuple[Answer, str]]:
    """Question → answer and words."""
    (said,) = Consented().look([seen])
    return {e.question: (e.answer, e.quote) for e in said}


def of(seen: View, **fields: object) -> View:
    """The same item with another record of its own."""
    return replace(seen, candidate=replace(seen.candidate, **fields))


def test_a_record_that_names_these_bytes_is_a_consent():
    (said,) = Consented().look([view(GOOD)])
    (only,) = said
    assert (only.question, only.answer, only.value) == ("consent", Answer.YES, "consent-0001")
    assert only.quote.endswith("signed by Ada Example")


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        pytest.param(view(), "no consent names these bytes", id="no record at all"),
        pytest.param(view(GOOD, sha256=OTHER_FILE), "names other files", id="another file"),
        pytest.param(view(GOOD, sha256=""), "names other files", id="no file"),
        pytest.param(view(GOOD, ENDED), "it was revoked on 2026-03-01", id="revoked"),
        pytest.param(view(GOOD, date="2031-01-01"), "it expired on 2030-12-31", id="expired"),
        pytest.param(view(dumped(draft(TEXT))), "is missing", id="a draft"),
        pytest.param(
            of(view(GOOD), claims=(Claim("image", "LicenseRef-optin-clip-1.0 ", "x"),)),
            "",
            id="the terms agreed to, with a space",
        ),
    ],
)
def test_anything_else_is_none(seen: View, words: str):
    said = asked(seen)
    if not words:
        assert said == asked(view(GOOD))
        return
    assert said["consent"][0] is Answer.NO
    assert said["rights.consent"][0] is Answer.YES
    assert words in said["rights.consent"][1]
    assert NotAiMade().look([seen]) == [()]


def test_one_record_that_holds_is_enough():
    old = signed(draft(TEXT, id="consent-0000", expiry="2026-01-31"))
    assert asked(view(old, GOOD)).keys() == {"consent"}


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        pytest.param(view(GOOD, BY_MALLORY), "consent-0666 of Mallory", id="two creators sign"),
        pytest.param(
            view(GOOD, BY_MALLORY, ended(BY_MALLORY, MALLORY)),
            "consent-0666 of Mallory",
            id="two creators sign, and one of the two revokes",
        ),
        pytest.param(
            of(view(GOOD), creator="Somebody Else"),
            "names Somebody Else as its creator",
            id="the item credits another than who signed",
        ),
    ],
)
def test_somebody_elses_work_is_a_conflict(seen: View, words: str):
    answer, said = asked(seen)["rights.conflict"]
    assert answer is Answer.YES
    assert words in said


def test_a_stranger_without_a_good_signature_disputes_nothing():
    forged = BY_MALLORY.replace(b"Mallory Example", b"Mallory Axample")
    assert asked(view(GOOD, forged)).keys() == {"consent"}


def test_authors_who_name_each_other_are_no_conflict():
    one = signed(draft(TEXT, co_authors=[person("Bo Example", BO)]), (BO, "co-author"))
    two = dumped(
        draft(
            TEXT,
            id="consent-0002",
            creator=person("Bo Example", BO, contact="bo@private.example"),
            co_authors=[person("Ada Example", ADA)],
        )
    )
    both = sign(sign(two, BO, "creator"), ADA, "co-author")
    assert asked(of(view(one, both), creator="")).keys() == {"consent"}


def test_names_are_compared_without_case_and_width():
    assert "rights.conflict" not in asked(of(view(GOOD), creator="\uff21da  EXAMPLE"))


def test_an_open_source_is_asked_for_nothing():
    open_source = view(terms=Terms("set", Basis.OPEN_LICENSE))
    assert asked(open_source) == {"consent": (Answer.NO, "")}


def test_the_word_on_ai_is_taken_only_where_it_is_given():
    (said,) = NotAiMade().look([view(GOOD)])
    assert [(e.question, e.answer, e.value) for e in said] == [("ai.class", Answer.YES, "declared")]
    silent = signed(draft(TEXT, not_ai_made=False))
    assert NotAiMade().look([view(silent)]) == [()]


def test_nothing_private_is_quoted():
    every = [GOOD, BY_MALLORY, ENDED, dumped(draft(TEXT))]
    said = [e for seen in (view(*every), view(GOOD)) for e in Consented().look([seen])[0]]
    assert "private.example" not in repr(said)
