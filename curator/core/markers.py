"""The marks that image generators leave in files; a new generator is one row of `MARKERS`."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from curator.core.generators import is_generator
from curator.core.statements import Statement
from curator.model import Strength

Test = Callable[[str], str]  # the words that give it away, "" for none


@dataclass(frozen=True, slots=True)
class Clue:
    """A sign, and the places (keys of `Statement`) where it counts."""

    keys: tuple[str, ...]
    test: Test


@dataclass(frozen=True, slots=True)
class Marker:
    """What gives a generator away: all of its clues, the first one being quoted."""

    generator: str
    clues: tuple[Clue, ...]
    question: str = "ai.metadata"
    strength: Strength = Strength.CERTAIN


def present(value: str) -> str:
    """The key alone is proof."""
    return value[:40] or "(empty)"


def exactly(*words: str) -> Test:
    """The value is one of these."""
    return lambda value: value.strip() if value.strip() in words else ""


def matching(pattern: str) -> Test:
    """The value holds a match of this expression."""
    compiled = re.compile(pattern, re.MULTILINE)

    def test(value: str) -> str:
        found = compiled.search(value)
        return found[0] if found else ""

    return test


def json_object(prefix: str, holds: Callable[[dict[str, object]], str]) -> Test:
    """The value, behind a prefix, is a JSON object of a certain shape."""

    def test(value: str) -> str:
        text = value.strip()
        if not text.startswith(prefix + "{"):
            return ""
        try:
            said = json.loads(text[len(prefix) :])
        except (ValueError, RecursionError):
            return ""
        return holds(said) if isinstance(said, dict) else ""

    return test


def api_graph(said: dict[str, object]) -> str:
    """ComfyUI's graph as it ran: nodes by number, each with its class."""
    for node in said.values():
        if isinstance(node, dict) and "class_type" in node and "inputs" in node:
            return f"class_type {node['class_type']}"
    return ""


def drawn_graph(said: dict[str, object]) -> str:
    """ComfyUI's graph as it is drawn on screen."""
    lists = isinstance(said.get("nodes"), list) and isinstance(said.get("links"), list)
    return "nodes and links" if lists else ""


def swarm(said: dict[str, object]) -> str:
    """SwarmUI's parameters."""
    return "sui_image_params" if "sui_image_params" in said else ""


def draw_things(said: dict[str, object]) -> str:
    """Draw Things' parameters: the prompt is "c"."""
    return "c, seed, model" if {"c", "seed", "model"} <= said.keys() else ""


def generator_name(value: str) -> str:
    """The value is a generator's name and nothing else."""
    return value.strip() if is_generator(value) else ""


_COMMENT = "exif:UserComment"
_XMP_COMMENT = "xmp:http://ns.adobe.com/exif/1.0/UserComment"
_CREATOR_TOOL = "xmp:http://ns.adobe.com/xap/1.0/CreatorTool"
_XMP_DESCRIPTION = "xmp:http://purl.org/dc/elements/1.1/description"
_PARAMETERS = ("text:parameters", _COMMENT, _XMP_COMMENT, "comment:")
_EXIF_TEXTS = ("exif:ImageDescription", "exif:Make", "exif:Model")
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

MARKERS: tuple[Marker, ...] = (
    Marker(
        "AUTOMATIC1111 and kin",
        (Clue(_PARAMETERS, matching(r"\bSteps: \d+, Sampler\b")),),
    ),
    Marker("AUTOMATIC1111 embedding", (Clue(("text:sd-ti-embedding",), present),)),
    Marker("ComfyUI", (Clue(("text:prompt",), json_object("", api_graph)),)),
    Marker("ComfyUI", (Clue(_EXIF_TEXTS, json_object("prompt:", api_graph)),)),
    # Without the graph that ran it is a drawing of a graph, often with pictures that it made.
    Marker(
        "ComfyUI graph",
        (Clue(("text:workflow",), json_object("", drawn_graph)),),
        "ai.ambiguous",
    ),
    Marker(
        "ComfyUI graph",
        (Clue(_EXIF_TEXTS, json_object("workflow:", drawn_graph)),),
        "ai.ambiguous",
    ),
    Marker(
        "InvokeAI",
        (
            Clue(
                (
                    "text:invokeai_metadata",
                    "text:invokeai_workflow",
                    "text:invokeai_graph",
                    "text:sd-metadata",
                ),
                present,
            ),
        ),
    ),
    Marker(
        "InvokeAI",
        (
            Clue(("text:Dream",), matching(r"\s-s ?\d+")),
            Clue(("text:Dream",), matching(r"\s-S ?-?\d+")),
            Clue(("text:Dream",), matching(r"\s-W ?\d+")),
            Clue(("text:Dream",), matching(r"\s-H ?\d+")),
        ),
    ),
    Marker("NovelAI", (Clue(("text:Software", "exif:Software"), exactly("NovelAI")),)),
    Marker(
        "NovelAI",
        (Clue(("text:Title",), exactly("AI generated image", "NovelAI generated image")),),
    ),
    Marker("Fooocus", (Clue(("text:fooocus_scheme",), present),)),
    Marker("Fooocus", (Clue(("exif:MakerNote",), exactly("fooocus", "a1111")),)),
    Marker("Fooocus", (Clue(("exif:Software",), matching(r"\AFooocus\b")),)),
    Marker("SwarmUI", (Clue(_PARAMETERS, json_object("", swarm)),)),
    Marker(
        "Midjourney",
        (
            Clue(
                (
                    "text:Description",
                    "exif:ImageDescription",
                    _XMP_DESCRIPTION,
                ),
                matching(rf"Job ID: {_UUID}"),
            ),
        ),
    ),
    Marker(
        "xAI Grok",
        (
            Clue(
                ("exif:ImageDescription", _COMMENT),
                matching(r"\ASignature: [A-Za-z0-9+/]{64,}={0,2}\s*\Z"),
            ),
            Clue(("exif:Artist",), matching(rf"\A{_UUID}\Z")),
        ),
    ),
    Marker("FLUX", (Clue(("exif:Software",), matching(r"\AAI generated;[^;]*;?.*")),)),
    Marker("FLUX", (Clue(("exif:Make",), exactly("Black Forest Labs")),)),
    Marker(  # the name alone is what any painter might call a tool
        "Draw Things",
        (
            Clue((_CREATOR_TOOL,), exactly("Draw Things")),
            Clue((_XMP_COMMENT,), json_object("", draw_things)),
        ),
    ),
    Marker(
        "Draw Things",
        (
            Clue((_CREATOR_TOOL,), exactly("Draw Things")),
            Clue((_XMP_DESCRIPTION,), matching(r"\bSteps: \d+, Sampler\b")),
        ),
    ),
    Marker("Ideogram", (Clue(("exif:Make",), exactly("Ideogram AI")),)),
    Marker(
        "Samsung Galaxy AI",
        (
            Clue(
                ("trailer:PhotoEditor_Re_Edit_Data", "trailer:PEg_Info"),
                matching(r'"genAIType"\s*:\s*[1-9]'),
            ),
        ),
        "ai.composite",
    ),
    Marker(
        "a generator by name",
        (Clue((_CREATOR_TOOL, "exif:Software", "text:Software"), generator_name),),
    ),
    Marker(
        "Hugging Face jobs",  # where it was computed, not by what
        (Clue(("text:hf-job-id",), present),),
        strength=Strength.WEAK,
    ),
)


def marks(said: tuple[Statement, ...]) -> Iterator[tuple[Marker, str, str]]:
    """Every marker whose clues are all there, with the place and the words of the first clue."""
    for marker in MARKERS if said else ():
        hits = [_hit(clue, said) for clue in marker.clues]
        if hits[0] and all(hits):
            yield marker, *hits[0]


def _hit(clue: Clue, said: tuple[Statement, ...]) -> tuple[str, str] | None:
    for statement in said:
        if statement.key in clue.keys and (words := clue.test(statement.value)):
            return statement.where, words
    return None
