"""audit: a seeded sample of an edition's pairs, a person's answers on it, and what they say."""

import json
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from heapq import nsmallest
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from curator.core.wilson import Rate
from curator.disclosure import digest_of
from curator.errors import CuratorError, Fault, MachineError, RecipeError
from curator.io.reviews import read
from curator.review_sheet import Card, Question, Said, Sheet
from curator.verify import stated

BATCH = 10_000  # rows in memory at a time
COLUMNS = (
    *("key", "shard", "item", "title", "creator", "landing_url", "image_license"),
    *("image_license_raw", "caption", "caption_lang", "ai_class", "ai_date"),
)
TITLE = Said("A sample of pairs", "抜き取り検査")
_YES, _NO, _UNSURE = Said("Yes", "はい"), Said("No", "いいえ"), Said("Cannot tell", "判断できない")
_CHOICES = (("yes", _YES), ("no", _NO), ("unsure", _UNSURE))
QUESTIONS = (
    Question(
        "license", Said("Is the license right?", "ライセンスの記載は正しいですか。"), _CHOICES
    ),
    Question("ai", Said("Is it AI-made?", "AIが作ったものですか。"), _CHOICES),
    Question("caption", Said("Does the caption fit?", "説明文は画像に合っていますか。"), _CHOICES),
)
WRONG = {"license": "no", "ai": "yes", "caption": "no"}  # the answer that counts as an error
NAMES = {"license": "license wrong", "ai": "AI-made", "caption": "caption does not fit"}


@dataclass(frozen=True, slots=True)
class Finding:
    """How often one question was answered with an error; `unsure` is counted beside it."""

    question: str
    rate: Rate
    unsure: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the answers on one edition say."""

    edition: str  # its digest
    pairs: int  # answered
    elsewhere: int  # lines about other editions, left out
    findings: tuple[Finding, ...]


def sheet(edition: Path, size: int, seed: int, answers: Path | None = None) -> Sheet:
    """`size` pairs of an edition, the same for the same seed; those answered are left out."""
    digest, file = _digest(edition), answers_file(edition, answers)
    known = {row["key"] for row in _rows(file) if row["edition"] == digest}
    drawn = nsmallest(size, _pairs(edition), key=lambda row: _lot(seed, row["key"]))
    begin = {"edition": digest, "seed": str(seed)}
    cards = [_card(edition, row, begin) for row in drawn if row["key"] not in known]
    return Sheet.of(TITLE, QUESTIONS, file, cards)


def answers_file(edition: Path, given: Path | None) -> Path:
    """Where the answers stand: beside the edition, never inside it."""
    file = given or edition.resolve().with_name(f"{edition.resolve().name}.audit.jsonl")
    if file.resolve().is_relative_to(edition.resolve()):
        fix = "Name a file outside: an edition is never changed"
        raise RecipeError("the answers would lie inside the edition", fix, str(file))
    return file


def report(edition: Path, answers: Path | None = None) -> Report:
    """The rates of errors; of several answers on one pair the last counts."""
    digest = _digest(edition)
    rows = list(_rows(answers_file(edition, answers)))
    mine = {row["key"]: row for row in rows if row["edition"] == digest}
    findings = []
    for name, wrong in WRONG.items():
        said = [row[name] for row in mine.values()]
        unsure = said.count("unsure")
        findings.append(Finding(name, Rate(said.count(wrong), len(said) - unsure), unsure))
    elsewhere = sum(row["edition"] != digest for row in rows)
    return Report(digest, len(mine), elsewhere, tuple(findings))


def as_json(found: Report) -> dict[str, Any]:
    """What `curator audit --report --json` prints."""
    return {
        "edition": found.edition,
        "answered": found.pairs,
        "other_editions": found.elsewhere,
        "rates": {
            f.question: {
                "errors": f.rate.hits,
                "of": f.rate.asked,
                "unsure": f.unsure,
                "rate": f.rate.share,
                "wilson95": list(f.rate.interval),
            }
            for f in found.findings
        },
    }


def lines(found: Report) -> Iterator[str]:
    """The report in words."""
    yield f"Pairs answered: {found.pairs}"
    for f in found.findings:
        low, high = f.rate.interval
        share = "unknown" if f.rate.share is None else f"{f.rate.share:.1%}"
        beside = f"; {f.unsure} could not be told" if f.unsure else ""
        yield (
            f"{NAMES[f.question]}: {f.rate.hits} of {f.rate.asked} = {share}, "
            f"95 % Wilson interval {low:.1%} to {high:.1%}{beside}"
        )
    if found.elsewhere:
        yield f"Left out: {found.elsewhere} answers about other editions"


def _digest(edition: Path) -> str:
    stated(edition)  # an edition that was changed is an error
    return digest_of(edition)


def _lot(seed: int, key: str) -> str:
    """The pair's place in the draw of this seed: nobody can choose it, anybody can repeat it."""
    return sha256(f"{seed}\0{key}".encode()).hexdigest()


def _pairs(edition: Path) -> Iterator[dict[str, Any]]:
    path = edition / "manifest" / "part-00000.parquet"
    try:
        for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=list(COLUMNS)):
            yield from batch.to_pylist()
    except (OSError, ValueError) as error:
        fix = "Name the folder of an edition"
        raise CuratorError("the manifest cannot be read", fix, str(edition)) from error


def _card(edition: Path, row: Mapping[str, Any], begin: Mapping[str, str]) -> Card:
    dated = f"{row['ai_class']} {row['ai_date'] or ''}".strip()
    facts = (
        (Said("Caption", "説明文"), f"{row['caption']} [{row['caption_lang']}]"),
        (Said("License", "ライセンス"), row["image_license"]),
        (Said("License as stated", "権利の記載"), row["image_license_raw"]),
        (Said("Creator", "作者"), row["creator"]),
        (Said("Page", "掲載ページ"), row["landing_url"]),
        (Said("AI ruled out by", "AIでない根拠"), dated),
        (Said("Item", "項目"), row["item"]),
    )
    known = {**begin, "key": row["key"], "item": row["item"]}
    shown = tuple((name, words) for name, words in facts if words)
    image: Callable[[], bytes] = partial(_member, edition, row["shard"], row["key"])
    return Card(row["title"] or row["item"], shown, known, image)


def _member(edition: Path, shard: str, key: str) -> bytes:
    """The picture of a pair, from its shard."""
    path = edition / "shards" / f"{shard}.tar"
    try:
        with tarfile.open(path) as tar:
            for member in tar:
                if member.name.rpartition(".")[0] == key and not member.name.endswith(
                    (".txt", ".json")
                ):
                    file = tar.extractfile(member)
                    return file.read() if file else b""
    except (OSError, tarfile.TarError) as error:
        raise MachineError("the shard cannot be read", "Run `curator verify`", str(path)) from error
    return b""


def _rows(file: Path) -> Iterator[dict[str, str]]:
    """The answers of a file; RecipeError names the first line that is none."""
    if not file.exists():
        return
    for number, line in enumerate(read(file, str(file)).split(b"\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                good = {row[name] for name in WRONG} <= {name for name, _ in _CHOICES}
                good = good and all(isinstance(row[name], str) for name in ("edition", "key"))
            except (ValueError, KeyError, TypeError, RecursionError):
                good = False
            if not good:
                what, fix = "is no answer of an audit", "Correct or delete this line"
                raise RecipeError.of((Fault(what, fix, str(file), number),))
            yield row
