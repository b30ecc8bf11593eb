"""The connector `svg-rdf`: drawings that carry their title, creator and license inside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from defusedxml.ElementTree import DefusedXMLParser, ParseError

from curator.model import Candidate, Caption, CaptionKind, Claim, ItemId, quote
from curator.query import Query, Ref, Reply
from curator.sources.base import CONNECTORS, Connector, Options
from curator.terms import Terms

_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Inkscape and Sodipodi wrote the first until 2007, Inkscape the second since.
_CC = ("{http://web.resource.org/cc/}", "{http://creativecommons.org/ns#}")
_WORKS = frozenset(cc + "Work" for cc in _CC)
_LICENSES = tuple(cc + "license" for cc in _CC)
_LEAVES = frozenset({_DC + "title", _RDF + "li"})  # where a property's text may stand inside it
_LINKS = (_RDF + "resource", _RDF + "about")
_PROPERTY, _NODE = 2, 3  # elements from cc:Work down: work, its property, what the property names

_ENTITY_CHARS = 1000  # characters of one entity; Adobe's name spaces are shorter than 100
_EXPANDED_CHARS = 2**24  # characters that all entities of a file may grow to: 16 Mi, of 25 MB read

# RFC 5646 §2.1 without extended languages, extensions and private use, which no catalogue needs.
# Two or three letters: a longer first part is reserved, so that "english" is not a tag.
_TAG = re.compile(
    r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?"
    r"((?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)


class SvgRdfOptions(Options):
    """The keys of `svg-rdf`."""

    lang: str = "und"  # BCP 47, of texts whose file names no language


@dataclass(frozen=True, slots=True)
class SvgRdf:
    """Every drawing of a folder is a candidate, whatever stands in it."""

    terms: Terms
    options: SvgRdfOptions

    def first(self) -> Iterator[Query]:
        """The list of drawings."""
        yield Query((Ref("**/*.svg", "listing"),))

    def read(self, reply: Reply) -> Iterator[Candidate | Query]:
        """One query per drawing, then one candidate per answer."""
        if reply.query.refs[0].form == "listing":
            for row in reply.rows:
                yield Query((Ref(str(row["path"]), "bytes"),))
            return
        item = ItemId(f"{self.terms.source}:{reply.at}")
        try:
            found = _properties(reply.body)
        except (ParseError, ValueError, LookupError) as error:
            why = quote(f"{error}" or type(error).__name__)
            yield Candidate(item, reply.at, notes=(("unreadable", why),), where=reply.at)
            return
        yield self._candidate(item, reply.at, found)

    def _candidate(self, item: ItemId, path: str, found: "_Properties") -> Candidate:
        licenses = [text for name in _LICENSES for text in found.links(name) + found.texts(name)]
        creators = found.texts(_DC + "creator")
        pages = [link for link in found.links(_DC + "creator") if _is_web(link)]
        title = _first(found.texts(_DC + "title"))
        return Candidate(
            item=item,
            image=path,
            claims=tuple(Claim("image", text, f"{path}: cc:license") for text in _once(licenses)),
            captions=tuple(self._captions(found, title)),
            title=title,
            creator=", ".join(_once(creators)),
            creator_url=_first(pages),
            copyright_notice=", ".join(_once(found.texts(_DC + "rights"))),
            created=_first(found.texts(_DC + "date")),
            tags=tuple(_once(found.texts(_DC + "subject"))),
            where=path,
        )

    def _captions(self, found: "_Properties", title: str) -> Iterator[Caption]:
        lang = _tag(_first(found.texts(_DC + "language"))) or self.options.lang
        description = _first(found.texts(_DC + "description"))
        if title:
            yield Caption(title, lang, CaptionKind.HUMAN_TITLE, "", "dc:title")
        if description and description != title:
            kind = CaptionKind.HUMAN_DESCRIPTION
            yield Caption(description, lang, kind, "", "dc:description")


class _Properties:
    """A parser's target that keeps what stands in each cc:Work and forgets the drawing.

    Several works in one file (a picture made of pictures) all speak: each license is a claim.
    """

    def __init__(self) -> None:
        self._path: list[str] = []  # from a cc:Work down to the open element
        self._text: list[str] = []
        self._texts: dict[str, list[str]] = {}
        self._links: dict[str, list[str]] = {}

    def texts(self, name: str) -> list[str]:
        """The texts of a property, white space made single: line breaks are the file's layout."""
        return self._texts.get(name, [])

    def links(self, name: str) -> list[str]:
        """The resources that a property points to."""
        return self._links.get(name, [])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if not self._path and tag not in _WORKS:
            return
        self._path.append(tag)
        self._text.clear()
        if len(self._path) in (_PROPERTY, _NODE):
            links = (attributes.get(name, "").strip() for name in _LINKS)
            self._links.setdefault(self._path[1], []).extend(link for link in links if link)

    def data(self, text: str) -> None:
        """A piece of text."""
        if len(self._path) >= _PROPERTY:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        if not self._path:
            return
        text = " ".join("".join(self._text).split())
        if text and (len(self._path) == _PROPERTY or tag in _LEAVES):
            self._texts.setdefault(self._path[1], []).append(text)
        self._text.clear()
        self._path.pop()

    def close(self) -> None:
        """The document ends."""


class _Parser(DefusedXMLParser):
    """Reads the entities that drawing programs use for name spaces, and refuses all others.

    Plain short text is let through while all of it cannot grow large; an entity made of entities,
    one from outside, and a parameter entity raise ValueError.
    """

    def __init__(self, target: _Properties, references: int) -> None:
        super().__init__(target=target, forbid_dtd=False, forbid_entities=True)
        self._references = references
        self._longest = 0

    def defused_entity_decl(  # noqa: PLR0913, PLR0917  the arguments are expat's
        self,
        name: str,
        is_parameter_entity: bool,  # noqa: FBT001  as above
        value: str | None,
        base: str | None,
        sysid: str | None,
        pubid: str | None,
        notation_name: str | None,
    ) -> None:
        """Called by expat at each entity that the file declares."""
        del base, sysid, pubid, notation_name
        if is_parameter_entity or value is None:
            raise ValueError(f"entity {name!r} comes from outside or builds the document type")
        if "&" in value or "<" in value or len(value) > _ENTITY_CHARS:
            raise ValueError(f"entity {name!r} is more than a short plain text")
        self._longest = max(self._longest, len(value))
        if self._longest * self._references > _EXPANDED_CHARS:
            raise ValueError(f"entity {name!r} would grow the file too much")


def _properties(body: bytes) -> _Properties:
    """What a drawing says of itself; ParseError, ValueError or LookupError if it is not XML."""
    found = _Properties()
    # "&" has this byte in every encoding that expat reads (UTF-16 and supersets of ASCII).
    parser = _Parser(found, body.count(b"&"))
    parser.feed(body)
    parser.close()
    return found


def _tag(text: str) -> str:
    """A language tag in its usual case ("en-GB"), or "" if the text is none."""
    parts = _TAG.fullmatch(text)
    if parts is None:
        return ""
    language, script, region, variants = parts.groups()
    usual = (language.lower(), (script or "").title(), (region or "").upper())
    return "-".join(part for part in usual if part) + variants.lower()


def _is_web(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""


def _once(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _open(terms: Terms, options: Options, /) -> SvgRdf:
    return SvgRdf(terms, cast("SvgRdfOptions", options))


CONNECTORS.add(
    Connector(
        "svg-rdf",
        version=1,
        options=SvgRdfOptions,
        open=_open,
        summary="SVG drawings with Dublin Core and Creative Commons RDF inside them",
    )
)
