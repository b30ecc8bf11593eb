"""The connector `folder`: images that each have a sidecar with their creator's own words."""

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Never, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from curator.core import xmp_sidecar
from curator.model import Candidate, Caption, CaptionKind, Claim, ItemId, quote
from curator.query import Query, Ref, Reply
from curator.sources import folder_consents
from curator.sources.base import CONNECTORS, Connector, Options
from curator.sources.folder_consents import Memo
from curator.terms import Terms

_IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".avif", ".svg"})
_SIDECARS = (".json", ".yaml", ".yml")
_XMP = ".xmp"  # read where there is none of the others, as photo software writes it
_XMP_BYTES = 2**20  # bytes: photo software keeps editing histories in it
_SIDECAR_BYTES = 2**16  # bytes: a page of text is 4 KiB, and 64 KiB of YAML take 0.3 s to read


class FolderOptions(Options):
    """The keys of `folder`."""

    consents: str = ""  # the folder of signed consents and revocations, relative to the recipe


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _SidecarCaption(_Words):
    text: str
    lang: str = "und"
    kind: CaptionKind = Field(strict=False)
    license: str = ""


class Sidecar(_Words):
    """What a sidecar may say; any other key makes all of it unreadable."""

    id: str = ""  # without it the image's path is the id
    title: str = ""
    captions: tuple[_SidecarCaption, ...] = Field((), strict=False)
    creator: str = ""
    creator_url: str = ""
    credit: str = ""
    license: str = ""
    landing_url: str = ""
    created: str = ""
    tags: tuple[str, ...] = Field((), strict=False)


@dataclass(frozen=True, slots=True)
class Folder:
    """Every image is a candidate; one whose sidecar is missing or wrong makes no claim.

    Where consents are named they are all read first and travel in the memos. Then every image is
    read for its digest, so that its record takes those along, and only those, that name it.
    """

    terms: Terms
    options: FolderOptions

    def first(self) -> Iterator[Query]:
        """The list of consents where the recipe names them, else of files."""
        if self.options.consents:
            yield folder_consents.listing(self.options.consents)
        else:
            yield Query((Ref("**/*", "listing"),))

    def read(self, reply: Reply) -> Iterator[Candidate | Query]:
        """A query for each image's sidecar, then a candidate for each answer.

        RecipeError for a file among the consents that is neither consent nor revocation.
        """
        memo = reply.query.memo
        if reply.query.refs[0].form == "listing":
            paths = [str(row["path"]) for row in reply.rows]
            if reply.query.refs[0].root:
                yield folder_consents.start(paths, self.options.consents)
            else:
                yield from self._listed(paths, memo)
        elif memo[0] == folder_consents.RECORD:
            yield folder_consents.after(reply, self.options.consents)
        elif memo[0] == folder_consents.IMAGE:
            yield folder_consents.with_notes(reply)
        else:
            yield self._described(reply)

    def _described(self, reply: Reply) -> Candidate:
        image = dict(reply.query.memo)["image"]
        try:
            words = _words(reply.body, posixpath.splitext(reply.at)[1])
        except (ValueError, YAMLError, RecursionError) as error:
            return self._silent(image, f"{reply.at}: {_why(error)}")
        return self._candidate(reply.query.memo, words, reply.at)

    def _listed(self, paths: list[str], records: Memo) -> Iterator[Candidate | Query]:
        known = set(paths)
        for path in paths:
            stem, suffix = posixpath.splitext(path)
            if suffix.lower() not in _IMAGES:
                continue
            beside = [stem + ending for ending in _SIDECARS if stem + ending in known]
            match beside or sorted({stem + _XMP} & known):
                case [sidecar]:
                    if records:
                        yield folder_consents.image(path, sidecar, records)
                    else:
                        yield Query((Ref(sidecar, "bytes"),), memo=(("image", path),))
                case []:
                    yield self._silent(path, "there is none")
                case several:
                    yield self._silent(path, "there are several: " + ", ".join(several))

    def _silent(self, image: str, why: str) -> Candidate:
        item = ItemId(f"{self.terms.source}:{image}")
        return Candidate(item, image, notes=(("sidecar", quote(why)),), where=image)

    def _candidate(self, memo: Memo, words: Sidecar, sidecar: str) -> Candidate:
        image, credited = dict(memo)["image"], dict(memo).get(folder_consents.CREDIT, "")
        claim = Claim("image", words.license, f"{sidecar}: license")
        return Candidate(
            item=ItemId(f"{self.terms.source}:{words.id or image}"),
            image=image,
            claims=(claim,) if words.license else (),
            captions=tuple(
                Caption(said.text, said.lang, said.kind, said.license, f"captions[{number}]")
                for number, said in enumerate(words.captions)
            ),
            title=words.title,
            creator=words.creator or credited,
            creator_url=words.creator_url,
            credit=words.credit,
            landing_url=words.landing_url,
            created=words.created,
            tags=words.tags,
            notes=tuple(pair for pair in memo if pair[0] in folder_consents.NOTES),
            where=sidecar,
        )


def _words(body: bytes, suffix: str) -> Sidecar:
    """The words of a sidecar of any kind; errors as `_sidecar`."""
    if suffix != _XMP:
        return _sidecar(body, yaml=suffix != ".json")
    if len(body) > _XMP_BYTES:
        raise ValueError(f"longer than {_XMP_BYTES} bytes")
    return Sidecar.model_validate(xmp_sidecar.read(body))


def _sidecar(body: bytes, *, yaml: bool) -> Sidecar:
    """The words of a sidecar; ValueError, YAMLError or RecursionError where it cannot be read.

    Numbers and dates stay as they are written, and a key without value is as if it were not there.
    """
    if len(body) > _SIDECAR_BYTES:
        raise ValueError(f"longer than {_SIDECAR_BYTES} bytes")
    text = body.decode("utf-8-sig")
    if yaml:
        value = _plain(YAML(typ="safe", pure=True).compose(text))
    else:
        value = json.loads(
            text,
            object_pairs_hook=_mapping,
            parse_int=str,
            parse_float=str,
            parse_constant=_no_constant,
        )
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is no text
    return Sidecar.model_validate(value)


def _plain(node: Node | None) -> object:
    """A YAML node as dict, list, str or None, each text as it is written (no "no" is false)."""
    if node is None:
        return None
    if node.anchor:
        raise ValueError(f"line {node.start_mark.line + 1}: anchors are not read")
    match node:
        case ScalarNode():
            return None if node.tag == "tag:yaml.org,2002:null" else node.value
        case SequenceNode():
            return [_plain(child) for child in node.value]
        case MappingNode():
            return _mapping([(_plain(key), _plain(value)) for key, value in node.value])
        case _:
            raise ValueError(f"line {node.start_mark.line + 1}: neither text, list nor mapping")


def _mapping(pairs: list[tuple[object, object]]) -> dict[str, object]:
    """A mapping in which each key stands once, so that no second license hides behind a first."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if not isinstance(key, str):
            raise ValueError("a key is not a text")  # noqa: TRY004  one error for all that is unreadable
        if key in found:
            raise ValueError(f"the key {key!r} stands twice")
        found[key] = value
    return {key: value for key, value in found.items() if value is not None}


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _why(error: Exception) -> str:
    """What is wrong, on one line and without the parser's own drawing of the place."""
    if isinstance(error, ValidationError):
        faults = (
            f"{'.'.join(map(str, fault['loc'])) or 'all'}: {fault['msg']}"
            for fault in error.errors()
        )
        return "; ".join(faults)
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())


def _open(terms: Terms, options: Options, /) -> Folder:
    return Folder(terms, cast("FolderOptions", options))


CONNECTORS.add(
    Connector(
        "folder",
        version=3,
        options=FolderOptions,
        open=_open,
        summary="Images with a sidecar each, written by those who made them",
    )
)
