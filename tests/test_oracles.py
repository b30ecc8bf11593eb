"""Other people's readers as oracles, where they are installed; each disagreement is judged here."""

import csv
import importlib
import json
import shutil
import subprocess
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from curator.core import exif, jumbf, xmp
from curator.core.c2pa_statements import parts
from curator.core.container import facts
from curator.core.source_type import term
from curator.model import Answer
from curator.single import inspect_files

FIELDS = ("UserComment", "Software", "Make", "Model", "ImageDescription", "Artist")

# (beginning of the file's name, who is right, why): curator names a generator, sd-parsers none.
SD_PARSERS = [
    ("SwarmUI__", "curator", "sd-parsers 0.6 has no parser for sui_image_params"),
    ("Kolors__a8fad3b5_woman_2.png", "curator", "a JPEG; its UserComment is ASCII, not UNICODE"),
    ("efficiency-nodes-comfyui__", "both", "a drawn graph is no run; curator holds, never removes"),
    ("stealth_", "curator", "the hidden text lacks a sampler, without which sd-parsers gives up"),
    ("flux_exif.jpg", "curator", "sd-parsers 0.6 has no parser for FLUX"),
]
# The file's name, who is right, why: the fields of Exif differ.
EXIFTOOL = {
    "exif-samples__ddfec790_WWL__Polaroid__ION230.jpg": (
        "both",
        "exiftool stops at a zero inside Model, curator keeps what stands behind it",
    ),
}


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    """Every labelled file about AI."""
    found = []
    for folder in ("ai-images", "ai-constructed"):
        base = shared / "cases" / folder
        with (base / "labels.csv").open(encoding="utf-8", newline="") as file:
            found += [base / row["file"] for row in csv.DictReader(file)]
    return found


def generators(path: Path) -> set[str]:
    """The generators that curator names by what they wrote."""
    (judged,) = inspect_files([path])
    checks = ("ai.generator-text@", "ai.stealth@")
    return {
        e.value for e in judged.evidence if e.check.startswith(checks) and e.answer is Answer.YES
    }


def test_sd_parsers(files: list[Path]) -> None:
    try:
        theirs = importlib.import_module("sd_parsers")
        eager = importlib.import_module("sd_parsers.extractors").Eagerness.EAGER
    except ImportError:
        pytest.skip("needs sd-parsers (pip install sd-parsers)")
    manager = theirs.ParserManager(eagerness=eager)
    used = set()
    for path in files:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's, about files that are meant to be odd
            said = manager.parse(path)
        ours = generators(path)
        if said is not None:
            assert any(name.startswith(said.generator.value) for name in ours), path.name
        elif ours:
            known = [line[0] for line in SD_PARSERS if path.name.startswith(line[0])]
            assert known, f"{path.name}: sd-parsers finds nothing, curator {ours}"
            used.update(known)
    assert used == {line[0] for line in SD_PARSERS}


def test_exiftool(files: list[Path]) -> None:
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("needs exiftool (Debian: libimage-exiftool-perl)")
    tags = ("JUMDLabel", "JUMDType", "DigitalSourceType", "ActionsDigitalSourceType")
    asked = [f"-{tag}" for tag in (*tags, "DigitalSourceFileType", *FIELDS)]
    command = [program, "-j", "-G4:1", "-a", "-U", "-charset", "exif=UTF8", *asked]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, check=False)
    said = {Path(one.pop("SourceFile")): one for one in json.loads(done.stdout)}
    against = set()
    for path in files:
        ours, theirs = by_curator(path), by_exiftool(said[path])
        assert ours[:2] == theirs[:2], path.name
        if ours[2] != theirs[2] and path.suffix != ".tiff":  # a page's own tags, not Exif's
            against.add(path.name)
    assert against == EXIFTOOL.keys()


def by_curator(path: Path) -> tuple[set[str], bool, set[tuple[str, str]]]:
    """Source types, whether there is a store with a manifest, and the fields of Exif."""
    read = facts(path.read_bytes())
    manifests = [m for data in read.jumbf for m in jumbf.read(data).manifests]
    texts = [
        text
        for manifest in manifests
        for said in manifest.assertions
        for part in parts(said)
        for text in part.texts
    ]
    texts += [(p.name, p.value) for packet in read.xmp for p in xmp.read(packet).properties]
    fields = exif.read(read.exif).fields if read.exif else ()
    return {t for text in texts if (t := term(*text))}, bool(manifests), bare(fields)


def by_exiftool(said: dict[str, Any]) -> tuple[set[str], bool, set[tuple[str, str]]]:
    """The same three by what exiftool printed, whose names are "<copy>:<group>:<tag>"."""
    terms, types, fields = set(), set(), []
    for key, value in said.items():
        group, _, tag = key.rpartition(":")
        values = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        if tag.endswith(("DigitalSourceType", "DigitalSourceFileType")):
            terms.update(one.strip().rpartition("/")[2].lower() for one in values)
        elif tag == "JUMDType":
            types.update(values)
        elif tag in FIELDS and group.endswith(("IFD0", "ExifIFD")):
            fields += [(tag, one) for one in values]
    return terms, any(kind.startswith("(c2ma)") for kind in types), bare(fields)


def bare(fields: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Field and text less all but letters and digits, since the two print the rest differently."""
    plain = {(name, "".join(filter(str.isalnum, text))) for name, text in fields if name in FIELDS}
    return {(name, text) for name, text in plain if text}
