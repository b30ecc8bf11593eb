"""The rights clock: which of two looks stands, and what the evidence then says."""

from dataclasses import replace
from itertools import permutations

import pytest

from curator.core import clock
from curator.core.clock import Look, Resolution, applied, capture, lasting, resolve, stood
from curator.model import Answer, Evidence, Ground

THEN, LATER = "2024-01-02", "2025-03-04"
BYTES, OTHER = "a" * 64, "b" * 64
ARR = "LicenseRef-all-rights-reserved"
CONSENT = "LicenseRef-optin-clip-1.0"


def look(license_: str, date: str = THEN, sha256: str = BYTES) -> Look:
    return Look(date, license_, f"record of {date}", sha256, f"words of {date}", "license")


@pytest.mark.parametrize(
    ("first", "now", "kept", "says"),
    [
        pytest.param("CC-BY-4.0", "CC-BY-4.0", "now", "", id="nothing changed"),
        pytest.param("CC-BY-4.0", ARR, "capture", "cannot be withdrawn", id="CC BY, then reserved"),
        pytest.param("CC-BY-4.0", "", "capture", "none on 2025-03-04", id="CC BY, then gone"),
        pytest.param("CC-BY-2.0", "CC-BY-NC-4.0", "capture", "CC-BY-NC-4.0", id="CC BY, then NC"),
        pytest.param("CC0-1.0", ARR, "capture", "cannot", id="a dedication, then reserved"),
        pytest.param("LicenseRef-CC-BY-2.1-JP", ARR, "capture", "cannot", id="a port, reserved"),
        pytest.param("CC-BY-SA-3.0 OR GPL-2.0-only", "", "capture", "cannot", id="an arm lasts"),
        pytest.param("CC-BY-SA-3.0 AND GPL-2.0-only", "", "now", "no grant", id="both must last"),
        pytest.param("CC-BY-NC-4.0", "", "now", "no grant", id="NC was never a proof"),
        pytest.param(CONSENT, "", "now", "no grant that lasts", id="a consent that was revoked"),
        pytest.param(CONSENT, "CC-BY-4.0", "now", "no grant", id="a consent, then CC BY"),
        pytest.param(ARR, "CC-BY-4.0", "now", "CC-BY-4.0 on 2025", id="reserved, then CC BY"),
        pytest.param("CC-PDM-1.0", ARR, "now", "no grant", id="a mark grants nothing"),
        pytest.param("MIT", ARR, "now", "no grant", id="only Creative Commons is known to last"),
        pytest.param("", "CC-BY-4.0", "now", "no license on 2024", id="nothing, then CC BY"),
    ],
)
def test_which_look_stands(first, now, kept, says):
    found = resolve(look(first), look(now, LATER), 0, LATER)
    assert found.kept == kept
    assert says in found.words
    assert bool(found.words) is (first != now)


@pytest.mark.parametrize(
    ("had", "has", "kept"),
    [
        pytest.param(BYTES, BYTES, "capture", id="the same bytes"),
        pytest.param(BYTES, "", "capture", id="the bytes are to be compared later"),
        pytest.param(BYTES, OTHER, "now", id="other bytes"),
        pytest.param("", BYTES, "now", id="no copy was taken under the first"),
        pytest.param("", "", "now", id="no copy at all"),
    ],
)
def test_a_license_is_kept_for_the_bytes_that_it_was_given_with(had, has, kept):
    found = resolve(look("CC-BY-4.0", sha256=had), look(ARR, LATER, has), 0, LATER)
    assert found.kept == kept


@pytest.mark.parametrize(
    ("read", "days", "stale"),
    [
        pytest.param("2025-03-04", 0, False, id="no age is asked"),
        pytest.param("1999-01-01", 0, False, id="no age is asked, however old"),
        pytest.param("2025-02-02", 30, False, id="30 days are 30 days"),
        pytest.param("2025-02-01", 30, True, id="31 days are too many"),
        pytest.param("", 30, True, id="no day is too old"),
        pytest.param("yesterday", 30, True, id="an unreadable day is too old"),
    ],
)
def test_how_old_a_reading_may_be(read, days, stale):
    assert resolve(look("CC0-1.0"), look("CC0-1.0", read), days, LATER).stale is stale


def test_the_first_look_is_the_earliest_lasting_license_with_bytes_else_the_earliest():
    reserved, free = look(ARR), look("CC-BY-4.0", "2024-06-01")
    bare, again = look("CC0-1.0", "2024-03-01", ""), look(ARR, LATER)
    for order in permutations((reserved, free, bare, again)):
        assert capture(order) == free
    for order in permutations((reserved, bare, again)):
        assert capture(order) == reserved
    assert capture(()) is None


def test_brackets_ask_that_every_part_lasts():
    assert lasting("(CC-BY-4.0 OR CC0-1.0) AND CC-BY-SA-4.0")
    assert not lasting("(CC-BY-4.0 OR MIT) AND CC-BY-SA-4.0")
    assert not lasting("")


def said(question: str, value: str, answer: Answer = Answer.YES, quote: str = "") -> Evidence:
    return Evidence(
        "image",
        "test@1",
        question,
        answer,
        Ground.DECLARED,
        where="license",
        quote=quote,
        value=value,
    )


NOW = (
    said("license", ARR, quote="All rights reserved"),
    said(clock.READ, LATER),
    replace(said("license", "CC0-1.0"), about="caption:0"),
)


def test_the_license_at_capture_replaces_the_later_one_and_both_stay_in_the_evidence():
    first, now = look("CC-BY-4.0"), look(ARR, LATER)
    found = applied(NOW, first, resolve(first, now, 0, LATER))
    told = {(e.about, e.question): e for e in found}
    assert told["image", "license"].value == "CC-BY-4.0"
    assert told["image", "license"].quote == "words of 2024-01-02"
    assert told["image", clock.NOW].quote == "All rights reserved"
    assert told["image", clock.KEPT].value == BYTES
    assert THEN in told["image", clock.KEPT].quote
    assert LATER in told["image", clock.KEPT].quote
    assert clock.read_on(found) == THEN
    assert NOW[2] in found, "captions have their own rights"
    assert len(found) == len(told)


def test_where_the_later_look_counts_the_earlier_is_only_noted():
    first, now = look(CONSENT), look(ARR, LATER)
    found = applied(NOW, first, resolve(first, now, 0, LATER))
    assert found[:-1] == NOW
    assert (found[-1].question, found[-1].value) == ("license.earlier", CONSENT)
    assert clock.read_on(found) == LATER


def test_agreement_adds_nothing():
    assert applied(NOW, look(ARR), Resolution("now", "")) == NOW


def test_a_look_is_what_the_record_said_also_where_another_license_was_kept():
    first = look("CC-BY-4.0")
    kept = applied(NOW, first, resolve(first, look(ARR, LATER), 0, LATER))
    assert stood(NOW) == stood(kept) == (ARR, "All rights reserved", "license")


@pytest.mark.parametrize(
    ("evidence", "expression"),
    [
        pytest.param((), "", id="silence"),
        pytest.param((said("license", "", Answer.UNKNOWN),), "", id="not understood"),
        pytest.param((said("license", "", Answer.NO),), "", id="none"),
        pytest.param(
            (said("license", "CC0-1.0"), said("license", "MIT")), "", id="two that differ"
        ),
        pytest.param(
            (said("license", "MIT"), said("license", "", Answer.UNKNOWN)),
            "",
            id="one not understood",
        ),
        pytest.param((NOW[2],), "", id="a caption's is not the image's"),
    ],
)
def test_only_one_understood_license_stands(evidence, expression):
    for order in permutations(evidence):
        assert stood(order)[0] == expression
