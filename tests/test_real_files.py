"""What `curator inspect` says of labelled real files: AI found, people's work left alone."""

import csv
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator.single import Judged, inspect_files

SECONDS = 1.0  # per file
MEMORY = 64 * 1024  # KiB that one file may add
OF_THE_PICTURE = {"image.small", "image.aspect", "image.flat"}  # no question of evidence
HOSTILE = {"png", "jpeg", "webp", "exif", "c2pa", "bomb"}

# Files whose Exif is damaged: the label wants them taken, DESIGN holds what cannot be read.
# The fourth is a JPEG that its decoder calls corrupt.
HELD_FOR_EXIF = {
    "exif/Pillow--exif_typeerror.jpg",
    "exif/Pillow--invalid-exif.jpg",
    "exif/exif-samples--30-type_error.jpg",
}
BROKEN = {"exif/Pillow--hopper_bad_exif.jpg"}


def labelled(shared: Path, folder: str) -> Iterator[tuple[dict[str, str], Path]]:
    base = shared / "cases" / folder
    with (base / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row, base / row["file"]


def judge(path: Path) -> Judged:
    (judged,) = inspect_files([path])
    return judged


@pytest.fixture(scope="module")
def verdicts(shared: Path) -> Counter[tuple[str, str, str, str]]:
    """How often (class, expected, verdict, reason) came about; "" for a sound publication."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row, path in labelled(shared, "ai-images"):
        said = judge(path).decision
        reason = "image" if said.reason in OF_THE_PICTURE else said.reason or ""
        found[row["class"], row["expected_verdict"], said.verdict.value, reason] += 1
    return found


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "ai_evidence",
            {("ai", "reject", "ai.metadata"): 72, ("ai", "reject", "ai.c2pa"): 5},
        ),
        ("ai_nometa", {("undetectable_without_model", "publish", ""): 87}),
        ("human", {("human", "publish", ""): 127, ("human", "reject", "image"): 17}),
        (
            "human_tricky",
            {
                ("human", "publish", ""): 27,
                ("human", "reject", "image"): 12,
                ("human", "hold", "rights.unreadable"): 1,  # "rights" as a web page only
                ("human_or_review", "hold", "ai.algorithmic"): 3,
                ("human_or_review", "reject", "rights.reserved"): 1,  # a CAWG "notAllowed"
            },
        ),
        (
            "ambiguous",
            {
                ("ai_composite", "reject", "ai.composite"): 2,
                ("review", "hold", "ai.ambiguous"): 2,
            },
        ),
    ],
)
def test_real_images(
    verdicts: Counter[tuple[str, str, str, str]], kind: str, expected: dict[tuple[str, ...], int]
) -> None:
    assert {key[1:]: count for key, count in verdicts.items() if key[0] == kind} == expected


def test_constructed_images(shared: Path) -> None:
    """All but the watermarks in the frequencies of the picture, which nothing here decodes."""
    for row, path in labelled(shared, "ai-constructed"):
        watermark = row["file"].startswith("dwtdct_")
        assert judge(path).decision.reason == (None if watermark else "ai.metadata"), row["file"]


def test_hostile_images(shared: Path) -> None:
    """No file ends the command, takes long or fills memory; verdicts as labelled."""
    groups: Counter[str] = Counter()
    against: dict[str, str] = {}
    for row, path in labelled(shared, "hostile"):
        if row["group"] not in HOSTILE:
            continue
        groups[row["group"]] += 1
        memory, start = _peak(), time.perf_counter()
        said = judge(path).decision
        assert time.perf_counter() - start < SECONDS, row["file"]
        assert _peak() - memory < MEMORY, row["file"]
        wanted = {"reject": "reject", "accept": "publish"}.get(row["expected"], said.verdict)
        if said.verdict.value != wanted and said.reason not in OF_THE_PICTURE:
            against[row["file"]] = str(said.reason)
    assert groups == {"jpeg": 127, "png": 112, "exif": 78, "webp": 65, "bomb": 6}
    expected = dict.fromkeys(HELD_FOR_EXIF, "rights.unreadable")
    assert against == expected | dict.fromkeys(BROKEN, "image.broken")


def _peak() -> int:
    """KiB, the most that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
