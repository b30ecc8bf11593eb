"""A consent holds only as it was signed, for what it names, on the days it names."""

import base64
import json
from collections.abc import Callable

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from made_up_consents import (
    ADA,
    BO,
    DAY,
    FILE,
    GUARDIAN,
    MALLORY,
    OTHER_FILE,
    TERMS,
    altered,
    draft,
    dumped,
    ended,
    person,
    signed,
)

from curator import data
from curator.core import consent
from curator.core.consent import RECORD_BYTES, Verified, proves, read, verify, weak
from curator.core.consent_signing import public_key, sign

TEXT = data.blob(f"texts/{TERMS}.txt")
DRAFT = draft(TEXT)
GOOD = signed(DRAFT)
SIGNATURE = json.loads(GOOD)["signatures"][0]
WITH_BO = draft(TEXT, co_authors=[person("Bo Example", BO)])
OF_A_MINOR = draft(TEXT, minor=True, guardian=person("Grown Up", GUARDIAN))
BOTH = signed(WITH_BO, (BO, "co-author"))
SCOPES = DRAFT["scopes"]
NEUTRAL = base64.b64encode(b"\1" + bytes(31)).decode()  # the neutral point: signs everything
ANYTHING = base64.b64encode(b"\1" + bytes(63)).decode()  # R neutral, S zero


def forced(**fields: object) -> bytes:
    """A record signed over whatever it says, past every check that `sign` makes."""
    raw = DRAFT | fields
    raw.pop("signatures")
    value = base64.b64encode(ADA.sign(rfc8785.dumps(raw))).decode()
    return rfc8785.dumps(raw | {"signatures": [SIGNATURE | {"value": value}]})


def only(key: object) -> bytes:
    """The two-author record with the signature of one author only."""
    kept = [each for each in json.loads(BOTH)["signatures"] if each["key"] == key]
    return altered(BOTH, signatures=kept)


def test_a_whole_record_holds_and_says_what_an_edition_shows_of_it():
    found = verify(GOOD, [], DAY)
    assert isinstance(found, Verified)
    assert found.works == {FILE}
    assert found.summary == (
        f"consent consent-0001, sha256 {found.digest[:16]} of the record, signed by Ada Example"
    )


@pytest.mark.parametrize("day", ["2026-01-01", "2030-12-31"])
def test_the_first_and_the_last_day_count(day: str):
    assert isinstance(verify(GOOD, [], day), Verified)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(BOTH, id="with a co-author"),
        pytest.param(signed(OF_A_MINOR, (GUARDIAN, "guardian")), id="of a minor with a guardian"),
        pytest.param(signed(draft(TEXT, result_licenses=["CC-BY-4.0"])), id="with a wish"),
    ],
)
def test_a_record_that_everybody_signed_holds(record: bytes):
    assert isinstance(verify(record, [], DAY), Verified)


def test_a_wish_for_the_result_is_told():
    found = verify(signed(draft(TEXT, result_licenses=["CC-BY-4.0", "CC0-1.0"])), [], DAY)
    assert isinstance(found, Verified)
    assert found.summary.endswith("; results under CC-BY-4.0 or CC0-1.0 only")


REFUSED: list[tuple[str, bytes, str]] = [
    ("nobody signed it", rfc8785.dumps(DRAFT), "signature of the creator is missing"),
    ("a draft as its creator wrote it", dumped(DRAFT), "not the canonical form"),
    ("another person signed it", altered(GOOD, signatures=[
        SIGNATURE | {"key": public_key(MALLORY)}]), "does not name in that role"),
    ("another key's signature under the creator's name", altered(GOOD, signatures=[
        SIGNATURE | {"value": base64.b64encode(MALLORY.sign(consent.message(GOOD))).decode()}]),
        "signature of the creator is wrong"),
    ("the creator's key was exchanged after signing", altered(
        GOOD, creator=person("Ada Example", MALLORY, contact="m@example.org")), "is missing"),
    ("a work was added after signing", altered(
        GOOD, works=[{"sha256": FILE}, {"sha256": OTHER_FILE}]), "is wrong"),
    ("a work was exchanged after signing", altered(
        GOOD, works=[{"sha256": OTHER_FILE}]), "is wrong"),
    ("a scope was widened after signing", altered(
        GOOD, scopes=SCOPES | {"ai_generative_training": "allowed"}), "is wrong"),
    ("resale was allowed after signing", altered(GOOD, resale=True), "is wrong"),
    ("the expiry was put off after signing", altered(GOOD, expiry="2090-01-01"), "is wrong"),
    ("the name was changed after signing", altered(
        GOOD, creator=person("Mallory", ADA, contact="ada@private.example")), "is wrong"),
    ("it was given another id after signing", altered(GOOD, id="consent-0002"), "is wrong"),
    ("the word on AI was changed after signing", altered(GOOD, not_ai_made=False), "is wrong"),
    ("the signature of another record", altered(
        signed(draft(TEXT, id="consent-0002")), signatures=[SIGNATURE]), "is wrong"),
    ("the signature in another role", altered(GOOD, signatures=[
        SIGNATURE | {"role": "guardian"}]), "does not name in that role"),
    ("the same signature twice", altered(GOOD, signatures=[SIGNATURE] * 2), "signed twice"),
    ("a stranger signed beside the creator", altered(GOOD, signatures=[SIGNATURE, {
        "key": public_key(MALLORY), "role": "co-author",
        "value": base64.b64encode(MALLORY.sign(consent.message(GOOD))).decode()}]),
        "does not name in that role"),
    ("the co-author did not sign", only(public_key(ADA)), "of the co-author is missing"),
    ("only the co-author signed", only(public_key(BO)), "of the creator is missing"),
    ("the guardian did not sign", signed(OF_A_MINOR), "of the guardian is missing"),
    ("a minor without a guardian", forced(minor=True), "names no guardian"),
    ("the minor signs as the guardian", forced(
        minor=True, guardian=person("Grown Up", ADA)), "one key for two people"),
    ("training is not allowed", signed(draft(
        TEXT, scopes=SCOPES | {"ai_training": "notAllowed"})), "does not allow ai_training"),
    ("mining is not allowed", signed(draft(
        TEXT, scopes=SCOPES | {"data_mining": "notAllowed"})), "does not allow data_mining"),
    ("a scope that is constrained", forced(
        scopes=SCOPES | {"ai_training": "constrained"}), "scopes.ai_training"),
    ("a scope that is missing", forced(scopes={"ai_training": "allowed"}), "Field required"),
    ("it expired", signed(draft(TEXT, expiry="2026-02-28")), "expired on 2026-02-28"),
    ("it has not started", signed(draft(TEXT, start="2026-03-02")), "starts on 2026-03-02"),
    ("it expires before it starts", forced(expiry="2025-12-31"), "expires before it starts"),
    ("a day that is none", forced(expiry="2027-02-30"), "day of the calendar"),
    ("no expiry", forced(expiry=None), "day of the calendar"),
    ("terms whose text was changed", signed(draft(TEXT + b"\n")), "text that was agreed to"),
    ("terms that are not there", signed(draft(TEXT, terms=DRAFT["terms"] | {
        "license": "LicenseRef-optin-made-up-9"})), "there are no opt-in terms"),
    ("an open license in place of terms", forced(terms=DRAFT["terms"] | {
        "license": "CC-BY-4.0"}), "no id of opt-in terms"),
    ("a license for the result that is none", signed(draft(
        TEXT, result_licenses=["Do as you like"])), "license for the result"),
    ("it names no work", forced(works=[]), "works"),
    ("it names a work twice", forced(works=[{"sha256": FILE}] * 2), "names a work twice"),
    ("a digest in capitals", forced(works=[{"sha256": FILE.upper()}]), "no SHA-256"),
    ("a field that nobody knows", forced(note="see letter"), "not part of the format"),
    ("a truth that is a text", forced(resale="false"), "resale"),
    ("a name over two lines", forced(creator=person(
        "Ada\nExample", ADA, contact="ada@private.example")), "should be a name"),
    ("a name that turns the writing direction", forced(creator=person(
        "Ada \u202eelpmaxE", ADA, contact="ada@private.example")), "should be a name"),
    ("a key that signs everything", altered(
        GOOD, creator=person("Ada Example", ADA, contact="a@example.org") | {"key": NEUTRAL},
        signatures=[{"key": NEUTRAL, "role": "creator", "value": ANYTHING}]), "weak key"),
    ("a key of 31 bytes", altered(GOOD, creator=person("Ada", ADA, contact="a@example.org") | {
        "key": base64.b64encode(bytes(31)).decode()}), "no Ed25519 public key"),
    ("a key in another spelling of base64", altered(GOOD, signatures=[
        SIGNATURE | {"key": SIGNATURE["key"].replace("+", "-").replace("/", "_")[:-1]}]),
        "no Ed25519 public key"),
    ("a format of another version", altered(GOOD, format="curator-consent-2"), "neither"),
    ("a format that is a list", altered(GOOD, format=[]), "neither"),
    ("a revocation in place of a consent", ended(GOOD), "no consent"),
    ("a key that stands twice", GOOD.replace(
        b'"resale":false', b'"resale":false,"resale":false'), "stands twice"),
    ("NaN", GOOD.replace(b'"resale":false', b'"resale":NaN'), "NaN, which is not JSON"),
    ("a lone surrogate", GOOD.replace(b"Kite", rb"\ud800"), "Invalid JSON"),
    ("its second half is missing", GOOD[: len(GOOD) // 2], "not JSON"),
    ("its last byte is missing", GOOD[:-1], "not JSON"),
    ("a line end behind it", GOOD + b"\n", "not the canonical form"),
    ("a byte order mark before it", b"\xef\xbb\xbf" + GOOD, "not JSON"),
    ("another encoding", GOOD.decode().encode("utf-16"), "not UTF-8"),
    ("the same words with other spaces", dumped(json.loads(GOOD)), "not the canonical form"),
    ("nothing at all", b"", "not JSON"),
    ("nested without end", b"[" * 100_000, "the record is n"),
    ("a list", b"[]", "neither"),
    ("longer than a record may be", GOOD + b" " * RECORD_BYTES, "longer than"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "fault"), [pytest.param(body, fault, id=name) for name, body, fault in REFUSED]
)
def test_is_not_accepted(record: bytes, fault: str):
    found = verify(record, [], DAY)
    assert isinstance(found, list)
    assert any(fault in words for words in found), found
    assert "private.example" not in " ".join(found)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_no_single_byte_may_change(place: int, byte: int):
    if GOOD[place] != byte:
        changed = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
        assert not isinstance(verify(changed, [], DAY), Verified)


@given(st.integers(0, len(BOTH) - 1), st.binary(min_size=1, max_size=3))
def test_no_byte_may_come_or_go(place: int, more: bytes):
    longer = BOTH[:place] + more + BOTH[place:]
    shorter = BOTH[:place] + BOTH[place + len(more) :]
    for changed in (longer, shorter):
        assert not isinstance(verify(changed, [], DAY), Verified)


REVOKED: list[tuple[str, bytes, bytes, str]] = [
    ("its creator ends it", GOOD, ended(GOOD), "revoked on 2026-03-01"),
    ("its co-author ends it", BOTH, ended(BOTH, BO), "revoked"),
    ("a revocation dated later than the snapshot", GOOD, ended(GOOD, day="2029-01-01"), "revoked"),
    ("a revocation by a stranger", GOOD, altered(ended(GOOD), signature={
        "key": public_key(MALLORY), "value": SIGNATURE["value"]}), "none of its signers signed"),
    ("a revocation whose day was changed", GOOD, altered(
        ended(GOOD), date="2020-01-01"), "none of its signers signed"),
    ("a revocation that cannot be read", GOOD, ended(GOOD)[:-1], "cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "revocation", "fault"), [pytest.param(*case, id=name) for name, *case in REVOKED]
)
def test_a_revocation_ends_it(record: bytes, revocation: bytes, fault: str):
    found = verify(record, [revocation], DAY)
    assert isinstance(found, list)
    assert any(fault in words for words in found)


def test_the_revocation_of_another_record_ends_nothing_here():
    other = signed(draft(TEXT, id="consent-0002"))
    assert isinstance(verify(GOOD, [ended(other)], DAY), Verified)


def test_the_day_must_be_known():
    assert verify(GOOD, [], "") == ["the day on which it should hold is not known"]


def test_every_point_of_small_order_is_a_weak_key():
    """Their encodings, by RFC 8032's curve: y = 1, -1, 0 twice, and four of order 8."""
    prime = 2**255 - 19
    eight = int.from_bytes(
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"
    )
    for y in (1, prime - 1, 0, eight, prime - eight, prime, prime + 1):
        for sign_bit in (0, 1 << 255):
            encoded = (y | sign_bit).to_bytes(32, "little")
            assert weak(base64.b64encode(encoded).decode())
    assert not any(weak(public_key(key)) for key in (ADA, BO, GUARDIAN, MALLORY))


def test_a_signature_under_the_neutral_key_would_hold_for_anything():
    """Why weak keys are refused: the library takes them."""
    assert proves(NEUTRAL, ANYTHING, b"any words")


SIGNING: list[tuple[str, Callable[[], bytes], str]] = [
    ("another's key", lambda: sign(GOOD, MALLORY, "creator"), "names another key"),
    ("the right key in another role", lambda: sign(GOOD, ADA, "co-author"), "names another key"),
    ("changed since", lambda: sign(altered(BOTH, resale=True), BO, "co-author"), "was changed"),
    ("a revocation", lambda: sign(ended(GOOD), ADA, "creator"), "is a revocation"),
    ("a stranger ends it", lambda: ended(GOOD, MALLORY), "does not name this key"),
]


@pytest.mark.parametrize(
    ("act", "fault"), [pytest.param(act, fault, id=name) for name, act, fault in SIGNING]
)
def test_is_not_signed(act: Callable[[], bytes], fault: str):
    with pytest.raises(ValueError, match=fault):
        act()


def test_signing_again_changes_nothing():
    assert sign(GOOD, ADA, "creator") == GOOD


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_anything_else_is_refused_in_words(body: bytes):
    found = verify(body, [], DAY)
    assert isinstance(found, list)
    assert found
    with pytest.raises(ValueError, match="the record"):
        read(body)
