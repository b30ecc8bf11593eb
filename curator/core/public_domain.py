"""Public-domain tags of Wikimedia Commons by rule: `PD-` and known words."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from curator.core.license_table import Row, shelf
from curator.core.license_text import key
from curator.model import LicenseClass

_PREFIX = "LicenseRef-Commons-"


@cache
def _words() -> Mapping[tuple[str, ...], str]:
    """The words of tags, as their key spells them → as Commons spells them."""
    return {tuple(key(word).split()): word for word in shelf().public_domain["words"]}


def wraps(words: str) -> bool:
    """Whether a template takes another one that gives the reason, as PD-Art does."""
    return words in shelf().public_domain["wrappers"]


def by_name(words: str) -> str:
    """The id of a tag (words as `license_text.key` gives them); "" if a word is not known."""
    parts = words.split()
    if len(parts) < 2 or parts[0] != "pd":  # noqa: PLR2004 - "PD" alone is no tag
        return ""
    spelled: list[str] = []
    at = 0
    while at < len(parts):
        for size in (3, 2, 1):
            word = _words().get(tuple(parts[at : at + size]))
            if word is not None and len(parts[at : at + size]) == size:
                spelled.append(word.replace(" ", "-"))
                at += size
                break
        else:
            return ""
    if any(one == after for one, after in pairwise(spelled)):
        return ""
    return _PREFIX + "-".join(spelled)


def by_id(folded: str) -> str:
    """The id that a text (as `license_text.fold` gives it) spells out; "" if it is not ours."""
    made = by_name(key(folded.removeprefix(_PREFIX.casefold())))
    return made if made.casefold() == folded else ""


def row(license_id: str) -> Row | None:
    """What curator holds of a tag; None if the id is not one that `by_name` gives."""
    if not license_id.startswith(_PREFIX):
        return None
    if by_name(key(license_id.removeprefix(_PREFIX))) != license_id:
        return None
    return Row(
        id=license_id,
        cls=LicenseClass.PUBLIC_DOMAIN,
        accepted=False,
        reason="rights.pd-reason",
        why=shelf().public_domain["why"],
        family="public-domain",
    )
