"""Reservations in records, from hosts and in files, as evidence."""

import struct

import pytest
from made_up_files import jpeg, jpeg_exif, jpeg_xmp, png, segment, tiff, xmp_packet

from curator.checks.base import CHECKS, looking
from curator.core.container import facts
from curator.core.policy import findings
from curator.core.reservations import signal as places
from curator.model import (
    Answer,
    Basis,
    Candidate,
    Caption,
    CaptionKind,
    Claim,
    Evidence,
    ItemId,
    Needs,
)
from curator.terms import Terms
from curator.view import View

PLUS = "http://ns.useplus.org/ldf/vocab/"
CAPTION = Caption("A made-up kite", "en", CaptionKind.HUMAN_TITLE, "CC0-1.0", "title")
TERMS = Terms("t", Basis.OPEN_LICENSE)


def look(check: str, view: View) -> tuple[Evidence, ...]:
    return CHECKS.all()[check].look([view])[0]


def in_file(body: bytes | None) -> tuple[Evidence, ...]:
    view = View(Candidate(ItemId("t:1"), "x"), TERMS, facts=None if body is None else facts(body))
    return look("rights.reserved-file", view)


def from_host(*signals: tuple[str, str], image: str = "https://h.example/images/a.jpg"):
    record = Candidate(ItemId("t:1"), image, captions=(CAPTION, CAPTION))
    return look("rights.reserved-host", View(record, TERMS, signals=signals))


def in_record(**fields: object) -> tuple[Evidence, ...]:
    record = Candidate(ItemId("t:1"), "x", **fields)  # type: ignore[arg-type]
    return look("rights.reserved-record", View(record, TERMS))


def answers(found):
    return [(e.question, e.answer.value) for e in found]


YES, NO = [("rights.reserved", "yes")], [("rights.reserved", "no")]
UNKNOWN, SEE = [("rights.reserved", "unknown")], [("rights.unreadable", "yes")]


def plus(value):
    spaces = 'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
    return jpeg(jpeg_xmp(xmp_packet("", f"{spaces} plus:DataMining='{value}'")))


def tdm(value):
    spaces = 'xmlns:tdm="http://www.w3.org/ns/tdmrep/"'
    return jpeg(jpeg_xmp(xmp_packet(f"<tdm:reservation {spaces}>{value}</tdm:reservation>")))


def iim(number, text):
    record = struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text
    block = b"8BIM\4\4\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    return jpeg(segment(0xED, b"Photoshop 3.0\0" + block))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (png(), NO),
        (plus(PLUS + "DMI-PROHIBITED-AIMLTRAINING"), YES),
        (plus(PLUS + "DMI-PROHIBITED-GENAIMLTRAINING"), YES),
        (plus(PLUS + "DMI-ALLOWED"), NO),
        (plus(PLUS + "DMI-UNSPECIFIED"), NO),
        (plus(PLUS + "DMI-PROHIBITED-SEECONSTRAINT"), SEE),
        (plus("perhaps"), SEE),
        (tdm("1"), YES),
        (tdm("0"), NO),
        (tdm("2"), SEE),
        (jpeg(jpeg_xmp(xmp_packet("<dc:rights>AI学習禁止</dc:rights>"))), YES),
        (jpeg(jpeg_xmp(xmp_packet("<dc:title>No AI training</dc:title>"))), NO),
        (jpeg(jpeg_exif(tiff({0x8298: "(c) Jane Doe, no AI training"}))), YES),
        (iim(40, b"No text and data mining"), YES),
        (jpeg(jpeg_xmp(b"<x")), UNKNOWN),
        (jpeg(segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0\0\0\0\x04junk")), UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_in_the_file(body, expected):
    assert answers(in_file(body)) == expected


def test_a_prohibition_counts_beside_a_permission():
    packets = [jpeg_xmp(xmp_packet("<dc:rights>AI学習禁止</dc:rights>"))]
    body = plus(PLUS + "DMI-ALLOWED")
    both = body[:2] + packets[0] + body[2:]
    assert findings(in_file(both)).reason == "rights.reserved"


@pytest.mark.parametrize(
    ("signal", "expected"),
    [
        ((places.ROBOTS, "User-agent: img2dataset\nDisallow: /images/"), YES),
        ((places.ROBOTS, "User-agent: img2dataset\nDisallow: /texts/"), NO),
        ((places.TDM_FILE, '[{"location": "/images/*", "tdm-reservation": 1}]'), YES),
        ((places.TDM_FILE, "{"), UNKNOWN),
        ((places.AI_TXT, "User-agent: *\nDisallow: *.jpg"), YES),
        ((places.TDM_HEADER, "1"), YES),
        ((places.X_ROBOTS, "noimageai"), YES),
        ((places.CONTENT_USAGE, "train-ai=n"), YES),
        ((places.CONTENT_USAGE, "train-ai=y"), NO),
        ((places.PAGE, '<meta name="robots" content="noai">'), YES),
        ((places.RSL + "https://h.example/l", "<rsl"), UNKNOWN),
    ],
)
def test_from_the_host(signal, expected):
    found = from_host(signal)
    assert answers(found) == expected
    if found[0].answer is not Answer.NO:
        assert found[0].where == signal[0]
        assert found[0].quote


def test_a_host_that_says_nothing_and_a_file_that_has_none():
    assert answers(from_host()) == NO
    assert answers(from_host(image="folder/a.jpg")) == NO


def test_a_page_that_reserves_its_own_text_keeps_back_the_captions():
    found = from_host((places.PAGE, '<meta name="tdm-reservation" content="1">'))
    assert [(e.about, e.answer.value) for e in found] == [
        ("caption:0", "yes"),
        ("caption:1", "yes"),
        ("image", "no"),
    ]


def test_the_reason_of_what_cannot_be_read():
    assert findings(from_host((places.TDM_FILE, "{"))).reason == "rights.unreadable"
    assert findings(from_host((places.TDM_HEADER, "1"))).reason == "rights.reserved"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"claims": (Claim("image", "CC BY 4.0 (no AI training)", "license"),)}, YES),
        ({"claims": (Claim("image", "無断転載・AI学習禁止", "license"),)}, YES),
        ({"credit": "Jane Doe. No data mining."}, YES),
        ({"copyright_notice": "© Jane Doe AI学習禁止"}, YES),
        ({"notes": (("Usage Terms", "no AI training"),)}, YES),
        ({"notes": (("dc:rights", "<p>無断転載を禁じます</p>"),)}, YES),
        ({"notes": (("description", "A poster that says: no AI training"),)}, NO),
        ({"title": "No AI training", "captions": (CAPTION,)}, NO),
        ({"claims": (Claim("image", "No rights reserved", "license"),)}, NO),
        ({"claims": (Claim("image", "CC BY 4.0", "license"),)}, NO),
        ({}, NO),
    ],
)
def test_in_the_record(fields, expected):
    assert answers(in_record(**fields)) == expected


def test_words_on_a_caption_keep_back_the_caption():
    caption = Caption("A made-up kite", "en", CaptionKind.HUMAN_TITLE, "AI学習禁止", "title")
    found = in_record(captions=(CAPTION, caption))
    assert [(e.about, e.answer.value) for e in found] == [("caption:1", "yes"), ("image", "no")]
    assert found[0].quote == "AI学習禁止"


def test_each_check_is_asked_when_its_view_is_there():
    stages = {"record": Needs.RECORD, "host": Needs.HOST, "file": Needs.BYTES}
    for name, needs in stages.items():
        assert f"rights.reserved-{name}" in {check.id for check in looking(needs)}
