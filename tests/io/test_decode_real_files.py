"""Real photos, drawings and hostile files: all open, or are refused as their label says."""

import csv

from curator.core.container import facts as facts_of
from curator.core.pdq import pdq
from curator.io.decode import Opened, Refusal, normalise, open_image

SIDE = 1024


def test_every_starter_sample_opens(shared):
    folder = shared / "starter-samples"
    files = [p for d in ("gcompris", "lomiri", "openmoji") for p in sorted((folder / d).iterdir())]
    files += sorted((folder / "openclipart_svg").glob("*.svg"))[::4]
    refused = {}
    for path in files[::3]:
        body = path.read_bytes()
        facts = facts_of(body)
        opened = open_image(body, facts, SIDE) if facts.media_type else None
        if isinstance(opened, Refusal):
            refused[path.name] = opened.reason
    assert {*refused.values()} <= {"image.font"}


GROUPS = {
    *("png", "jpeg", "webp", "colour", "orientation", "bomb", "animation"),
    *("tiff-bmp-ico", "avif-heif-jxl", "xml-svg"),
}


def test_hostile_files_get_the_verdict_of_their_label(shared):
    folder = shared / "cases" / "hostile"
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as labels:
        rows = [row for row in csv.DictReader(labels) if row["group"] in GROUPS]
    assert len(rows) > 400
    wrong = []
    for row in rows:
        body = (folder / row["file"]).read_bytes()
        facts = facts_of(body)
        opened = open_image(body, facts, SIDE)
        if isinstance(opened, Opened):
            pdq(opened.pixels.rgb)
            normalise(body, facts, opened, SIDE)
        if row["expected"] == {Opened: "reject", Refusal: "accept"}[type(opened)]:
            wrong.append(row["file"])
    # Two well-formed XML files that are no SVG: harmless, but no images either.
    assert wrong == ["xml-svg/defusedxml--simple-ns.xml", "xml-svg/defusedxml--simple.xml"]
