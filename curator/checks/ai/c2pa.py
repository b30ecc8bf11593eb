"""Reads what the C2PA manifests of a file say of its making: all of them, ingredients too.

C2PA 2.2, "Actions": https://spec.c2pa.org/. A claim of AI removes whether or not its signature
holds; a claim of a camera clears nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from curator.checks.ai.evidence import embedded
from curator.checks.base import CHECKS
from curator.core import jumbf, xmp
from curator.core.c2pa_statements import Part, parts
from curator.core.container import faults_of
from curator.core.generators import NAME_CHARS, is_generator, plain
from curator.core.source_type import AI_FIELDS, TERMS, scan, term
from curator.model import Answer, Evidence, Needs, Strength
from curator.view import FileFacts, View

_POINTER = ("http://purl.org/dc/terms/", "provenance")  # XMP's word for where the store is
_HERE = "self#"
_AI, _COMPOSITE = "ai.c2pa", "ai.composite"
_STATE = "c2pa.signature"
_UNCHECKED = "not checked"  # whether it holds would depend on the day and on lists of signers

# Tools that do nothing but generate, by name in plain form, and what their work counts as where
# an action states no source type. Who signed is no sign: Adobe and Google sign photographs too.
_TOOLS = MappingProxyType(
    {
        "adobe firefly": _AI,
        "black forest labs api": _AI,
        "chatgpt": _AI,
        "dall e": _AI,
        "dreamina": _AI,
        "flux 2": _AI,
        "gpt 4o": _AI,
        "gpt image": _AI,
        "higgsfield ai": _AI,
        "image creator from designer": _AI,
        "microsoft responsible ai": _AI,
        "microsoft responsible ai image provenance": _AI,
        "openai api": _AI,
        "openai media service api": _AI,
        "photo assist": _COMPOSITE,  # Samsung's, for photographs
    }
)
# Other whole values that give AI away, whatever their name: Google's descriptions of an action,
# its credit line, and C2PA's type for what a generator is asked.
_VALUES = frozenset(
    {
        "added imperceptible synthid watermark",
        "c2pa types generator prompt",
        "created by google generative ai",
        "made with google ai",
    }
)
_WATERMARKED = "c2pa.watermarked"


@dataclass(frozen=True, slots=True)
class C2pa:
    """Says yes for each claim of AI; a store that cannot be read is searched and held."""

    id: str = "ai.c2pa"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "The file's C2PA manifests say how the image was made"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """What the manifests of each file claim."""
        return [tuple(dict.fromkeys(self._one(view.facts))) for view in views]

    def _one(self, facts: FileFacts | None) -> Iterator[Evidence]:
        if facts is None:
            yield self._said(_AI, Answer.UNKNOWN, words="the file was not read")
            return
        stores = [(data, jumbf.read(data)) for data in facts.jumbf]
        found = [said for data, store in stores for said in self._store(data, store)]
        held = any(store.manifests or store.faults for _, store in stores)
        if not held:
            found += self._elsewhere(facts)
        yield from found
        if not any(e.strength is not Strength.WEAK for e in found):
            yield self._rest(faults_of(facts, "C2PA") if held else faults_of(facts, "C2PA", "XMP"))
        if held:
            yield replace(self._said(_STATE, Answer.UNKNOWN), value=_UNCHECKED)

    def _rest(self, faults: Sequence[str]) -> Evidence:
        """The answer where no manifest says anything of AI."""
        if faults:
            return self._said(_AI, Answer.UNKNOWN, words=faults[0])
        return self._said(_AI, Answer.NO)

    def _elsewhere(self, facts: FileFacts) -> Iterator[Evidence]:
        """The store lies elsewhere; one that lay here was taken out, as metadata often is."""
        for packet in facts.xmp:
            for said in xmp.read(packet).properties:
                if said[:2] == _POINTER:
                    away = self._said("rights.unreadable", Answer.YES, "XMP provenance", said.value)
                    gone = said.value.startswith(_HERE)
                    yield replace(away, strength=Strength.WEAK) if gone else away

    def _store(self, data: bytes, store: jumbf.Store) -> Iterator[Evidence]:
        by_manifest = [tuple(self._manifest(manifest)) for manifest in store.manifests]
        active = {said.question for said in by_manifest[-1]} if by_manifest else set()
        partly = _COMPOSITE in active and _AI not in active
        for of_manifest in by_manifest:
            yield from map(self._less, of_manifest) if partly else of_manifest
        if store.faults:
            for named in scan(data):
                yield self._term(named, "C2PA", named)
            yield self._said("rights.unreadable", Answer.YES, "C2PA", store.faults[0])

    def _less(self, said: Evidence) -> Evidence:
        """An ingredient's claim where the active manifest says that only a part is AI-made."""
        whole = said.question == _AI and said.answer is Answer.YES
        return replace(said, question=_COMPOSITE) if whole else said

    def _manifest(self, manifest: jumbf.Manifest) -> list[Evidence]:
        found: list[Evidence] = []
        for said in manifest.assertions:
            for part in parts(said):
                found += self._part(part, f"C2PA {manifest.label} {said.label}")
        settled = any(e.question in (_AI, _COMPOSITE) and e.answer is Answer.YES for e in found)
        for said in manifest.claims:
            for part in parts(said):
                asked = replace(part, tools=()) if settled else part
                found += self._part(asked, f"C2PA {manifest.label} {said.label}")
        return found

    def _part(self, part: Part, where: str) -> Iterator[Evidence]:
        """What a part says; a source type of AI speaks louder than the name of a tool."""
        telling = False
        for name, value in part.texts:
            named = term(name, value)
            if named and TERMS.get(named) != "":
                telling |= TERMS.get(named) in ("ai", _COMPOSITE)
                yield self._term(named, where, f"{part.action} {value.strip()}".strip())
            elif name in AI_FIELDS or _is_value(value):
                yield self._said(_AI, Answer.YES, where, f"{part.action} {name}: {value}".strip())
        for tool in () if telling else part.tools:
            question = _tool(tool)
            if question:
                yield self._said(question, Answer.YES, where, f"{part.action} {tool}".strip())
        if part.action.startswith(_WATERMARKED):  # on works of people too
            mark = self._said("ai.ambiguous", Answer.YES, where, part.action)
            yield replace(mark, strength=Strength.WEAK)

    def _term(self, named: str, where: str, words: str) -> Evidence:
        """The evidence of a source type; one that nobody knows is unknown."""
        question = TERMS.get(named)
        if question is None:
            return self._said(_AI, Answer.UNKNOWN, where, words)
        return self._said(_AI if question == "ai" else question, Answer.YES, where, words)

    def _said(self, question: str, answer: Answer, where: str = "", words: str = "") -> Evidence:
        return embedded(f"{self.id}@{self.version}", question, answer, where, words)


def _tool(name: str) -> str:
    """The question that a tool's name answers with yes, "" for none."""
    if len(name) > NAME_CHARS:
        return ""
    return _TOOLS.get(plain(name), _AI if is_generator(name) else "")


def _is_value(text: str) -> bool:
    return len(text) <= NAME_CHARS and plain(text) in _VALUES


CHECKS.add(C2pa())
