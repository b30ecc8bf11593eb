"""ai.txt as Spawning writes it: lines of robots.txt about kinds of files, said to AI alone.

https://site.spawning.ai/spawning-ai-txt; the generator: github.com/Spawning-Inc/spawning-wp-plugin.
"""

import re

from curator.core.reservations import paths
from curator.core.reservations.signal import AI_TXT, Finding, Stance, decode, is_page, too_long

STANDARD = "ai.txt"

_RULE = re.compile(r"(allow|disallow)\s*+:\s*+(\S++)", re.IGNORECASE)
# Other formats of the same name state one policy in a line: github.com/ai-txt, draft-car-ai-txt.
_POLICY = re.compile(r"(?:training|allow-training|permission)\s*+:\s*+([\w-]++)", re.IGNORECASE)
_POLICIES = {
    "deny": Stance.RESERVED,
    "deny-training": Stance.RESERVED,
    "disallow": Stance.RESERVED,
    "no": Stance.RESERVED,
    "allow": Stance.ALLOWED,
    "allow-training": Stance.ALLOWED,
    "yes": Stance.ALLOWED,
}


def read(body: bytes | str, url: str, where: str = AI_TXT) -> tuple[Finding, ...]:
    """What the file says of a URL: the longest pattern, at equal length the prohibition.

    It speaks to AI, so whichever agent a line names, it is meant. A file that holds none of the
    known lines is another format of the same name, and unreadable.
    """
    text, cut = decode(body)
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    if is_page(text) or not any(lines):
        return ()
    found = [*_policies(lines, where), *_longest(lines, paths.of(url), where)]
    if not any(_RULE.match(line) or _POLICY.match(line) for line in lines):
        found.append(Finding(STANDARD, where, "none of its lines is known", Stance.UNREADABLE))
    return tuple(dict.fromkeys([*found, too_long(STANDARD, where)] if cut else found))


def _policies(lines: list[str], where: str) -> list[Finding]:
    stated = [match for line in lines if (match := _POLICY.fullmatch(line))]
    return [
        Finding(STANDARD, where, match[0][:200], _POLICIES.get(match[1].lower(), Stance.UNREADABLE))
        for match in stated
    ]


def _longest(lines: list[str], path: str, where: str) -> list[Finding]:
    """The rule that decides; endings are compared without regard to case, as files vary."""
    held = [(match[1].lower(), match[2]) for line in lines if (match := _RULE.match(line))]
    meant = [
        (len(pattern), rule == "disallow", pattern)
        for rule, pattern in held
        if paths.matches(_anchored(pattern).lower(), path.lower())
    ]
    if not meant:
        return []
    _, closed, pattern = max(meant)
    words = f"{'Disallow' if closed else 'Allow'}: {pattern}"
    stance = Stance.RESERVED if closed else Stance.ALLOWED
    return [Finding(STANDARD, where, words[:200], stance)]


def _anchored(pattern: str) -> str:
    """A pattern that begins anywhere where it names an ending or a file without its folder."""
    return pattern if pattern.startswith(("/", "*")) else f"*{pattern}"
