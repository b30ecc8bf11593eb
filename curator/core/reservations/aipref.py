"""AI Preferences: the vocabulary of `Content-Usage`, a dictionary of structured fields.

https://datatracker.ietf.org/doc/draft-ietf-aipref-vocab/ §6, RFC 9651 §4.2.2.
"""

import re
from collections.abc import Mapping

from curator.core.reservations.signal import CONTENT_USAGE, HEADER_CHARS, Finding, Stance

STANDARD = "aipref"
# The draft of August 2026 has train-ai alone; earlier drafts had the others, and hosts still say
# them. All of them cover training, so "n" to any is honoured.
LABELS = ("train-ai", "train-genai", "genai", "tdm", "bots")

_KEY = re.compile(r"[a-z*][a-z0-9_.*-]*+")
_ITEM = re.compile(
    r"""-?\d{1,12}\.\d{1,3}(?!\d) | -?\d{1,15}(?![\d.])             # decimal, integer
      | "(?:[ !#-\[\]-~]|\\["\\])*+"                                # string
      | :[A-Za-z0-9+/=]*+: | \?[01] | @-?\d{1,15}                   # bytes, boolean, date
      | %"(?:[ !#$&-~]|%[0-9a-f]{2})*+"                             # display string
      | (?P<token>[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*+)
    """,
    re.VERBOSE,
)
_STANCES = {"y": Stance.ALLOWED, "n": Stance.RESERVED}
_WORST = (Stance.RESERVED, Stance.UNREADABLE, Stance.ALLOWED)


def read(value: str) -> tuple[Finding, ...]:
    """What the header says of training the content of its response."""
    said = worst(preferences(value))
    return (Finding(STANDARD, CONTENT_USAGE, value.strip()[:200], said),) if said else ()


def preferences(value: str) -> Mapping[str, Stance] | None:
    """The stance on every label of training that is there; None where it is no dictionary.

    A value that is neither the token y nor n is unreadable; of a repeated key the last counts.
    """
    if len(value) > HEADER_CHARS:
        return None
    held = _Dictionary(value.strip(" \t")).read()
    if held is None:
        return None
    return {
        label: _STANCES.get(held[label], Stance.UNREADABLE) for label in LABELS if label in held
    }


def worst(found: Mapping[str, Stance] | None) -> Stance | None:
    """The strictest of the stances; None where nothing is said of training."""
    if found is None:
        return Stance.UNREADABLE
    return next((each for each in _WORST if each in found.values()), None)


class _Dictionary:
    """Reads a dictionary; every method gives False, or None, where the text is none."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def read(self) -> dict[str, str] | None:
        """Key → token; "" for a value of another type."""
        found: dict[str, str] = {}
        while self.at < len(self.text):
            key = self._take(_KEY)
            if key is None:
                return None
            value = self._value() if self._char("=") else ""
            if value is None or not self._parameters():
                return None
            found[key[0]] = value
            self._spaces(" \t")
            if self.at == len(self.text):
                return found
            if not self._char(","):
                return None
            self._spaces(" \t")
            if self.at == len(self.text):
                return None  # a comma at the end
        return found

    def _value(self) -> str | None:
        if not self._char("("):
            item = self._take(_ITEM)
            return None if item is None else item["token"] or ""
        while True:
            self._spaces(" ")
            if self._char(")"):
                return ""
            if self._take(_ITEM) is None or not self._parameters():
                return None
            if self.text[self.at : self.at + 1] not in {" ", ")"}:
                return None

    def _parameters(self) -> bool:
        while self._char(";"):
            self._spaces(" ")
            if self._take(_KEY) is None:
                return False
            if self._char("=") and self._take(_ITEM) is None:
                return False
        return True

    def _take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        found = form.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    def _char(self, char: str) -> bool:
        there = self.text.startswith(char, self.at)
        self.at += there
        return there

    def _spaces(self, kinds: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in kinds:
            self.at += 1
