"""What the checks on a file's bytes say of AI: each mark, each guard, and of real files."""

import json
from collections.abc import Sequence

import pytest
from made_up_files import (
    jpeg,
    jpeg_exif,
    jpeg_xmp,
    png,
    png_chunk,
    png_text,
    samsung_trailer,
    segment,
    tiff,
    webp,
    xmp_packet,
)

from curator.checks.base import CHECKS
from curator.core.container import facts
from curator.model import Answer, Basis, Candidate, Evidence, ItemId, Strength
from curator.terms import Terms
from curator.view import View

BYTES_CHECKS = (
    "ai.aigc-label",
    "ai.c2pa",
    "ai.digital-source-type",
    "ai.generator-text",
    "ai.unread",
)
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
UUID = "01234567-89ab-cdef-0123-456789abcdef"
GRAPH = json.dumps({"3": {"class_type": "MadeUpSampler", "inputs": {}}})
DRAWN = json.dumps({"nodes": [], "links": []})
LABEL = json.dumps({"Label": "1", "ContentProducer": "made up"})
DREAM = '"dots on a sheet" -s 50 -S 1234 -W 512 -H 512 -C 7.5'
DRAW_THINGS = json.dumps({"c": "dots", "model": "made-up", "seed": 7})
EXIF = "xmlns:exif='http://ns.adobe.com/exif/1.0/'"
BY_DRAW_THINGS = f"xmp:CreatorTool='Draw Things' {EXIF}"
SIGNED = "Signature: " + "QUJD" * 20


def look(body: bytes | None, checks: Sequence[str] = BYTES_CHECKS) -> list[Evidence]:
    view = View(
        Candidate(ItemId("t:1"), "x"),
        Terms("t", Basis.OPEN_LICENSE),
        facts=None if body is None else facts(body),
    )
    return [e for name in checks for e in CHECKS.all()[name].look([view])[0]]


def reasons(found: Sequence[Evidence]) -> set[str]:
    """The questions that are answered yes by evidence that counts."""
    return {e.question for e in found if e.answer is Answer.YES and e.strength is not Strength.WEAK}


def with_exif(main: dict[int, object], inside: dict[int, object] | None = None) -> bytes:
    return jpeg(jpeg_exif(tiff(main, inside)))


def with_xmp(inside: str, attributes: str = "") -> bytes:
    return jpeg(jpeg_xmp(xmp_packet(inside, attributes)))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (png(png_text("parameters", "dots\nSteps: 20, Sampler: Made up")), "ai.metadata"),
        (png(after=png_text("parameters", "Steps: 20, Sampler: x")), "ai.metadata"),
        (with_exif({}, {0x9286: b"ASCII\0\0\0Steps: 9, Sampler: x"}), "ai.metadata"),
        (
            with_exif({}, {0x9286: b"UNICODE\0" + "Steps: 9, Sampler: x".encode("utf-16-be")}),
            "ai.metadata",
        ),
        (png(png_text("sd-ti-embedding", "e")), "ai.metadata"),
        (png(png_text("prompt", GRAPH)), "ai.metadata"),
        (png(png_text("workflow", DRAWN)), "ai.ambiguous"),
        (webp((b"EXIF", tiff({0x010F: "prompt:" + GRAPH}))), "ai.metadata"),
        (webp((b"EXIF", tiff({0x0110: "workflow:" + DRAWN}))), "ai.ambiguous"),
        (png(png_text("invokeai_metadata", "{}")), "ai.metadata"),
        (png(png_text("sd-metadata", "{}")), "ai.metadata"),
        (png(png_text("Dream", DREAM)), "ai.metadata"),
        (png(png_text("Software", "NovelAI")), "ai.metadata"),
        (png(png_text("Title", "AI generated image")), "ai.metadata"),
        (png(png_text("fooocus_scheme", "fooocus")), "ai.metadata"),
        (with_exif({}, {0x927C: b"fooocus"}), "ai.metadata"),
        (with_exif({305: "Fooocus v2.5.5"}), "ai.metadata"),
        (png(png_text("parameters", '{"sui_image_params": {}}')), "ai.metadata"),
        (png(png_text("Description", f"dots --v 5.2 Job ID: {UUID}")), "ai.metadata"),
        (with_exif({0x010E: SIGNED, 0x013B: UUID}), "ai.metadata"),
        (with_exif({305: "AI generated;txt2img;flux"}), "ai.metadata"),
        (with_exif({0x010F: "Black Forest Labs"}), "ai.metadata"),
        (with_exif({0x010F: "Ideogram AI"}), "ai.metadata"),
        (
            with_xmp(f"<exif:UserComment>{DRAW_THINGS}</exif:UserComment>", BY_DRAW_THINGS),
            "ai.metadata",
        ),
        (
            with_xmp("<dc:description>Steps: 8, Sampler: x</dc:description>", BY_DRAW_THINGS),
            "ai.metadata",
        ),
        (with_xmp("", "xmp:CreatorTool='Adobe Firefly 3'"), "ai.metadata"),
        (
            jpeg(end=samsung_trailer({"PEg_Info": b'{"genAIType":8}'})),
            "ai.composite",
        ),
        (
            with_xmp("", f"Iptc4xmpExt:DigitalSourceType='{IPTC}trainedAlgorithmicMedia'"),
            "ai.metadata",
        ),
        (with_xmp(f"<dc:type>{IPTC.upper()}TRAINEDALGORITHMICMEDIA</dc:type>"), "ai.metadata"),
        (
            with_xmp(
                "<dc:type rdf:resource='https://c2pa.org/digitalsourcetype/trainedAlgorithmicData'/>"
            ),
            "ai.metadata",
        ),
        (
            with_xmp("", "Iptc4xmpExt:DigitalSourceFileType='trainedAlgorithmicMedia'"),
            "ai.metadata",
        ),
        (with_xmp(f"<dc:type>{IPTC}compositeSynthetic</dc:type>"), "ai.composite"),
        (
            with_xmp(f"<dc:type>{IPTC}compositeWithTrainedAlgorithmicMedia</dc:type>"),
            "ai.composite",
        ),
        (with_xmp(f"<dc:type>{IPTC}algorithmicMedia</dc:type>"), "ai.algorithmic"),
        (with_xmp("<Iptc4xmpExt:AISystemUsed>x</Iptc4xmpExt:AISystemUsed>"), "ai.metadata"),
        (with_xmp("", "photoshop:Credit='Made with Google AI'"), "ai.metadata"),
        (
            jpeg(
                segment(
                    0xED,
                    b"Photoshop 3.0\x008BIM\4\4\0\0\0\0\0\x18\x1c\x02\x6e\0\x13Made with Google AI",
                )
            ),
            "ai.metadata",
        ),
        (png(png_text("AIGC", LABEL)), "ai.metadata"),
        (png(png_text("AIGC", LABEL.replace('"1"', "2"))), "ai.metadata"),
        (png(png_text("AIGC", LABEL.replace('"1"', '"3"'))), "ai.ambiguous"),
        (
            with_exif({}, {0x9286: b"ASCII\0\0\0" + f'{{"AIGC": {LABEL}}}'.encode()}),
            "ai.metadata",
        ),
        (with_xmp(f"<TC260:AIGC>{LABEL.replace(chr(34), '&quot;')}</TC260:AIGC>"), "ai.metadata"),
        (with_xmp("", f"TC260:AIGC='{LABEL.replace(chr(34), '&amp;quot;')}'"), "ai.metadata"),
        (with_xmp("<TC260:AIGC>no JSON</TC260:AIGC>"), "ai.ambiguous"),
        (png(png_chunk(b"caBX", b"\0\0\0\x20jumb")), "rights.unreadable"),
        (with_xmp("", "dcterms:provenance='https://example.org/store'"), "rights.unreadable"),
        (jpeg(jpeg_xmp(b"<x:xmpmeta>")), "rights.unreadable"),
    ],
)
def test_a_mark_is_found(body: bytes, reason: str) -> None:
    assert reasons(look(body)) == {reason}


@pytest.mark.parametrize(
    "body",
    [
        png(png_text("parameters", "the parameters of a microscope")),
        png(png_text("prompt", "What do you see?")),
        png(png_text("prompt", '{"question": {"text": "made up"}}')),
        png(png_text("workflow", '{"nodes": 3, "links": "none"}')),
        png(png_text("Dream", "a dream of mine -s 50")),
        png(png_text("Software", "Adobe Photoshop"), png_text("Author", "Invented Person")),
        png(png_text("Description", "Midjourney is a walk that I took")),
        png(png_text("Description", "Job ID: 4711")),
        png(png_text("AIGC", '{"name": "Association of Invented Garden Clubs"}')),
        png(png_text("AIGC", "[" * 90_000)),
        with_exif({0x010E: SIGNED, 0x013B: "Invented Person"}),
        with_exif({305: "Foooocus"}),
        with_xmp("", BY_DRAW_THINGS),
        with_xmp(f"<exif:UserComment>{DRAW_THINGS}</exif:UserComment>", EXIF),
        with_xmp("<dc:description>Steps: 8, Sampler: x</dc:description>"),
        with_xmp("", "photoshop:Credit='Made with Google AI Studio'"),
        with_xmp("", "xmp:CreatorTool='Adobe Photoshop 25 (with Adobe Firefly plug-in)'"),
        with_xmp(f"<dc:type>{IPTC}digitalCapture</dc:type>"),
        with_xmp(f"<dc:description>see {IPTC}trainedAlgorithmicMedia</dc:description>"),
        jpeg(end=samsung_trailer({"PEg_Info": b'{"genAIType":0}'})),
        jpeg(end=samsung_trailer({"Other": b'{"genAIType":8}'})),
    ],
)
def test_what_only_looks_like_a_mark_is_none(body: bytes) -> None:
    found = look(body)
    assert reasons(found) == set()
    assert not [e for e in found if e.answer is Answer.UNKNOWN]


def test_a_graph_that_ran_speaks_louder_than_its_drawing() -> None:
    body = png(png_text("prompt", GRAPH), png_text("workflow", DRAWN))
    assert reasons(look(body)) == {"ai.metadata"}


def test_a_weak_mark_is_recorded_and_decides_nothing() -> None:
    found = look(png(png_text("hf-job-id", "made-up")), ["ai.generator-text"])
    assert [(e.question, e.strength) for e in found] == [("ai.metadata", Strength.WEAK)]


def test_evidence_says_where_and_quotes_the_mark_and_not_the_prompt() -> None:
    prompt = "Invented Person at home\nSteps: 20, Sampler: x"
    (said,) = look(png(png_text("parameters", prompt)), ["ai.generator-text"])
    assert said.where == "tEXt:parameters"
    assert said.quote == "Steps: 20, Sampler"
    assert said.value == "AUTOMATIC1111 and kin"


@pytest.mark.parametrize("check", BYTES_CHECKS)
def test_every_check_answers_no_for_a_clean_file_and_unknown_without_one(check: str) -> None:
    assert {e.answer for e in look(png(), [check])} == {Answer.NO}
    assert {e.answer for e in look(None, [check])} == {Answer.UNKNOWN}


@pytest.mark.parametrize(
    ("body", "unknown"),
    [
        (
            png()[:-1],
            {"ai.aigc-label", "ai.c2pa", "ai.digital-source-type", "ai.generator-text"},
        ),
        (
            jpeg(jpeg_xmp(b"<x:xmpmeta>")),
            {"ai.aigc-label", "ai.c2pa", "ai.digital-source-type", "ai.generator-text"},
        ),
        (jpeg(jpeg_exif(b"neither order")), {"ai.aigc-label", "ai.generator-text"}),
        (with_xmp(f"<dc:type>{IPTC}madeUpTerm</dc:type>"), {"ai.digital-source-type"}),
    ],
    ids=["a cut file", "bad XMP", "bad Exif", "a source type nobody knows"],
)
def test_what_could_not_be_read_is_unknown(body: bytes, unknown: set[str]) -> None:
    said = {e.check.partition("@")[0] for e in look(body) if e.answer is Answer.UNKNOWN}
    assert said == unknown
