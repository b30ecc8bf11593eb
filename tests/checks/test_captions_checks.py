"""Every caption is answered for; only what is certain speaks against one."""

import csv
import re

import pytest

from curator.checks.base import CHECKS
from curator.model import (
    Answer,
    Basis,
    Candidate,
    Caption,
    CaptionKind,
    Ground,
    ItemId,
    Needs,
    Strength,
)
from curator.terms import Limits, Terms
from curator.view import View

IDS = (
    "caption.ai_text",
    "caption.boilerplate",
    "caption.language",
    "caption.length",
    "caption.present",
    "caption.provenance",
)


def _caption(text, lang="en", kind=CaptionKind.HUMAN_TITLE):
    return Caption(text, lang, kind, "", "title")


def _view(*captions, creator="", limits=None):
    candidate = Candidate(ItemId("s:1"), "1.png", captions=captions, creator=creator)
    return View(candidate, Terms("s", Basis.OPEN_LICENSE), limits or Limits())


def _look(check, *captions, creator="", limits=None):
    (found,) = CHECKS.all()[check].look([_view(*captions, creator=creator, limits=limits)])
    return found


def _one(check, text, **view):
    (evidence,) = _look(check, _caption(text), **view)
    return evidence


@pytest.mark.parametrize("check", IDS)
def test_looks_at_records_and_answers_in_order(check):
    plugin = CHECKS.all()[check]
    assert plugin.needs is Needs.RECORD
    views = [_view(), _view(_caption("a cat"), _caption("IMG_0001.JPG"))]
    none, both = plugin.look(views)
    if check == "caption.present":
        assert [e.about for e in (*none, *both)] == ["image", "image"]
    else:
        assert none == ()
        assert [e.about for e in both] == ["caption:0", "caption:1"]
    assert all(e.check == f"{check}@{plugin.version}" for e in (*none, *both))


@pytest.mark.parametrize("check", IDS)
def test_equal_answers_are_one_object_without_a_quote(check):
    (first,), (second,) = CHECKS.all()[check].look(
        [_view(_caption("a cat")), _view(_caption("a dog in the rain", kind=CaptionKind.ALT_TEXT))],
    )
    assert first is second
    assert (first.answer, first.quote, first.where) == (Answer.NO, "", "")


def test_a_record_without_captions_says_so_once():
    (evidence,) = _look("caption.present")
    assert (evidence.question, evidence.answer) == ("caption.none", Answer.YES)
    others = [_look(check) for check in IDS if check != "caption.present"]
    assert others == [()] * 5


FILE_NAMES = [
    "IMG_1234.JPG",
    "IMG_20200101_120000",
    "IMG-20200101-WA0007.jpg",
    "DSC00012",
    "_DSC4711.NEF",
    "P1010001",
    "my_cat-2.png",
    "untitled",
    "Untitled 3",
    "image 3",
    "image (2).png",
    "drawing-1.svg",
    "Screenshot 2024-01-02 at 10.11.12 AM",
    "Screenshot_20240102-101112",
    "スクリーンショット 2024-01-02 10.11.12",
    "20200101_120000",
    "無題",
    "0123456789abcdef0123456789abcdef",
    "01234567-89ab-cdef-0123-456789abcdef.webp",
]
NO_FILE_NAMES = [
    "Untitled (Blue)",
    "Image of a cat",
    "Photographer at work",
    "1984",
    "Drawing",
    "Screenshot of level 3",
    "P 51 Mustang",
    "Sunset over Rome.jpg",
    "Scan of a letter from 1821",
    "画像処理の本",
]


@pytest.mark.parametrize("text", FILE_NAMES)
def test_a_bare_file_name_is_boilerplate(text):
    evidence = _one("caption.provenance", text)
    assert (evidence.question, evidence.answer) == ("caption.boilerplate", Answer.YES)
    assert (evidence.basis, evidence.quote) == (Ground.MEASURED, text)


@pytest.mark.parametrize("text", NO_FILE_NAMES)
def test_words_are_no_file_name(text):
    assert _one("caption.provenance", text).answer is Answer.NO


def test_a_field_of_file_names_is_no_caption_whatever_it_holds():
    (evidence,) = _look("caption.provenance", _caption("A cat", kind=CaptionKind.FILE_NAME))
    assert (evidence.answer, evidence.basis) == (Answer.YES, Ground.DECLARED)


BOILERPLATE = [
    "Ada Example",
    "ADA EXAMPLE.",
    "Photo by Ada Example",
    "© 2004 Ada Example",
    "Clipart by Some Body",
    "Clip art created by Some Body Else.",
    "Part of the Flat Icon Collection",
    "Part of Hotel Icons Collection",
    "Open Clip Art Library",
    "from the openclipart.org",
    "Public Domain",
    "https://example.org/a?b=c",
    "Source: http://example.org http://example.net",
    "HASH(0x8a0e4d0)",
    "No description",
    "n/a",
    "...",
    "—",
]
NO_BOILERPLATE = [
    "Portrait of Ada Example",
    "Photo by night",
    "Photo by Ada Example of a cat",
    "Part of a bridge",
    "Menu Clip Art Collection Example 7",
    "A cat, see https://example.org",
    "Drawing made by children",
    "Public domain day poster",
    "Description of Egypt",
    "🐈",
    "♥",
    "heart",
]


@pytest.mark.parametrize("text", BOILERPLATE)
def test_what_says_nothing_is_boilerplate(text):
    evidence = _one("caption.boilerplate", text, creator="Ada Example [ada@example.org]")
    assert evidence.answer is Answer.YES
    assert "ada" not in evidence.quote.casefold()


@pytest.mark.parametrize("text", NO_BOILERPLATE)
def test_what_says_something_is_none(text):
    assert _one("caption.boilerplate", text, creator="Ada Example").answer is Answer.NO


MACHINE = [
    "A diagram\n\nAI-generated content may be incorrect.",
    "図\\n\\nAI 生成コンテンツは誤りを含む可能性があります。",
    "Ein Bild. KI-generierte Inhalte können fehlerhaft sein.",
    "Le contenu généré par l’IA peut être incorrect.",
    "El contenido generado por IA puede ser incorrecto.",
    "图表 AI 生成的内容可能不正确。",
    "A cat&#10;&#10;Description automatically generated with medium confidence",
    "猫 自動的に生成された説明",
    "説明は自動的に生成されました",
    "Katze Automatisch generierte Beschreibung",
    "Chat Description générée automatiquement",
    "Gato Descripción generada automáticamente",
    "A <b>screenshot</b>. Description <i>automatically</i> generated",
    "May be an image of 1 person",
    "Photo by Ada Example on March 1, 2030. May be an image of text.",
    "Image may contain: one or more people",
    "No photo description available.",
    "1人、テキストの画像のようです",
    "画像に含まれている可能性があるもの\uff1a空",
    "Arafed man in a black suit",
    "two araffes in a field",
    "an ara\u200bfed dog",
    "a cat Negative prompt: dog",
    "cat, Steps: 20, Sampler: Euler a",
    "cat <lora:example:0.8>",
    "cat <lora:example:1>",
    "masterpiece, best quality, cat",
    "a cat --ar 4:3 --v 5.2",
]
PERSON = [
    "A glass caraffe and a Karaffe",
    "This may be an image of Saint Anne",
    "May be cold outside",
    "Steps: 20 to the tower",
    "The masterpiece of the museum, best quality print",
    "Incorrect content",
    "Automatically generated fractal",
    "猫の画像",
    "Rock -- art 4:3",
]
OPENINGS = [
    "there is a man that is standing",
    "a close up of a cat",
    "The image shows a cat",
    "In this image, a cat sleeps",
    "この画像は猫です",
    "画像には猫がいます",
    "Ein Bild, das eine Katze enthält.",
    "a castle, trending on artstation",
]


@pytest.mark.parametrize("text", MACHINE)
def test_words_of_a_machine_are_certain(text):
    evidence = _one("caption.ai_text", text)
    assert (evidence.question, evidence.answer) == ("caption.ai", Answer.YES)
    assert (evidence.basis, evidence.strength) == (Ground.EMBEDDED, Strength.CERTAIN)
    assert evidence.quote


@pytest.mark.parametrize("text", PERSON)
def test_words_of_a_person_are_none(text):
    assert _one("caption.ai_text", text).answer is Answer.NO


@pytest.mark.parametrize("text", OPENINGS)
def test_openings_are_weak(text):
    evidence = _one("caption.ai_text", text)
    assert (evidence.answer, evidence.strength) == (Answer.YES, Strength.WEAK)


def test_real_captions_lose_no_human_and_keep_no_notice(shared):
    with (shared / "cases" / "captions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    views = [_view(_caption(row["text"], row["language"])) for row in rows]
    certain = {check: set() for check in IDS}
    for check in IDS:
        for number, (evidence,) in enumerate(CHECKS.all()[check].look(views)):
            if evidence.answer is Answer.YES and evidence.strength is not Strength.WEAK:
                certain[check].add(number)
    human = {number for number, row in enumerate(rows) if row["label"] == "human"}
    assert {check: found & human for check, found in certain.items()} == {c: set() for c in IDS}
    notices = {n for n, row in enumerate(rows) if row["kind"] == "office-alt/fb-alt"}
    invented = {n for n, row in enumerate(rows) if re.search(r"\baraf\w+", row["text"])}
    assert len(notices) == 18
    assert len(invented) == 20
    assert certain["caption.ai_text"] == notices | invented


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ox", Answer.YES),
        ("cat", Answer.NO),
        (" <b>a</b>  &amp;", Answer.NO),
        ("jo@example.com", Answer.YES),
        ("", Answer.YES),
        ("牛", Answer.NO),
        ("소", Answer.NO),
        ("é!", Answer.YES),
    ],
)
def test_length_is_that_of_the_text_to_be_published(text, answer):
    assert _one("caption.length", text).answer is answer


def test_the_recipe_sets_the_length():
    limits = Limits(min_chars=5, min_chars_cjk=2)
    assert _one("caption.length", "cats", limits=limits).answer is Answer.YES
    assert _one("caption.length", "牛", limits=limits).answer is Answer.YES


def test_a_quote_holds_no_personal_data():
    evidence = _one("caption.length", "é jo@example.com")
    assert (evidence.answer, evidence.quote) == (Answer.YES, "é")


@pytest.mark.parametrize(
    ("lang", "languages", "answer"),
    [
        ("en-GB", ("en", "ja"), Answer.NO),
        ("de", ("en", "ja"), Answer.YES),
        ("und", ("en", "ja"), Answer.YES),
        ("de", ("en", "*"), Answer.NO),
        ("und", ("en", "*"), Answer.NO),
    ],
)
def test_only_wanted_languages_stay(lang, languages, answer):
    (evidence,) = _look(
        "caption.language",
        _caption("Text", lang),
        limits=Limits(languages=languages),
    )
    assert (evidence.answer, evidence.strength) == (answer, Strength.CERTAIN)


@pytest.mark.parametrize(
    ("text", "lang", "weak"),
    [
        ("A cat", "ja", True),
        ("고양이", "ja", True),
        ("富嶽三十六景", "ja", False),
        ("ﾈｺ", "ja", False),
        ("2024", "ja", False),
        ("富嶽三十六景", "en", True),
        ("Hokusai's 富嶽", "en", False),
        ("富嶽三十六景", "und", False),
    ],
)
def test_a_script_foreign_to_the_language_is_noted_and_no_more(text, lang, weak):
    (evidence,) = _look("caption.language", _caption(text, lang))
    assert (evidence.answer is Answer.YES) == weak
    assert not weak or evidence.strength is Strength.WEAK
