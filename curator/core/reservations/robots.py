"""What robots.txt says to us and to crawlers that gather training data (RFC 9309 and extensions).

Extensions: `Content-Usage` (draft-ietf-aipref-attach), `Content-Signal`, `License` (RSL 1.0 §4.4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

from protego import Protego

from curator.core.reservations import aipref, content_signal, paths
from curator.core.reservations.signal import ROBOTS, Finding, Stance, decode, is_page, too_long

STANDARD = "robots"
OWN = "curator"  # the product token of our User-Agent
# Agents whose function is training or gathering data for it, by github.com/ai-robots-txt and their
# operators' pages. General tools on that list (Scrapy, translation, search) say nothing of AI.
TRAINING = (
    "AI2Bot",
    "Ai2Bot-Dolma",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Cotoyogi",
    "DeepSeekBot",
    "FriendlyCrawler",
    "Google-Extended",
    "GPTBot",
    "ICC-Crawler",
    "img2dataset",
    "LAIONDownloader",
    "laion-huggingface-processor",
    "meta-externalagent",
    "PanguBot",
    "SBIntuitionsBot",
    "TikTokSpider",
    "Timpibot",
)
AGENTS = (OWN, "*", *TRAINING)

_AGENT_LINES = {"user-agent", "useragent", "user agent"}
# What ends the agents' lines of a group. By RFC 9309 §2.1 an unknown line does not; crawl-delay and
# its kin are no rules there either, but hosts that write them after "*" do not mean the next group.
_RULE_LINES = {
    "allow",
    "disallow",
    "content-usage",
    "content-signal",
    "crawl-delay",
    "request-rate",
    "visit-time",
    "clean-param",
    "noindex",
}
_OUTSIDE = {"sitemap", "license", "host"}  # they belong to no group and end none
_KEPT = 4  # files remembered, as a host's images follow one another; 30 MiB each at the worst
_RULES = 1000  # per group and kind; real files have a handful
_LONGEST = 200  # characters of a line that are quoted


class _Line(NamedTuple):
    name: str  # in lower case; "" where the line is none that names something
    value: str
    raw: str


@dataclass(slots=True, eq=False)
class _Group:
    agents: set[str] = field(default_factory=set)  # in lower case
    lines: list[_Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the file tells some agents, all of them the same."""

    agents: tuple[str, ...]
    rules: Protego  # as for "*"
    usage: tuple[str, ...]  # the values of Content-Usage
    signals: tuple[str, ...]  # and of Content-Signal


def read(
    body: bytes | str, url: str, agents: tuple[str, ...] = AGENTS, where: str = ROBOTS
) -> tuple[Finding, ...]:
    """What the file says of a URL to any of these agents; a block is a reservation."""
    text, cut = decode(body)
    if is_page(text):
        return ()
    path = paths.of(url)
    told = _told(text, agents)
    found = [*_blocked(told, path, where), *(f for each in told for f in _said(each, path, where))]
    return tuple(dict.fromkeys([*found, too_long(STANDARD, where)] if cut else found))


def licenses(body: bytes | str, base: str = "") -> tuple[str, ...]:
    """The addresses of RSL license files that the file names, in order, each once."""
    text, _ = decode(body)
    named = (line.value for line in _lines(text) if line.name == "license" and line.value)
    return tuple(dict.fromkeys(_absolute(base, value) for value in named))


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _blocked(told: Sequence[_Told], path: str, where: str) -> Iterator[Finding]:
    blocked: list[str] = []
    for each in told:
        try:
            allowed = each.rules.can_fetch(f"https://host{path}", "*")
        except ValueError:  # an address that urllib cannot take apart
            yield Finding(STANDARD, where, "not understood", Stance.UNREADABLE)
        else:
            blocked += () if allowed else each.agents
    if blocked:
        words = f"Disallow for {', '.join(blocked)}"
        yield Finding(STANDARD, where, words[:_LONGEST], Stance.RESERVED)


def _said(told: _Told, path: str, where: str) -> Iterator[Finding]:
    """What the new kinds of lines say of a path."""
    if max(len(told.usage), len(told.signals)) > _RULES:
        words = f"more than {_RULES} rules of one kind"
        yield Finding(STANDARD, where, words, Stance.UNREADABLE)
    yield from _usage(told.usage[:_RULES], path, where)
    for value in told.signals[:_RULES]:
        pattern, said = _with_path(value)
        stance = content_signal.stance(said) if paths.matches(pattern, path) else None
        if stance:
            words = f"Content-Signal: {value}"[:_LONGEST]
            yield Finding(content_signal.STANDARD, where, words, stance)


def _usage(values: Sequence[str], path: str, where: str) -> Iterator[Finding]:
    """For every label the rule with the longest path; of rules with one path the strictest.

    What cannot be read is told, and hides no shorter rule.
    """
    said: list[tuple[str, int, str, Stance]] = []
    for value in values:
        pattern, expression = _with_path(value)
        if paths.matches(pattern, path):
            held = aipref.preferences(expression)
            found = {"": Stance.UNREADABLE} if held is None else held
            said += [(label, len(pattern), value, stance) for label, stance in found.items()]
    longest: dict[str, int] = {}
    for label, length, _, stance in said:
        if stance is not Stance.UNREADABLE:
            longest[label] = max(length, longest.get(label, 0))
    for label, length, value, stance in said:
        if stance is Stance.UNREADABLE or length == longest[label]:
            yield Finding(aipref.STANDARD, where, f"Content-Usage: {value}"[:_LONGEST], stance)


def _with_path(value: str) -> tuple[str, str]:
    """A rule's path and the rest; without a path it holds for all."""
    if not value.startswith("/"):
        return "/", value
    pattern, *rest = value.split(maxsplit=1)
    return pattern, rest[0] if rest else ""


@lru_cache(maxsize=_KEPT)
def _told(text: str, agents: tuple[str, ...]) -> tuple[_Told, ...]:
    """What each agent is told: its own groups joined, else those for all (RFC 9309 §2.2.1).

    The new kinds of lines, where they stand before any agent, are meant for all.
    """
    loose, *groups = _groups(text)
    chosen: dict[tuple[_Group, ...], list[str]] = {}
    for agent in agents:
        own = tuple(group for group in groups if agent.lower() in group.agents)
        heard = own or tuple(group for group in groups if "*" in group.agents)
        chosen.setdefault(heard, []).append(agent)
    return tuple(
        _Told(
            agents=tuple(named),
            rules=Protego.parse("\n".join(["user-agent: *", *(line.raw for line in _all(heard))])),
            usage=_values((loose, *heard), "content-usage"),
            signals=_values((loose, *heard), "content-signal"),
        )
        for heard, named in chosen.items()
    )


def _values(groups: Sequence[_Group], name: str) -> tuple[str, ...]:
    return tuple(line.value for line in _all(groups) if line.name == name)


def _all(groups: Sequence[_Group]) -> Iterator[_Line]:
    return (line for group in groups for line in group.lines)


def _groups(text: str) -> list[_Group]:
    """The groups in order; the first holds what stands before any agent."""
    groups = [_Group()]
    open_ = False  # whether a further agent joins the group
    for line in _lines(text):
        if line.name in _AGENT_LINES:
            if not open_:
                groups.append(_Group())
            groups[-1].agents.add(_product(line.value))
            open_ = True
        elif line.name not in _OUTSIDE:
            groups[-1].lines.append(line)
            open_ = open_ and line.name not in _RULE_LINES
    return groups


def _product(value: str) -> str:
    """The product token of an agent's line: "GPTBot/1.0 (crawler)" names gptbot."""
    word = (value.lower().replace("/", " ").split() or [""])[0]
    return word if word == "*" else word.rstrip("*")


def _lines(text: str) -> Iterator[_Line]:
    """Every line less its comment; a name may do without its colon, as Google's parser has it."""
    for full in text.splitlines():
        raw = full.partition("#")[0].strip()
        name, colon, value = raw.partition(":")
        if not colon:
            name, _, value = raw.partition(" ")
            name = name if name.lower() in {*_AGENT_LINES, "allow", "disallow"} else ""
        if raw:
            yield _Line(name.strip().lower(), value.strip(), raw)
