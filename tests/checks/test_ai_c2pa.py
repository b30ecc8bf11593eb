"""What C2PA manifests say of AI: each claim, what speaks louder, what is unreadable."""

from collections.abc import Sequence

import pytest
from made_up_c2pa import (
    IPTC,
    actions,
    app11,
    assertion,
    json_assertion,
    manifest,
    store,
    superbox,
    with_store,
)
from made_up_files import box, jpeg, jpeg_xmp, png, xmp_packet

from curator.checks.base import CHECKS
from curator.core.container import facts
from curator.model import Answer, Basis, Candidate, Evidence, ItemId, Strength
from curator.terms import NotAi, Terms
from curator.view import View

TAM = IPTC + "trainedAlgorithmicMedia"
COMPOSITE = IPTC + "compositeWithTrainedAlgorithmicMedia"
CAMERA = {"action": "c2pa.created", "digitalSourceType": IPTC + "digitalCapture"}


def view(body: bytes | None) -> View:
    rule = NotAi("source-rule", "made-up rule", "https://example.org/rule")
    terms = Terms("t", Basis.OPEN_LICENSE, not_ai=rule)
    record = Candidate(ItemId("t:1"), "x")
    return View(record, terms, facts=None if body is None else facts(body))


def look(body: bytes | None, check: str = "ai.c2pa") -> tuple[Evidence, ...]:
    return CHECKS.all()[check].look([view(body)])[0]


def yes(found: Sequence[Evidence]) -> set[str]:
    """The questions that are answered yes by evidence that counts."""
    return {e.question for e in found if e.answer is Answer.YES and e.strength is not Strength.WEAK}


def created(source: str = "", **more: object) -> dict[str, object]:
    said: dict[str, object] = {"action": "c2pa.created", **more}
    return said | ({"digitalSourceType": source} if source else {})


@pytest.mark.parametrize(
    ("made", "question"),
    [
        (store(manifest(actions(created(TAM)))), "ai.c2pa"),
        (store(manifest(actions(created(TAM), label="c2pa.actions"))), "ai.c2pa"),
        (store(manifest(actions(created(TAM), label="c2pa.actions__1"))), "ai.c2pa"),
        (store(manifest(actions(created(TAM.replace("http:", "HTTPS:"))))), "ai.c2pa"),
        (store(manifest(actions(created(f" {TAM.upper()}/ ")))), "ai.c2pa"),
        (
            store(
                manifest(
                    actions(created("http://c2pa.org/digitalsourcetype/trainedAlgorithmicData"))
                )
            ),
            "ai.c2pa",
        ),
        (store(manifest(actions(created("trainedAlgorithmicMedia")))), "ai.c2pa"),
        (store(manifest(actions(created(COMPOSITE)))), "ai.composite"),
        (store(manifest(actions(created(IPTC + "compositeSynthetic")))), "ai.composite"),
        (store(manifest(actions(created(IPTC + "algorithmicMedia")))), "ai.algorithmic"),
        (store(manifest(actions(created(TAM), created(COMPOSITE)))), "both"),
        (store(manifest(actions(created(parameters={"x": [TAM]})))), "ai.c2pa"),
        (store(manifest(assertion("c2pa.actions", {"templates": [created(TAM)]}))), "ai.c2pa"),
        (store(manifest(assertion("c2pa.actions.v2", {"actions": created(TAM)}))), "ai.c2pa"),
        (
            store(manifest(json_assertion("stds.iptc", {"Iptc4xmpExt:DigitalSourceType": TAM}))),
            "ai.c2pa",
        ),
        (
            store(manifest(json_assertion("stds.iptc", {"Iptc4xmpExt:AISystemUsed": "made up"}))),
            "ai.c2pa",
        ),
        (
            store(
                manifest(
                    assertion(
                        "c2pa.ingredient.v3",
                        {"dataTypes": [{"type": "c2pa.types.generator.prompt"}]},
                    )
                )
            ),
            "ai.c2pa",
        ),
        (store(manifest(actions(created(softwareAgent="DALL\u00b7E")))), "ai.c2pa"),
        (store(manifest(actions(created(softwareAgent={"name": "GPT-4o"})))), "ai.c2pa"),
        (store(manifest(actions(created(softwareAgent="ＡＤＯＢＥ firefly")))), "ai.c2pa"),
        (store(manifest(actions(created(softwareAgent="Photo assist")))), "ai.composite"),
        (
            store(
                manifest(
                    assertion(
                        "c2pa.actions.v2",
                        {
                            "actions": [created(softwareAgentIndex=1)],
                            "softwareAgents": [{"name": "Made-up"}, {"name": "Flux.2"}],
                        },
                    )
                )
            ),
            "ai.c2pa",
        ),
        (
            store(manifest(actions(created(description="Added imperceptible SynthID watermark")))),
            "ai.c2pa",
        ),
        (store(manifest(claim={"claim_generator": "ChatGPT c2pa-rs/0.28.4"})), "ai.c2pa"),
        (store(manifest(claim={"claim_generator": "Microsoft_Responsible_AI/1.0"})), "ai.c2pa"),
        (
            store(manifest(claim={"claim_generator_info": [{"name": "Black Forest Labs API"}]})),
            "ai.c2pa",
        ),
    ],
)
def test_a_claim_of_ai_is_found(made: bytes, question: str) -> None:
    expected = {"ai.c2pa", "ai.composite"} if question == "both" else {question}
    assert yes(look(with_store(made))) == expected


@pytest.mark.parametrize(
    "made",
    [
        store(manifest(actions(CAMERA))),
        store(manifest(actions(created("")))),
        store(manifest(actions(created(IPTC + "algorithmicallyEnhanced")))),
        store(manifest(actions(created(IPTC + "composite", softwareAgent="Adobe Photoshop")))),
        store(manifest(actions(created("http://c2pa.org/digitalsourcetype/empty")))),
        store(manifest(actions(created(description=f"not {TAM}")))),
        store(manifest(actions(created(softwareAgent="Firefly Photo Studio")))),
        store(manifest(actions(created(description="Midjourney")))),
        store(manifest(assertion("c2pa.ingredient", {"dc:title": "ChatGPT"}))),
        store(manifest(claim={"claim_generator": "Adobe_Photoshop/25.1.0 adobe_c2pa/0.7.6"})),
        store(manifest(claim={"claim_generator_info": {"name": "Google C2PA SDK for Android"}})),
        store(manifest(actions({"action": "c2pa.watermarked.bound"}))),
        store(manifest(claim=[])),
        store(manifest(assertion("c2pa.actions", [1]), assertion("c2pa.actions.v2", {}))),
        superbox(b"made", "somebody.else"),
    ],
)
def test_a_readable_store_without_ai_is_no(made: bytes) -> None:
    found = look(with_store(made))
    assert yes(found) == set()
    assert {e.answer for e in found if e.question == "ai.c2pa"} == {Answer.NO}


def test_an_ingredient_is_heard_where_the_active_manifest_is_silent() -> None:
    opened = manifest(actions({"action": "c2pa.opened"}), label="urn:active")
    found = look(with_store(store(manifest(actions(created(TAM)), label="urn:first"), opened)))
    assert yes(found) == {"ai.c2pa"}
    assert {e.where for e in found if e.answer is Answer.YES} == {"C2PA urn:first c2pa.actions.v2"}


def test_what_the_active_manifest_calls_a_part_stays_a_part() -> None:
    edited = manifest(actions({"action": "c2pa.edited", "digitalSourceType": COMPOSITE}))
    whole = manifest(actions(created(TAM)), claim={"claim_generator": "Adobe_Firefly"})
    assert yes(look(with_store(store(whole, edited)))) == {"ai.composite"}
    assert yes(look(with_store(store(edited, whole)))) == {"ai.c2pa", "ai.composite"}


def test_a_source_type_speaks_louder_than_the_tool_and_the_tool_of_the_claim() -> None:
    edit = created(COMPOSITE, softwareAgent="Adobe Firefly")
    made = manifest(actions(edit), claim={"claim_generator": "Adobe_Firefly"})
    assert yes(look(with_store(store(made)))) == {"ai.composite"}


@pytest.mark.parametrize("source", ["algorithmicMedia", "digitalCapture", "madeUpMedia"])
@pytest.mark.parametrize("by_claim", [True, False], ids=["of the claim", "of the action"])
def test_no_other_source_type_silences_a_generator(source: str, *, by_claim: bool) -> None:
    tool = {} if by_claim else {"softwareAgent": "gpt-image"}
    claim = {"claim_generator_info": {"name": "ChatGPT"}} if by_claim else {}
    made = manifest(actions(created(IPTC + source, **tool)), claim=claim)
    assert "ai.c2pa" in yes(look(with_store(store(made))))


def test_a_camera_clears_nothing() -> None:
    made = store(manifest(actions(created(TAM))), manifest(actions(CAMERA)))
    assert yes(look(with_store(made))) == {"ai.c2pa"}


def test_a_source_type_that_nobody_knows_is_unknown() -> None:
    found = look(with_store(store(manifest(actions(created(IPTC + "madeUpMedia"))))))
    assert [e.answer for e in found if e.question == "ai.c2pa"] == [Answer.UNKNOWN]


def test_a_watermark_is_recorded_and_decides_nothing() -> None:
    found = look(with_store(store(manifest(actions({"action": "c2pa.watermarked"})))))
    assert [e.quote for e in found if e.strength is Strength.WEAK] == ["c2pa.watermarked"]


@pytest.mark.parametrize(
    ("term", "question"),
    [
        ("trainedAlgorithmicMedia", "ai.c2pa"),
        ("compositeWithTrainedAlgorithmicMedia", "ai.composite"),
        ("algorithmicMedia", "ai.algorithmic"),
        ("digitalCapture", ""),
    ],
)
def test_an_unreadable_store_is_searched_and_held(term: str, question: str) -> None:
    cut = store(manifest(actions(created(IPTC + term, when="later"))))[:-5]
    assert yes(look(with_store(cut))) == {"rights.unreadable", question} - {""}


def test_a_term_is_found_across_the_pieces_of_a_jpeg() -> None:
    made = store(manifest(superbox(b"cbor", "x", box(b"cbor", TAM.encode()))))
    assert yes(look(jpeg(*app11(made, 23)))) == {"rights.unreadable", "ai.c2pa"}


def test_a_store_elsewhere_is_held_and_one_taken_out_is_recorded() -> None:
    away, gone = (
        jpeg(jpeg_xmp(xmp_packet("", f"dcterms:provenance='{place}'")))
        for place in ("https://example.org/store", "self#jumbf=/c2pa/made-up")
    )
    assert yes(look(away)) == {"rights.unreadable"}
    assert yes(look(gone)) == set()
    assert [e.quote for e in look(gone) if e.strength is Strength.WEAK] == [
        "self#jumbf=/c2pa/made-up"
    ]


def test_a_pointer_beside_a_readable_store_is_nothing() -> None:
    packet = jpeg_xmp(xmp_packet("", "dcterms:provenance='https://example.org/store'"))
    assert yes(look(jpeg(packet, *app11(store(manifest(actions(CAMERA))))))) == set()


def test_the_signature_is_said_to_be_unchecked() -> None:
    found = look(with_store(store(manifest(actions(CAMERA)))))
    assert [(e.answer, e.value) for e in found if e.question == "c2pa.signature"] == [
        (Answer.UNKNOWN, "not checked")
    ]
    assert [e.question for e in look(png())] == ["ai.c2pa"]


def test_without_a_file_the_answer_is_unknown() -> None:
    assert [e.answer for e in look(None)] == [Answer.UNKNOWN]


@pytest.mark.parametrize(("cut", "answer"), [(0, Answer.YES), (5, Answer.UNKNOWN)])
def test_a_rule_to_label_counts_where_the_store_was_read(cut: int, answer: Answer) -> None:
    made = store(manifest(actions(CAMERA)))
    (said,) = look(with_store(made[: len(made) - cut]), "ai.labelled")
    assert said.answer is answer


@pytest.mark.parametrize(
    ("label", "use", "expected"),
    [
        ("cawg.training-mining", "notAllowed", ("rights.reserved", Answer.YES)),
        ("cawg.training-mining", "constrained", ("rights.reserved", Answer.YES)),
        ("c2pa.training-mining", "allowed", ("rights.reserved", Answer.NO)),
        ("c2pa.training-mining__2", "made up", ("rights.unreadable", Answer.YES)),
        ("made.up.training-mining", "notAllowed", ("rights.reserved", Answer.NO)),
    ],
)
def test_a_reservation_is_heard(label: str, use: str, expected: tuple[str, Answer]) -> None:
    entries = {"entries": {f"{label[:4]}.data_mining": {"use": use}}}
    made = manifest(assertion(label, entries))
    (said,) = look(with_store(store(made, manifest())), "rights.reserved-c2pa")
    assert (said.question, said.answer) == expected


@pytest.mark.parametrize("body", [None, with_store(store(manifest())[:-5])], ids=["none", "cut"])
def test_a_reservation_that_cannot_be_read_is_unknown(body: bytes | None) -> None:
    (said,) = look(body, "rights.reserved-c2pa")
    assert (said.question, said.answer) == ("rights.reserved", Answer.UNKNOWN)
