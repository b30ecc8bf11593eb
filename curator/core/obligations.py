"""What the licenses of a pair ask of whoever passes it on, and what a recipe can promise."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from curator import data
from curator.core import spdx
from curator.core.policy import ADMITTED
from curator.errors import Fault
from curator.model import Basis, LicenseClass

# In the order in which they are listed everywhere.
DUTIES = MappingProxyType(
    {
        "attribution": "name the creator, or whom the licensor asks to be named",
        "title": "give the title, where the licensor gave one",
        "copyright-notice": "keep the copyright notice, where there is one",
        "permission-notice": "pass the license's own text on with every copy",
        "license-notice": "name the license and give its text or its address",
        "warranty-notice": "keep the notice that there is no warranty",
        "source-link": "give the address of the work, where practicable",
        "notice-of-changes": "say what was changed",
        "share-alike": "pass adaptations on under the same license only",
    }
)
STRATA = MappingProxyType(
    {
        LicenseClass.PUBLIC_DOMAIN: "pd",
        LicenseClass.ATTRIBUTION: "by",
        LicenseClass.SHARE_ALIKE: "by-sa",
        LicenseClass.OPT_IN: "opt-in",
    }
)

# With its version and, where it has one, its port.
CREATIVE_COMMONS = re.compile(r"(?:LicenseRef-)?CC-BY(?:-SA)?-(\d\.\d)(?:-([A-Z]+))?")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_OPERATORS = frozenset({"OR", "AND", "WITH"})
_KEPT = 4_096  # expressions; a set repeats a few dozen
# Under these no compilation of free items can stand.
_RESTRICTS = MappingProxyType(
    {
        LicenseClass.NON_COMMERCIAL: "it forbids commercial use",
        LicenseClass.NO_DERIVATIVES: "it forbids adaptations",
        LicenseClass.RESERVED: "it reserves the rights",
    }
)
_WRITE = "Write CC0-1.0, CC-BY-4.0 or another open license with its version"


@lru_cache(maxsize=_KEPT)
def taken(expression: str) -> tuple[str, ...]:
    """The licenses under which a thing is used: of an OR the arm that is chosen, of an AND all.

    An empty or unreadable expression gives ().
    """
    reading = spdx.standing(expression)
    if reading.spdx is None:
        return ()
    if " " not in expression:
        return (expression,)
    from license_expression import Licensing  # noqa: PLC0415 - takes longer than most starts

    node = Licensing().parse(expression)
    arms = [arm.render("{symbol.key}") for arm in node.args]
    if type(node).__name__ == "OR":
        # The judge copies the words of the arm that it takes; equal words are the same license.
        return taken(next(arm for arm in arms if spdx.standing(arm).why == reading.why))
    return tuple(dict.fromkeys(each for arm in arms for each in taken(arm)))


def named(expression: str) -> tuple[str, ...]:
    """Every license that an expression names, sorted."""
    return tuple(sorted(set(_NAME.findall(expression)) - _OPERATORS))


def text(license_id: str) -> str:
    """The full text of a license where curator has it, else what is known of it."""
    file = spdx.text_name(license_id)
    known = " ".join(filter(None, (spdx.standing(license_id).why, spdx.url(license_id))))
    return data.text(file) if file else known


@lru_cache(maxsize=_KEPT)
def duties(*expressions: str) -> tuple[str, ...]:
    """All that the rights of a pair (image, work, caption) ask for, in the order of `DUTIES`."""
    asked = {
        duty
        for expression in expressions
        for license_id in taken(expression)
        for duty in (*spdx.obligations(license_id), *_finer(license_id))
    }
    return tuple(duty for duty in DUTIES if duty in asked)


def _finer(license_id: str) -> Iterator[str]:
    """What the license's own text asks beside the obligations of its class.

    CC BY and BY-SA: section 4(b) or 4(c) of 1.0 to 3.0, section 3(a)(1) of 4.0.
    """
    cc = CREATIVE_COMMONS.fullmatch(license_id)
    if cc:
        yield from ("copyright-notice", "warranty-notice")
        if cc[1] < "4.0":
            yield "title"
        if cc[1] > "1.0":
            yield "source-link"
    elif asks_for_notice(license_id):
        yield from ("copyright-notice", "permission-notice", "warranty-notice")


def asks_for_notice(license_id: str) -> bool:
    """Whether it is a license of data or text, whose own notice goes with every copy."""
    return license_id in _with_notice()


@cache
def _with_notice() -> frozenset[str]:
    return frozenset(
        row.id for row in spdx.table() if row.family == "data-and-text" and row.accepted
    )


def mix(
    compilation: str, accept: frozenset[LicenseClass], bases: Mapping[str, Basis]
) -> Fault | None:
    """Why a recipe asks for what cannot be: its own license, or a source none of which passes.

    `compilation` (dataset.license) covers selection and arrangement only, so CC0 beside
    share-alike items is fine, and a license that would restrict them is not. `accept` is
    policy.accept; `bases` gives the basis of every enabled source.
    """
    wrong = _promise(compilation, accept)
    if wrong:
        return Fault(f"`license` under `dataset` cannot be {compilation!r}: {wrong}", _WRITE)
    for source, basis in sorted(bases.items()):
        if not ADMITTED[basis] & accept:
            has = " or ".join(sorted(ADMITTED[basis]))
            what = f"nothing of the source {source!r} could be published: its basis is {basis}"
            fix = f"Add {has} to `accept` under `policy`, or set `enabled: false`"
            return Fault(f"{what}, of which `accept` admits no class", fix)
    return None


def _promise(compilation: str, accept: frozenset[LicenseClass]) -> str:
    reading = spdx.read(compilation)
    if reading.spdx is None:
        return reading.why.rstrip(".").lower()
    if reading.reason == "rights.unversioned":
        return "it names no version, so nobody can tell what is promised"
    if reading.reason == "rights.pd-reason":
        return "a mark or a claim frees nothing; only a dedication gives up one's own rights"
    if reading.cls is LicenseClass.UNKNOWN:
        return "curator does not know what it asks for"
    if reading.cls is LicenseClass.OPT_IN:
        return "it is a creator's consent to the use of named works"
    if reading.cls not in _RESTRICTS:
        return ""
    wrong = f"{_RESTRICTS[reading.cls]}, and what is open here must stay open"
    if LicenseClass.SHARE_ALIKE in accept:
        wrong += "; share-alike items may carry no further restriction"
    return wrong
