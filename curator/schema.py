"""One schema per table, a sentence per column; feeds Parquet, the card and the docs."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what a reader may rely on in it."""

    name: str
    type: Any  # a pyarrow type
    doc: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it lies on disk."""

    name: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> Any:
        """The pyarrow schema; each field carries its sentence."""
        return pa.schema(pa.field(c.name, c.type, metadata={"doc": c.doc}) for c in self.columns)


STRING = pa.string()
STRINGS = pa.list_(pa.string())
EVIDENCE = pa.list_(
    pa.struct(
        [
            (name, STRING)
            for name in (
                *("about", "check", "question", "answer", "basis", "strength"),
                *("where", "quote", "value"),
            )
        ]
    )
)
CLAIMS = pa.list_(pa.struct([(name, STRING) for name in ("about", "text", "where")]))
RAW_CAPTIONS = pa.list_(
    pa.struct([(name, STRING) for name in ("text", "lang", "kind", "license", "field")])
)
NOTES = pa.list_(pa.struct([("field", STRING), ("value", STRING)]))
SAMPLES = pa.list_(
    pa.struct(
        [
            ("key", STRING),
            ("number", pa.int32()),
            ("text", STRING),
            ("lang", STRING),
            ("tokens", pa.int32()),
            ("cut", pa.bool_()),
        ]
    )
)

CANDIDATES = Table(
    "candidates",
    (
        Column("item", STRING, "The item's id."),
        Column("image", STRING, "What to fetch."),
        Column("claims", CLAIMS, "Statements of rights in the source's own words."),
        Column("captions", RAW_CAPTIONS, "Texts about the image as the source gives them."),
        Column("title", STRING, "Title as the source gives it."),
        Column("creator", STRING, "Creator as the source gives it."),
        Column("creator_url", STRING, "The creator's page."),
        Column("credit", STRING, "The licensor's own credit line."),
        Column("copyright_notice", STRING, "The copyright notice."),
        Column("landing_url", STRING, "The work's page at its source."),
        Column("file_url", STRING, "The address of the file."),
        Column("created", STRING, "Date of creation as the source writes it."),
        Column("tags", STRINGS, "Tags."),
        Column("notes", NOTES, "Further fields of the record that checks may want."),
        Column("where", STRING, "The file or reply that the record was read from."),
        Column("digest", STRING, "Digest of the record."),
    ),
)
CLEARED = Table(
    "cleared",
    (
        Column("evidence", STRINGS, "Evidence from the record, one line of JSON each."),
        Column("verdict", STRING, "The verdict on the record alone."),
    ),
)
FETCHED = Table(
    "fetched",
    (
        Column("row", pa.int32(), "The row of the slice."),
        Column("path", STRING, "The local file, relative to the source's folder."),
        Column("sha256", STRING, "Digest of the bytes; empty where there are none."),
        Column("cleared", pa.bool_(), "Whether the record was cleared, so that it is inspected."),
        Column("evidence", STRINGS, "Evidence from fetching, one line of JSON each."),
    ),
)
INSPECTED = Table(
    "inspected",
    (
        Column("row", pa.int32(), "The row of the slice."),
        Column("sha256", STRING, "Digest of the bytes as they came."),
        Column("evidence", STRINGS, "Evidence from the file, one line of JSON each."),
        Column("offset", pa.int64(), "Where the stored image begins in the blob, bytes."),
        Column("length", pa.int64(), "Its length, bytes; 0 where nothing is stored."),
        Column("stored_sha256", STRING, "Digest of the stored image."),
        Column("media_type", STRING, "Media type of the bytes as they came."),
        Column("width", pa.int32(), "Width of the stored image, px."),
        Column("height", pa.int32(), "Height of the stored image, px."),
        Column("pdq", pa.binary(32), "PDQ hash at 512x512."),
        Column("pdq_quality", pa.int16(), "PDQ quality, 0 to 100."),
        Column("rgb", pa.list_(pa.float32(), 3), "Mean colour, 0 to 255 per channel."),
        Column("changes", STRINGS, "What was changed in the image, in words."),
    ),
)
SETTLED = Table(
    "settled",
    (
        Column("item", STRING, "The item's id."),
        Column("slice", pa.int32(), "The slice that holds its record."),
        Column("row", pa.int32(), "The row in that slice."),
        Column("inspected", pa.int32(), "The row in the slice's table of inspected images, or -1."),
        Column("verdict", STRING, "The verdict."),
        Column("reason", STRING, "The reason; null for publish."),
        Column("step", STRING, "The step that found the reason; null for publish."),
        Column("evidence", STRINGS, "All evidence, one line of JSON each."),
        Column("ai_class", STRING, "How far AI can be ruled out."),
        Column("samples", SAMPLES, "The pairs that the item gives."),
    ),
)

LOOKS = Table(
    "looks",
    (
        Column("item", STRING, "The item's id."),
        Column("date", STRING, "Date of the snapshot in which the rights read like this."),
        Column("license", STRING, "SPDX expression; empty where none stood or was understood."),
        Column("record", STRING, "Digest of the record."),
        Column("sha256", STRING, "Digest of the bytes; empty where there are none."),
        Column("words", STRING, "The source's own words about the license."),
        Column("where", STRING, "Where they stand."),
    ),
)

CAPTIONS = pa.list_(
    pa.struct([(name, STRING) for name in ("text", "lang", "kind", "license", "field")])
)
MANIFEST = Table(
    "manifest",
    (
        Column("key", STRING, "The pair's name in its shard; rows are sorted by it."),
        Column("shard", STRING, "The shard that holds the pair, without extension."),
        Column("item", STRING, "`<source id>:<the source's own id>`."),
        Column("source", STRING, "The source's id in the recipe."),
        Column("basis", STRING, "The ground the source declares: open-license, public-domain …"),
        Column("landing_url", STRING, "The work's page at its source."),
        Column("file_url", STRING, "Where the file was fetched from; null for local files."),
        Column("retrieved_at", STRING, "Date of the snapshot; null for local files."),
        Column("rights_read_at", STRING, "The day on which the rights that stand were read."),
        Column("title", STRING, "Title as the source gives it."),
        Column("creator", STRING, "Creator as the source gives it."),
        Column("creator_url", STRING, "The creator's page."),
        Column("credit", STRING, "The licensor's own credit line, verbatim."),
        Column("copyright_notice", STRING, "The copyright notice."),
        Column("attribution", STRING, "A ready line: title, creator, licenses, source, changes."),
        Column("attribution_ja", STRING, "The same line in Japanese."),
        Column("created", STRING, "Date of creation as the source writes it."),
        Column("image_license", STRING, "SPDX expression of the image's license."),
        Column("image_license_url", STRING, "The license's address."),
        Column("image_license_raw", STRING, "The source's own words about the license."),
        Column("work_license", STRING, "SPDX expression of the depicted work, where it is told."),
        Column("license_class", STRING, "The most demanding class among the pair's rights."),
        Column("pd_reason", STRING, "Why the work is in the public domain, where it is."),
        Column("consent_id", STRING, "The consent record, for opt-in works."),
        Column("caption", STRING, "The caption of this pair."),
        Column("caption_lang", STRING, "Its language, BCP 47; `und` where the source is silent."),
        Column("caption_kind", STRING, "The kind of source field that it comes from."),
        Column("caption_license", STRING, "SPDX expression of the caption's license."),
        Column("caption_changes", STRINGS, "What was changed in the caption, in words."),
        Column("caption_tokens", pa.int32(), "Its length in CLIP BPE tokens, both ends counted."),
        Column("captions", CAPTIONS, "All captions that passed, with their licenses."),
        Column("sha256", STRING, "Digest of the bytes as they came from the source."),
        Column("stored_sha256", STRING, "Digest of the image in the shard."),
        Column("pdq", STRING, "PDQ hash at 512x512, 64 hex digits."),
        Column("pdq_quality", pa.int16(), "PDQ quality, 0 to 100; below 50 it decides nothing."),
        Column("width", pa.int32(), "Width of the image in the shard, px."),
        Column("height", pa.int32(), "Height of the image in the shard, px."),
        Column("media_type", STRING, "Media type of the bytes as they came from the source."),
        Column("changes", STRINGS, "What was changed in the image, in words."),
        Column("ai_class", STRING, "How far AI can be ruled out, by evidence."),
        Column("ai_date", STRING, "The date that proves it, where one does."),
        Column("ai_witness", STRING, "Who vouches for that date or declares it."),
        Column("stratum", STRING, "pd, by, by-sa or opt-in: the pair's obligations."),
        Column("obligations", STRINGS, "What the licenses of image, work and caption ask for."),
        Column("caption_ai_class", STRING, "How far AI can be ruled out for the caption."),
        Column("caption_date", STRING, "The date that proves it, where one does."),
        Column("split", STRING, "train or val."),
        Column("evidence", EVIDENCE, "Everything that was looked at, and what was found."),
    ),
)
LEDGER = Table(
    "ledger",
    (
        Column("item", STRING, "The item's id; null in a short ledger."),
        Column("item_digest", STRING, "sha256 of recipe digest, NUL, item; rows are sorted by it."),
        Column("source", STRING, "The source's id in the recipe."),
        Column("creator", STRING, "Creator; null in a short ledger."),
        Column("landing_url", STRING, "The work's page; null in a short ledger."),
        Column("verdict", STRING, "hold, reject or pending."),
        Column("step", STRING, "The step that found the reason."),
        Column("reason", STRING, "The reason code."),
        Column("evidence", EVIDENCE, "What was found; in a short ledger without the quotes."),
    ),
)
PUBLIC = (MANIFEST, LEDGER)
