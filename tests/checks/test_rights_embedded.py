"""What a file says of its rights against what its source declares."""

from pathlib import Path

import pytest
from made_up_files import jpeg, jpeg_exif, jpeg_xmp, png, svg, tiff, xmp_packet

from curator.checks.base import CHECKS
from curator.core.container import facts
from curator.core.policy import findings
from curator.model import Answer, Basis, Candidate, Claim, ItemId, Strength, Verdict
from curator.terms import Terms
from curator.view import View

RIGHTS = 'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
PLUS = 'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
CC = "https://creativecommons.org/licenses/"


def look(body, declared="CC BY 4.0", creator="Jane Doe", **terms):
    claims = (Claim("image", declared, "sidecar.json: license"),) if declared else ()
    record = Candidate(ItemId("t:1"), "x", claims, creator=creator)
    held = None if body is None else facts(body)
    view = View(record, Terms("t", Basis.OPEN_LICENSE, **terms), facts=held)
    return CHECKS.all()["rights.embedded"].look([view])[0]


def yes(found):
    return {e.question for e in found if e.answer is Answer.YES and e.strength is not Strength.WEAK}


def page(address, marked="True"):
    attributes = f"xmpRights:Marked='{marked}' xmpRights:WebStatement='{address}'"
    return jpeg(jpeg_xmp(xmp_packet("", f"{RIGHTS} {attributes}")))


def terms_of_use(text):
    inside = f"<xmpRights:UsageTerms {RIGHTS}>{text}</xmpRights:UsageTerms>"
    return jpeg(jpeg_xmp(xmp_packet(inside)))


def rights(text):
    return jpeg(jpeg_xmp(xmp_packet(f"<dc:rights>{text}</dc:rights>")))


def notice(text):
    return jpeg(jpeg_exif(tiff({0x8298: text})))


CONFLICT, UNREADABLE, NONE = {"rights.conflict"}, {"rights.unreadable"}, set()


@pytest.mark.parametrize(
    ("body", "declared", "expected"),
    [
        pytest.param(png(), "CC BY 4.0", NONE, id="a file that says nothing"),
        pytest.param(page(CC + "by/4.0/"), "CC BY 4.0", NONE, id="Marked and the same license"),
        pytest.param(page(CC + "by-nc/4.0/"), "CC BY 4.0", CONFLICT, id="another license"),
        pytest.param(page(CC + "by/3.0/"), "CC BY 4.0", CONFLICT, id="another version"),
        pytest.param(page(CC + "by/3.0/", "False"), "CC BY", NONE, id="a version left out"),
        pytest.param(
            page(CC + "by-sa/3.0/"), "self|GFDL|cc-by-sa-3.0", NONE, id="one arm of a choice"
        ),
        pytest.param(
            page("https://kites.example/"), "CC BY 4.0", CONFLICT, id="Marked and no license"
        ),
        pytest.param(page("https://kites.example/", "False"), "CC BY 4.0", NONE, id="a home page"),
        pytest.param(page("http://web.resource.org/cc/PublicDomain"), "CC0", NONE, id="PD twice"),
        pytest.param(page(CC + "by/4.0/"), "CC0", CONFLICT, id="BY inside, CC0 outside"),
        pytest.param(rights("Public Domain"), "CC0", NONE, id="public domain beside CC0"),
        pytest.param(rights("Public Domain"), "CC BY 4.0", NONE, id="public domain beside BY"),
        pytest.param(
            rights("(c) 2024 Jane Doe. All rights reserved."), "CC0-1.0", CONFLICT, id="reserved"
        ),
        pytest.param(rights("Alle Rechte vorbehalten"), "CC BY 4.0", CONFLICT, id="in German"),
        pytest.param(rights("無断転載禁止"), "CC BY 4.0", CONFLICT, id="in Japanese"),
        pytest.param(rights("Some rights reserved"), "CC BY 4.0", NONE, id="Creative Commons"),
        pytest.param(notice("\u00a9 2016 Jane Doe"), "CC BY 4.0", NONE, id="a plain notice"),
        pytest.param(
            notice("\u00a9 Jane Doe, CC BY-NC 2.0"), "CC BY 2.0", CONFLICT, id="in passing"
        ),
        pytest.param(notice("\u00a9 Jane Doe, CC BY 2.0"), "CC BY 2.0", NONE, id="the same"),
        pytest.param(
            terms_of_use("Ask the artist first"), "CC BY 4.0", UNREADABLE, id="unread terms"
        ),
        pytest.param(terms_of_use("CC BY 4.0"), "CC BY 4.0", NONE, id="terms that agree"),
        pytest.param(
            terms_of_use("Personal use only"), "CC BY 4.0", CONFLICT, id="terms for some only"
        ),
        pytest.param(
            jpeg(jpeg_xmp(xmp_packet("", f"{PLUS} plus:LicensorURL='https://shop.example/1'"))),
            "CC BY 4.0",
            UNREADABLE,
            id="a shop",
        ),
        pytest.param(rights("All rights reserved"), "", NONE, id="nothing declared"),
        pytest.param(rights("All rights reserved"), "All rights reserved", NONE, id="both closed"),
    ],
)
def test_inside_against_outside(body, declared, expected):
    assert yes(look(body, declared)) == expected


def test_the_license_of_the_whole_source_is_compared_too():
    found = look(page(CC + "by-nc/4.0/"), "", license="CC-BY-4.0")
    assert yes(found) == CONFLICT
    assert "sources.yaml: license" in found[0].where


def test_a_consented_work_may_be_reserved_to_all_others():
    record = Candidate(ItemId("t:1"), "x", (Claim("image", "LicenseRef-optin-clip-1.0", "s"),))
    view = View(record, Terms("t", Basis.OPT_IN), facts=facts(rights("All rights reserved")))
    assert yes(CHECKS.all()["rights.embedded"].look([view])[0]) == NONE


def test_both_texts_are_quoted():
    (found,) = look(page(CC + "by-nc/4.0/", "False"))
    assert found.where == "XMP WebStatement; sidecar.json: license"
    assert found.quote == f"{CC}by-nc/4.0/ ≠ CC BY 4.0"
    assert found.value == "CC-BY-NC-4.0"


def test_agreement_is_told_with_its_words():
    (found,) = look(page(CC + "by/4.0/"))
    assert (found.answer, found.where, found.value) == (Answer.NO, "XMP WebStatement", "CC-BY-4.0")


def test_another_holder_is_weak():
    found = look(notice("\u00a9 2016 Max Muster"))
    assert [e.strength for e in found if e.answer is Answer.YES] == [Strength.WEAK]
    assert [e for e in look(notice("\u00a9 2016 J. Doe")) if e.answer is Answer.YES] == []


def test_personal_data_are_not_quoted():
    found = look(rights("All rights reserved, write to jane@kites.example"))
    assert all("@" not in e.quote for e in found)


@pytest.mark.parametrize(
    "body",
    [None, jpeg(jpeg_xmp(b"<x")), jpeg(jpeg_exif(b"junk")), b"GIF89a"],
    ids=["not read", "damaged XMP", "damaged Exif", "not a format"],
)
def test_what_cannot_be_read_is_unknown(body):
    assert Answer.UNKNOWN in {e.answer for e in look(body)}
    assert findings(look(body)).reason == "rights.unreadable"


DRAWING = (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://web.resource.org/cc/">'
    '<cc:Work rdf:about=""><dc:rights><cc:Agent><dc:title>Public Domain</dc:title></cc:Agent>'
    '</dc:rights><cc:license rdf:resource="http://web.resource.org/cc/PublicDomain"/></cc:Work>'
    "</rdf:RDF></metadata>"
)


def test_the_rdf_of_a_drawing_does_not_contradict_itself():
    found = look(svg(DRAWING), "http://web.resource.org/cc/PublicDomain")
    assert yes(found) == NONE
    assert {e.where for e in found} == {"XMP license", "XMP rights"}


# hostile/labels.csv, rows "rights-conflict" and "rights-control"; sidecars as the rows tell them
@pytest.mark.parametrize(
    ("name", "declared", "verdict"),
    [
        ("xmp_all_rights_reserved.jpg", "CC0-1.0", Verdict.REJECT),
        ("xmp_cc0_agrees.jpg", "CC0-1.0", Verdict.PUBLISH),
        ("xmp_cc_by_nc.jpg", "CC-BY-4.0", Verdict.REJECT),
        ("xmp_html_in_title.jpg", "CC0-1.0", Verdict.PUBLISH),
        ("xmp_plus_dmi_allowed.jpg", "CC0-1.0", Verdict.PUBLISH),
        ("xmp_plus_dmi_prohibited.jpg", "CC0-1.0", Verdict.REJECT),
    ],
)
def test_files_made_to_launder_rights(shared: Path, name, declared, verdict):
    body = (shared / "cases" / "hostile" / "synthetic" / name).read_bytes()
    record = Candidate(ItemId("t:1"), "x", (Claim("image", declared, "sidecar"),))
    view = View(record, Terms("t", Basis.OPEN_LICENSE), facts=facts(body))
    checks = [CHECKS.all()[each] for each in ("rights.embedded", "rights.reserved-file")]
    assert findings([e for check in checks for e in check.look([view])[0]]).verdict == verdict
