"""Takes C2PA claims and assertions apart into what checks ask of: actions, tools, texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from curator.core.jumbf import Assertion

_ACTIONS = ("c2pa.actions", "c2pa.actions.v2")


@dataclass(frozen=True, slots=True)
class Part:
    """One action, or a claim or assertion less its actions.

    `tools` are the names of what did it; `texts` are all (name, text) in it however deep, names
    without the prefix of a namespace.
    """

    action: str
    tools: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]


def is_actions(label: str) -> bool:
    """Whether a label is that of actions; a second assertion of them ends in "__1" and so on."""
    return label.partition("__")[0] in _ACTIONS


def parts(said: Assertion) -> Iterator[Part]:
    """The parts of an assertion; what is not laid out as the standard says is still one part."""
    value = said.value
    if not is_actions(said.label) or not isinstance(value, Mapping):
        yield Part("", _generators(value), tuple(_texts(value)))
        return
    rest = {name: held for name, held in value.items() if name != "actions"}
    actions, agents = value.get("actions"), value.get("softwareAgents")
    for action in actions if isinstance(actions, list) else [actions]:
        yield _action(action, agents)
    yield Part("", (), tuple(_texts(rest)))  # templates, and metadata of the assertion


def _action(action: object, agents: object) -> Part:
    if not isinstance(action, Mapping):
        return Part("", (), tuple(_texts(action)))
    tools = list(_names(action.get("softwareAgent")))
    place = action.get("softwareAgentIndex")
    if isinstance(agents, list) and isinstance(place, int) and 0 <= place < len(agents):
        tools += _names(agents[place])
    kind = action.get("action")
    return Part(kind if isinstance(kind, str) else "", tuple(tools), tuple(_texts(action)))


def _generators(claim: object) -> tuple[str, ...]:
    """The tool that made a claim: by its info, and as the first product of a user agent's line."""
    if not isinstance(claim, Mapping):
        return ()
    info = claim.get("claim_generator_info")
    tools = [name for one in (info if isinstance(info, list) else [info]) for name in _names(one)]
    line = claim.get("claim_generator")
    if isinstance(line, str):
        tools += [line, line.partition("/")[0], line.partition(" ")[0].partition("/")[0]]
    return tuple(dict.fromkeys(tools))


def _names(agent: object) -> Iterator[str]:
    """A tool's name: a text in the first version of actions, a map that has one in the second."""
    name = agent.get("name") if isinstance(agent, Mapping) else agent
    if isinstance(name, str) and name:
        yield name


def _texts(value: object) -> Iterator[tuple[str, str]]:
    """Every text in a value with the name it stands under, in order."""
    stack: list[tuple[str, object]] = [("", value)]
    while stack:
        name, held = stack.pop()
        if isinstance(held, str):
            yield name, held
        elif isinstance(held, Mapping):
            inner = [(str(key).rpartition(":")[2], one) for key, one in held.items()]
            stack.extend(reversed(inner))
        elif isinstance(held, list):
            stack.extend((name, one) for one in reversed(held))
