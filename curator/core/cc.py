"""Creative Commons by rule: every version and port, by name and by address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from curator.core.license_table import ACCEPTED, Row, shelf
from curator.core.license_text import key
from curator.model import LicenseClass

_DEED = re.compile(r"/(?:(?:deed|legalcode)(?:\.[a-z]{2,4}(?:[-_][a-z]{2,8})?)?|rdf)$")
_VERSION = re.compile(r"\d\.\d(?:,\d\.\d)*")
UNVERSIONED = "unversioned"


@dataclass(frozen=True, slots=True)
class Code:
    """Which elements make a license, as in BY-NC-SA."""

    name: str
    cls: LicenseClass
    why: str
    obligations: tuple[str, ...]
    path: str
    only: frozenset[str]  # empty: every version


@dataclass(frozen=True, slots=True)
class Version:
    """A version, the ports that may follow it, and the words that may."""

    alone: bool
    ports: frozenset[str]
    called: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words and addresses of Creative Commons, from `licenses/cc.toml`."""

    host: str
    codes: Mapping[frozenset[str], Code]
    paths: Mapping[str, Code]
    versions: Mapping[str, Version]
    words: Mapping[tuple[str, ...], tuple[str, str]]  # phrase → (kind, meaning)
    longest: int  # words in the longest phrase


@cache
def grammar() -> Grammar:
    """The grammar, built once."""
    table = shelf().creative_commons
    ports = frozenset(table["ports"])
    codes: dict[frozenset[str], Code] = {}
    paths: dict[str, Code] = {}
    for entry in table["codes"]:
        code = Code(
            name="-".join(entry["elements"]).upper(),
            cls=LicenseClass(entry["class"]),
            why=entry["why"],
            obligations=tuple(entry.get("obligations", ())),
            path=entry["paths"][0],
            only=frozenset(entry.get("only", ())),
        )
        codes[frozenset(entry["elements"])] = code
        paths.update(dict.fromkeys(entry["paths"], code))
    versions = {
        entry["id"]: Version(
            alone=entry["alone"],
            ports=ports if "*" in entry["ports"] else frozenset(entry["ports"]),
            called=frozenset(key(word) for word in entry["called"]),
        )
        for entry in table["versions"]
    }
    words = _words(table)
    return Grammar(table["host"], codes, paths, versions, words, max(map(len, words)))


def _words(table: Mapping[str, Any]) -> dict[tuple[str, ...], tuple[str, str]]:
    found: dict[tuple[str, ...], tuple[str, str]] = {}

    def add(phrases: Sequence[str], kind: str, meaning: str) -> None:
        for phrase in phrases:
            found[tuple(key(phrase).split())] = (kind, meaning)

    add(table["fillers"], "filler", "")
    add(table["marks"]["words"], "mark", "")
    for version in table["versions"]:
        for word in version["called"]:
            add([word], "called", key(word))
    for port, names in table["ports"].items():
        add([port, *names], "port", port)
    for element, names in table["elements"].items():
        add(names, "element", element)
    return found


def by_name(words: str) -> tuple[str, ...]:
    """The ids that a name (as `license_text.key` gives it) stands for; () if it is no CC name."""
    tokens = _lex(words.split())
    if tokens is None:
        return ()
    sets, versions, ports, called = _parts(tokens)
    code = grammar().codes.get(next(iter(sets))) if len(sets) == 1 else None
    marked = any(kind == "mark" for kind, _ in tokens)
    if code is None or len(versions) > 1 or len(ports) > 1 or "?" in ports:
        return ()
    if not (marked or code.name.startswith("BY")) and not versions:
        return ()  # a lone "NC" may be a state
    if not versions:
        return () if ports else (_id(code, UNVERSIONED, ""),)
    port = next(iter(ports), "")
    listed = next(iter(versions)).split(",")
    if called and (port or not all(called <= _version(each).called for each in listed)):
        return ()
    ids = tuple(identify(code, each, port) for each in listed)
    return ids if all(ids) else ()


def _parts(
    tokens: Sequence[tuple[str, str]],
) -> tuple[set[frozenset[str]], set[str], set[str], set[str]]:
    """The sets of elements, the versions, the ports ("?" = out of place) and other words."""
    sets: set[frozenset[str]] = set()
    group: set[str] = set()
    found: dict[str, set[str]] = {"version": set(), "port": set(), "called": set()}
    before = ""
    for kind, meaning in [*tokens, ("end", "")]:
        if kind == "element":
            group.add(meaning)
        elif group:
            sets.add(frozenset(group))
            group = set()
        if kind in found:
            stray = kind == "port" and before != "version"
            found[kind].add("?" if stray else meaning)
        before = kind
    return sets, found["version"], found["port"], found["called"]


def only_fillers(words: str) -> bool:
    """Whether a text says nothing of its own, as "licensed under" beside a link."""
    tokens = _lex(words.split())
    return tokens is not None and all(kind in {"filler", "mark"} for kind, _ in tokens)


def _lex(words: Sequence[str]) -> list[tuple[str, str]] | None:
    known = grammar()
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        if _VERSION.fullmatch(words[at]):
            tokens.append(("version", words[at]))
            at += 1
            continue
        for size in range(min(known.longest, len(words) - at), 0, -1):
            token = known.words.get(tuple(words[at : at + size]))
            if token is not None:
                tokens.append(token)
                at += size
                break
        else:
            return None
    return tokens


def by_address(page: str) -> str:
    """The id that "host/path" stands for; "" if it is no license of Creative Commons."""
    host, _, path = page.partition("/")
    steps = path.split("/")
    code = grammar().paths.get(steps[1]) if len(steps) in {2, 3, 4} else None
    if host != grammar().host or steps[0] != "licenses" or code is None:
        return ""
    version, port = [*steps[2:], "", ""][:2]
    return identify(code, version, port) if version else _id(code, UNVERSIONED, "")


def without_deed(page: str) -> str:
    """An address of Creative Commons without the deed's or legal code's language."""
    return _DEED.sub("", page) if page.startswith(grammar().host + "/") else page


def _version(version: str) -> Version:
    return grammar().versions.get(version) or Version(
        alone=False, ports=frozenset(), called=frozenset()
    )


def identify(code: Code, version: str, port: str) -> str:
    """The id of a license; "" where Creative Commons never wrote it."""
    known = _version(version)
    exists = port in known.ports if port else known.alone
    if code.only and (f"{version}-{port}" if port else version) not in code.only:
        exists = False
    return _id(code, version, port) if exists else ""


def _id(code: Code, version: str, port: str) -> str:
    name = "-".join(filter(None, ("CC", code.name, version, port.upper())))
    return name if name in shelf().listed else f"LicenseRef-{name}"


def versioned(expression: str, version: str) -> str:
    """The expression with the version its source declares, where a license has none itself."""

    def complete(match: re.Match[str]) -> str:
        parts = _take_apart(match[0])
        return (identify(parts[0], version, "") if parts else "") or match[0]

    return _BARE_ID.sub(complete, expression)


def by_id(folded: str) -> str:
    """The id that a text (as `license_text.fold` gives it) spells out; "" if it is not ours."""
    name = folded.removeprefix("licenseref-").upper().replace(UNVERSIONED.upper(), UNVERSIONED)
    made = f"LicenseRef-{name}"
    return made if folded.startswith("licenseref-cc-") and row(made) else ""


def completes(bare: str, full: str) -> bool:
    """Whether `full` is `bare` with a version, as a link says more than the text it lies under."""
    one, other = _take_apart(bare), _take_apart(full)
    return bool(one and other and one[1] == UNVERSIONED and one[0] == other[0])


def row(license_id: str) -> Row | None:
    """What curator holds of an id of Creative Commons; None if it is not one."""
    parts = _take_apart(license_id)
    if parts is None:
        return None
    code, version, port = parts
    accepted = code.cls in ACCEPTED
    place = "/".join(filter(None, (code.path, "" if version == UNVERSIONED else version, port)))
    if accepted and version == UNVERSIONED:
        reason, why = "rights.unversioned", "which version of the license is meant is not told"
    else:
        reason, why = "rights.refused", code.why
    return Row(
        id=license_id,
        cls=code.cls,
        accepted=accepted and version != UNVERSIONED,
        reason=reason if not accepted or version == UNVERSIONED else None,
        why=why,
        obligations=code.obligations if accepted and version != UNVERSIONED else (),
        url="" if version == UNVERSIONED else f"https://{grammar().host}/licenses/{place}/",
        family="cc",
    )


@cache
def _by_code_name() -> Mapping[str, Code]:
    return {code.name: code for code in grammar().codes.values()}


_BARE_ID = re.compile(rf"LicenseRef-CC-[A-Z-]+-{UNVERSIONED}")
_ID = re.compile(r"(?:LicenseRef-)?CC-([A-Z-]+)-(\d\.\d|unversioned)(?:-([A-Z]+))?")


def _take_apart(license_id: str) -> tuple[Code, str, str] | None:
    match = _ID.fullmatch(license_id)
    code = _by_code_name().get(match[1]) if match else None
    if match is None or code is None:
        return None
    version, port = match[2], (match[3] or "").lower()
    made = _id(code, version, port) if version == UNVERSIONED else identify(code, version, port)
    return (code, version, port) if made == license_id else None
