"""The recipe without its sources: each key with its type, its bounds and its default."""

from datetime import date
from typing import Literal

from pydantic import Field

from curator.model import AiClass, LicenseClass
from curator.recipe_types import Choice, Contact, Day, Line, Name, Part, Tag, Text, Url

_JPEG_SIDE = 65_500  # px; the longest side that libjpeg writes (JPEG_MAX_DIMENSION)
_CLIP_TOKENS = 77  # tokens; the context of CLIP's text side, start and end included


class Publisher(Part):
    """Who puts the dataset out."""

    name: Line
    url: Url | None = None


class Dataset(Part):
    """What the edition says of itself."""

    name: Name
    """Part of the edition's folder name."""
    version: Name
    """Raised for every edition that differs."""
    title: Line | None = None
    description: Text | None = None
    publisher: Publisher | None = None
    contact: Contact
    """Where a creator asks for removal: a page or an e-mail address; it is published."""
    license: Line
    """Of the selection and arrangement only; every item keeps its own."""


class Blocklist(Part):
    """A list of images that must not be published."""

    path: Line
    kind: Literal["sha256", "md5", "pdq"]
    category: Literal["safety", "removal", "evaluation", "rights"] = Field(alias="class")
    required: bool = True


class Record(Part):
    """A file of recorded answers."""

    path: Line


class Policy(Part):
    """What may be published; a recipe narrows what curator accepts and never widens it."""

    accept: Choice[
        Literal[
            LicenseClass.PUBLIC_DOMAIN,
            LicenseClass.ATTRIBUTION,
            LicenseClass.SHARE_ALIKE,
            LicenseClass.OPT_IN,
        ]
    ] = (
        LicenseClass.PUBLIC_DOMAIN,
        LicenseClass.ATTRIBUTION,
        LicenseClass.SHARE_ALIKE,
        LicenseClass.OPT_IN,
    )
    """Classes of license."""
    pd_scope: Choice[Literal["origin", "us", "eu", "jp"]] = ("origin", "us")
    """Where a work must be in the public domain."""
    max_age_days: int = Field(0, ge=0)
    """Days between the reading of an item's rights and the snapshot; 0 asks for no age."""
    pure: bool = True
    """No model trained on uncleared data may take part."""
    predates_before: Day = Field(date(2021, 1, 1), le=date(2021, 1, 1))
    """What is older than this day is older than generative AI."""
    ai_admit: Choice[AiClass] = (
        AiClass.PREDATES_FILE,
        AiClass.PREDATES_WORK,
        AiClass.DECLARED,
        AiClass.LABELLED,
    )
    """How far AI must be ruled out; with `none` the card's first lines say so."""
    blocklists: tuple[Blocklist, ...] = ()
    reviews: tuple[Record, ...] = ()
    corrections: tuple[Record, ...] = ()
    ledger: Literal["short", "full"] = "short"
    """`full` names creators of unpublished works: for public catalogues only."""


class Images(Part):
    """Bounds on images."""

    min_side: int = Field(64, ge=1, le=_JPEG_SIDE)
    """px"""
    max_aspect: float = Field(3.0, ge=1)
    """Longer side by shorter side."""
    max_side: int = Field(1024, ge=1, le=_JPEG_SIDE)
    """px; larger images are scaled down"""
    format: Literal["jpg"] = "jpg"


class MinChars(Part):
    """The shortest caption, in characters."""

    default: int = Field(3, ge=1)
    cjk: int = Field(1, ge=1)
    """Where Chinese, Japanese or Korean script prevails."""


class Captions(Part):
    """Bounds on captions."""

    min_chars: MinChars = MinChars()
    max_tokens: int = Field(_CLIP_TOKENS, ge=3, le=_CLIP_TOKENS)  # start, one word, end
    """Tokens of CLIP, start and end included."""
    over: Literal["next-then-cut"] = "next-then-cut"
    """A caption that is too long gives way to a shorter one, else it is cut at a sentence."""
    max_same: int = Field(20, ge=1)
    """Pairs per identical caption."""
    per_image: Literal["one", "each"] = "one"
    """`each`: each language is a sample of its own."""


class Network(Part):
    """How files are fetched."""

    max_bytes: int = Field(26_214_400, ge=1)
    """Bytes per file."""
    deadline: int = Field(60, ge=1)
    """Seconds per file."""
    min_rate: int = Field(1024, ge=0)
    """Bytes per second."""
    concurrency: int = Field(32, ge=1)
    allow_private: tuple[Line, ...] = ()
    """Hosts on private addresses that may be asked."""


class Split(Part):
    """Training and validation."""

    val: float = Field(0.0, ge=0, lt=1)
    """Share of the clusters."""
    by: Literal["cluster"] = "cluster"


class Shards(Part):
    """The tar files."""

    samples: int = Field(10_000, ge=1)
    """Samples per shard, about."""


class Settings(Part):
    """The recipe without its sources."""

    dataset: Dataset
    languages: Choice[Tag] = ("en", "ja", "*")
    """Captions wanted, in order; `*` keeps any other language."""
    policy: Policy = Policy()
    images: Images = Images()
    captions: Captions = Captions()
    network: Network = Network()
    split: Split = Split()
    shards: Shards = Shards()
