"""The connector `debian-copyright`: files that a machine-readable debian/copyright names.

The format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ ("DEP-5").
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import translate
from typing import Literal, Self, cast
from urllib.parse import unquote

from pydantic import Field, model_validator

from curator.model import Candidate, Caption, CaptionKind, Claim, ItemId
from curator.query import Query, Ref, Reply
from curator.sources.base import CONNECTORS, Connector, Options
from curator.terms import Terms

_FIELD = re.compile(r"([!-,.-9;-~][!-9;-~]*):(.*)", re.DOTALL)  # Debian Policy §5.1
_PIECE = re.compile(r"\\([*?\\])|([*?])|([^*?\\]+|\\)")
_COMMONS = re.compile(r"https?://commons\.wikimedia\.org/wiki/(\S+)")
_YEARS = r"(?:19|20)\d\d(?:[ ]?[-\u2013][ ]?(?:\d\d\d\d|\d\d|present))?"
_MARK = r"\(c\)|©|copyright\b"
_LEADING = re.compile(rf"(?:{_MARK}|{_YEARS}\b|[\s,.:;])", re.IGNORECASE)
# Behind a name, a year counts as one only after a mark: "Studio 2000" keeps its name.
_TAIL_CHARS = 200  # characters from the end in which to look for it, so that long lines stay cheap
_TRAILING = re.compile(rf"(?:,|;|\(c\)|\(|©)\s?{_YEARS}\)?", re.IGNORECASE)


class CaptionOptions(Options):
    """What to take as a caption where the copyright file holds none of its own."""

    from_: Literal["comment-url", "file-name"] = Field(alias="from")
    kind: CaptionKind = Field(CaptionKind.FILE_TITLE, strict=False)
    lang: str = "und"  # BCP 47
    license: str = ""

    @model_validator(mode="after")
    def _file_names_are_called_so(self) -> Self:
        if self.from_ == "file-name" and self.kind is not CaptionKind.FILE_NAME:
            raise ValueError('a caption from the file name has the kind "file-name"')
        return self


class DebianCopyrightOptions(Options):
    """The keys of `debian-copyright`."""

    copyright: str = "copyright"  # the file's name in the folder, where `path` names the folder
    caption: CaptionOptions | None = None


@dataclass(frozen=True, slots=True)
class DebianCopyright:
    """Every file that is named singly is a candidate, whether it is there or not."""

    terms: Terms
    options: DebianCopyrightOptions

    def first(self) -> Iterator[Query]:
        """The copyright file."""
        yield Query((Ref(self.terms.at or self.options.copyright, "bytes"),))

    def read(self, reply: Reply) -> Iterator[Candidate | Query]:
        """One candidate per file name, in order of first appearance.

        The last paragraph that names a file speaks for it. A pattern in a later paragraph that
        matches it too speaks beside it: where the two disagree, they are two claims that do.
        """
        chosen: dict[str, _Paragraph] = {}
        patterns: list[tuple[re.Pattern[str], _Paragraph]] = []
        for paragraph in _paragraphs(reply.body.decode("utf-8-sig", errors="replace")):
            for word in paragraph.text("files").split():
                name, pattern = _pattern(word)
                if pattern is None:
                    chosen[name] = paragraph
                else:
                    patterns.append((pattern, paragraph))
        for name, paragraph in chosen.items():
            over = [p for rx, p in patterns if p.line > paragraph.line and rx.fullmatch(name)]
            yield self._candidate(name, [paragraph, *over[-1:]], reply.at)

    def _candidate(self, name: str, said: list["_Paragraph"], file: str) -> Candidate:
        paragraph = said[0]
        item = ItemId(f"{self.terms.source}:{name}")
        where = f"{file}: line {paragraph.line}"
        faults = [p.fault for p in said if p.fault]
        if faults:
            return Candidate(item, name, notes=(("unreadable", faults[0]),), where=where)
        licenses = dict.fromkeys(p.text("license").partition("\n")[0].strip() for p in said)
        notice = paragraph.text("copyright").strip()
        creators = (_holder(line) for line in notice.split("\n"))
        page, title = _commons(paragraph.text("comment"))
        return Candidate(
            item=item,
            image=name,
            claims=tuple(
                Claim("image", text, f"{file}: License of {name}") for text in licenses if text
            ),
            captions=tuple(self._captions(name, title)),
            title=title,
            creator=", ".join(creator for creator in creators if creator),
            copyright_notice="\n".join(line.strip() for line in notice.split("\n")),
            landing_url=page,
            where=where,
        )

    def _captions(self, name: str, title: str) -> Iterator[Caption]:
        wanted = self.options.caption
        if wanted is None:
            return
        if wanted.from_ == "comment-url":
            text, place = title, "Comment"
        else:
            text, place = posixpath.splitext(posixpath.basename(name))[0], "Files"
        if text:
            yield Caption(text, wanted.lang, wanted.kind, wanted.license, place)


@dataclass(slots=True)
class _Paragraph:
    """One paragraph: its fields by name in lower case, and why it cannot be relied on."""

    line: int  # 1-based
    fields: dict[str, list[str]] = field(default_factory=dict)
    fault: str = ""

    def text(self, name: str) -> str:
        """A field's lines, without the space that leads a further line; "" if there is none."""
        return "\n".join(self.fields.get(name, []))


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """The paragraphs in order; whatever breaks the format is a fault of its paragraph."""
    paragraph = _Paragraph(1)
    lines: list[str] = []  # of the open field
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.rstrip("\r")
        if line.startswith("#"):
            continue
        if not line.strip(" \t"):
            if paragraph.fields or paragraph.fault:
                yield paragraph
            paragraph, lines = _Paragraph(number + 1), []
            continue
        if "\ufffd" in line:
            paragraph.fault = paragraph.fault or f"line {number} is not UTF-8"
        head = _FIELD.fullmatch(line)
        if line[0] in " \t" and lines:
            lines.append("" if line.strip() == "." else line[1:])
        elif head is None:
            paragraph.fault = paragraph.fault or f"line {number} is neither a field nor part of one"
        else:
            name = head[1].lower()
            if name in paragraph.fields:
                paragraph.fault = paragraph.fault or f"line {number} repeats the field {head[1]}"
            lines = paragraph.fields.setdefault(name, [])
            lines.append(head[2].strip())
    if paragraph.fields or paragraph.fault:
        yield paragraph


def _pattern(word: str) -> tuple[str, re.Pattern[str] | None]:
    """A file name with its escapes undone, and the pattern if it has wildcards.

    "*" and "?" stand for slashes too; a backslash before anything else stands for itself.
    """
    name, rule, wild = "", "", False
    for escaped, wildcard, plain in _PIECE.findall(word):
        name += escaped or wildcard or plain
        rule += wildcard or re.sub(r"[*?[]", r"[\g<0>]", escaped or plain)
        wild = wild or bool(wildcard)
    return name, re.compile(translate(rule)) if wild else None


def _holder(line: str) -> str:
    """A line of Copyright without years and marks: the name, with whatever else stands there."""
    start, end = 0, len(line)
    while found := _LEADING.match(line, start):
        start = found.end()
    for found in _TRAILING.finditer(line, max(start, end - _TAIL_CHARS)):
        if not line[found.end() :].strip(" \t,.;0123456789-\u2013"):
            end = found.start()
            break
    return line[start:end].strip()


def _commons(comment: str) -> tuple[str, str]:
    """The first Wikimedia Commons file page in a text, and that file's title without suffix."""
    for found in _COMMONS.finditer(comment):
        page = found[0].rstrip(".,;)>")
        name = unquote(page.partition("/wiki/")[2].partition("?")[0].partition("#")[0])
        space, colon, title = name.partition(":")
        if colon and space.lower() == "file":
            return page, posixpath.splitext(title.replace("_", " "))[0].strip()
    return "", ""


def _open(terms: Terms, options: Options, /) -> DebianCopyright:
    return DebianCopyright(terms, cast("DebianCopyrightOptions", options))


CONNECTORS.add(
    Connector(
        "debian-copyright",
        version=1,
        options=DebianCopyrightOptions,
        open=_open,
        summary="Files named one by one in a Debian package's machine-readable copyright file",
    )
)
