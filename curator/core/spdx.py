"""License statements as found in the wild, read into SPDX expressions and judged on their text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from curator import data
from curator.core import cc, license_expr, public_domain
from curator.core.license_expr import Weight
from curator.core.license_table import Row, shelf
from curator.core.license_text import address, fold, key, plain
from curator.model import LicenseClass

# Characters. The longest statement seen with its HTML is under 2,000; what is longer is a text
# about rights, not the name of a license.
MAX_CHARS = 4000
_READINGS = 16384  # cached; a source repeats a handful of statements over all its records

_HIDING = re.compile(r"<[^<>]*\s(?:style|hidden)\b|<(?:s|strike|del)[\s>]", re.IGNORECASE)
_BUTTON = re.compile(r"(?:i\.creativecommons\.org|licensebuttons\.net)/l/([a-z-]+/\d\.\d)/")
_OPEN = frozenset({LicenseClass.PUBLIC_DOMAIN, LicenseClass.ATTRIBUTION, LicenseClass.SHARE_ALIKE})
_OPERATOR = re.compile(r"\s+(or|and)\s+(?!later\b|any later\b|newer\b)")
_SPDX_PAGE = re.compile(r"spdx\.org/licenses/([a-z0-9.+-]+?)(?:\.html|\.json|\.txt)?")
_FILE_NAME = re.compile(r"[A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a license statement was understood as, and whether its text alone is enough."""

    raw: str
    spdx: str | None  # SPDX expression; None = not understood
    cls: LicenseClass
    accepted: bool  # judged on the text alone, under the shipped policy
    reason: str | None  # None if accepted, else a code of core.reasons
    why: str  # one sentence
    steps: tuple[str, ...]  # each step of the normalisation


@lru_cache(maxsize=_READINGS)
def read(raw: str, version: str = "") -> Reading:
    """What a statement means; `version` is what the source declares for unversioned CC ("4.0").

    Matching is exact on a normalised form. A word that is not understood makes the whole
    statement unknown; so does a link that says something else than the text.
    """
    if not raw.strip():
        return _none(raw)
    if len(raw) > MAX_CHARS:
        return _unknown(raw, ("it is too long to be the name of a license",))
    if _HIDING.search(raw) or raw.count("(") != raw.count(")"):
        return _unknown(raw, ("its markup hides words, or a part of it is missing",))
    text, links = plain(raw)
    links = (*links, *(f"https://creativecommons.org/licenses/{b}" for b in _BUTTON.findall(raw)))
    steps = [f"without markup: {text}"] if text != raw else []
    steps.append(f"compared as: {key(text) or '(nothing)'}")
    found, how = _find(text)
    if links:
        found, how = _with_links(text, found, links)
    steps.append(how)
    if found is None:
        return _unknown(raw, tuple(steps), text)
    if version and (declared := cc.versioned(found, version)) != found:
        steps.append(f"version {version} declared by the source: {declared}")
        found = declared
    return replace(standing(found), raw=raw, steps=tuple(steps))


@lru_cache(maxsize=_READINGS)
def standing(expression: str) -> Reading:
    """The judgement on an SPDX expression as `read` gives it."""
    if not expression:
        return _none(expression)
    weight = _weigh(expression)
    if weight is None:
        return _unknown(expression, (f"not an expression of known licenses: {expression}",))
    return Reading(
        raw=expression,
        spdx=weight.expression,
        cls=weight.cls,
        accepted=weight.accepted,
        reason=weight.reason,
        why=f"{weight.chosen}: {weight.why}.",
        steps=(f"{weight.expression}: {weight.cls}",),
    )


def text_name(spdx_id: str) -> str | None:
    """The file in `licenses/` that holds a license's full text, None if there is none."""
    return _text_name(spdx_id) if _FILE_NAME.fullmatch(spdx_id) else None


def url(spdx_id: str) -> str:
    """The canonical address of a license, "" if it has none."""
    row = _row(spdx_id)
    if row is None:
        return ""
    if row.url or spdx_id.startswith("LicenseRef-"):
        return row.url
    return f"https://spdx.org/licenses/{spdx_id}.html"


def obligations(expression: str) -> tuple[str, ...]:
    """What the chosen license, or all licenses joined by AND, ask of who passes a work on."""
    weight = _weigh(expression)
    return weight.obligations if weight else ()


def table() -> tuple[Row, ...]:
    """Every license curator has an entry for, sorted by id."""
    listed = (cc.row(each) for each in shelf().listed if each not in shelf().rows)
    rows = [*shelf().rows.values(), *(row for row in listed if row)]
    return tuple(sorted(rows, key=lambda row: (row.id.casefold(), row.id)))


@cache
def _text_name(spdx_id: str) -> str | None:
    name = f"texts/{spdx_id}.txt"
    return name if data.licenses().joinpath("texts", f"{spdx_id}.txt").is_file() else None


def _none(raw: str) -> Reading:
    return Reading(
        raw=raw,
        spdx=None,
        cls=LicenseClass.UNKNOWN,
        accepted=False,
        reason="rights.none",
        why="No license is stated.",
        steps=("nothing is written there",),
    )


def _unknown(raw: str, steps: tuple[str, ...], text: str = "") -> Reading:
    refusal = next((each for each in shelf().refusals if text and each.meets(text)), None)
    why = f"Not a license: {refusal.why}" if refusal else "Not a license that curator knows"
    return Reading(
        raw=raw,
        spdx=None,
        cls=refusal.cls if refusal else LicenseClass.UNKNOWN,
        accepted=False,
        reason="rights.refused" if refusal else "rights.unknown",
        why=f"{why}.",
        steps=steps,
    )


def _with_links(text: str, found: str | None, links: tuple[str, ...]) -> tuple[str | None, str]:
    """Text and links must say the same; a link may add the version that the text leaves out."""
    linked = {_find(link)[0] for link in links}
    if len(linked) != 1 or None in linked:
        return None, f"a link is not understood, or links differ: {', '.join(links)}"
    (link,) = linked
    if found is None and not cc.only_fillers(key(text)):
        return None, "the text beside the link is not understood"
    if found in {None, link} or cc.completes(str(found), str(link)):
        return link, f"by its link: {link}"
    return None, f"the text says {found} and its link says {link}"


def _find(text: str) -> tuple[str | None, str]:
    """The expression a statement stands for, and how it was found."""
    single = _single(text)
    if single is not None:
        return single
    for way, reader in (("templates", _templates), ("joined by AND or OR", _compound)):
        expression = reader(text)
        if expression:
            return expression, f"{way}: {expression}"
    return None, "no name, address or rule matches"


def _single(text: str) -> tuple[str, str] | None:
    words = key(text)
    if words in shelf().names:
        return shelf().names[words], f"by name: {shelf().names[words]}"
    own = cc.by_id(fold(text)) or public_domain.by_id(fold(text))
    if own:
        return own, f"its own id: {own}"
    pages = address(text)
    if pages is not None:
        found = _by_address(pages)
        return (found, f"by address: {found}") if found else None
    ids = cc.by_name(words)
    if ids:
        return " OR ".join(ids), f"a name of Creative Commons: {' OR '.join(ids)}"
    tag = public_domain.by_name(words)
    return (tag, f"a public domain tag: {tag}") if tag else None


def _by_address(pages: tuple[str, ...]) -> str:
    for page in pages:
        place = cc.without_deed(page)
        listed = _SPDX_PAGE.fullmatch(place)
        if place in shelf().urls:
            return shelf().urls[place]
        if listed and key(listed[1]) in shelf().names:
            return shelf().names[key(listed[1])]
    return cc.by_address(cc.without_deed(pages[-1])) if pages else ""


def _templates(text: str) -> str:
    """Wiki templates: "self|GFDL|cc-by-sa-3.0" offers a choice, "PD-Art|PD-old-100" is one tag."""
    inner = fold(text)
    if inner.startswith("{{") and inner.endswith("}}"):
        inner = inner[2:-2]
    arms = [arm.strip() for arm in inner.split("|")]
    if inner == fold(text) and len(arms) == 1:
        return ""
    if public_domain.wraps(key(arms[0])):
        return public_domain.by_name(key(" ".join(arms)))
    if len(arms) > 1 and arms[0] in shelf().template["own"]:
        arms = arms[1:]
    elif inner == fold(text) and not all(read(arm).cls in _OPEN for arm in arms):
        return ""  # a bare bar lists values as often as it offers a choice
    arms = [arm for arm in arms if arm not in shelf().template["ignored"]]
    return _join([part for arm in arms for part in (arm, "or")][:-1])


def _compound(text: str) -> str:
    parts = _OPERATOR.split(fold(text))
    if any(part.count("(") != part.count(")") for part in parts[::2]):
        parts = [piece for part in parts for piece in re.split(r"([()])", part) if piece.strip()]
    return _join(parts) if len(parts) > 1 else ""


def _join(parts: list[str]) -> str:
    """The expression of operands, operators and brackets in a row; "" if any is not understood."""
    words = list(_operands(parts))
    if not all(words):
        return ""
    weight = _weigh(" ".join(words))
    return weight.expression if weight else ""


def _operands(parts: list[str]) -> Iterator[str]:
    for part in parts:
        if part in {"or", "and", "(", ")"}:
            yield part.upper()
            continue
        single = _single(part)
        compound = single is not None and " OR " in single[0]
        yield f"({single[0]})" if single and compound else single[0] if single else ""


def _weigh(expression: str) -> Weight | None:
    row = _row(expression)
    return Weight.of(row) if row else license_expr.weigh(expression, _row)


def _row(license_id: str) -> Row | None:
    known = shelf().rows.get(license_id) or cc.row(license_id) or public_domain.row(license_id)
    if known or license_id not in shelf().listed:
        return known
    return Row(
        id=license_id,
        cls=LicenseClass.UNKNOWN,
        accepted=False,
        reason="rights.refused",
        why="it is on the SPDX list, but curator has no entry that says what it asks for",
    )
