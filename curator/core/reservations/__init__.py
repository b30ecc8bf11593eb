"""Reservations against AI training and data mining: one parser per standard, one judgement.

Parsers are total: whatever they are given, they answer, and what they cannot read they say so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from curator.core.reservations import (
    ai_txt,
    aipref,
    content_signal,
    meta_robots,
    robots,
    rsl,
    tdmrep,
    x_robots,
)
from curator.core.reservations import signal as places
from curator.core.reservations.signal import Finding, Signal, Stance

__all__ = ["Finding", "Signal", "Stance", "judge"]


_Reader = Callable[[str, str, str], tuple[Finding, ...]]  # of value, URL, where
_READERS: Mapping[str, _Reader] = {
    places.ROBOTS: lambda value, url, _: robots.read(value, url),
    places.TDM_FILE: lambda value, url, _: tdmrep.read_file(value, url),
    places.AI_TXT: ai_txt.read,
    places.AI_TXT_WELL_KNOWN: ai_txt.read,
    places.TDM_HEADER: lambda value, _, where: tdmrep.read_header(value, where),
    places.TDM_IN_FILE: lambda value, _, where: tdmrep.read_header(value, where),
    places.X_ROBOTS: lambda value, _, __: x_robots.read(value),
    places.CONTENT_USAGE: lambda value, _, __: aipref.read(value),
    places.CONTENT_SIGNAL: lambda value, _, where: content_signal.read(value, where),
    places.PAGE: lambda value, _, __: (*tdmrep.read_html(value), *meta_robots.read(value)),
}
_NO_STATEMENT = (places.TDM_POLICY, places.LINK)  # they point to other files


def judge(signals: Sequence[Signal], url: str = "/") -> tuple[Finding, ...]:
    """What all signals together say of the image at `url` (or of a path), each finding once.

    Within a standard its own precedence holds; between standards none lifts another's
    reservation. A license file that is named and was not read is unreadable. No finding means
    that nothing was said.
    """
    found = [finding for signal in signals for finding in _read(signal, url)]
    found += _unread_licenses(signals, url)
    return tuple(dict.fromkeys(tdmrep.effective(found)))


def _read(signal: Signal, url: str) -> tuple[Finding, ...]:
    where, value = signal
    if not value.strip() or where in _NO_STATEMENT:
        return ()
    if where.startswith(places.RSL):
        return rsl.read(value, url, where)
    reader = _READERS.get(where)
    if reader is None:
        return (Finding("unknown", where, value[:200], Stance.UNREADABLE),)
    return reader(value, url, where)


def _unread_licenses(signals: Sequence[Signal], url: str) -> Iterator[Finding]:
    """A finding for every RSL file that is named and of which no signal brings the text."""
    read = {where.removeprefix(places.RSL) for where, value in signals if value.strip()}
    for where, value in signals:
        named: tuple[str, ...] = ()
        if where == places.ROBOTS:
            named = robots.licenses(value, url)
        elif where == places.LINK:
            named = rsl.linked(value)
        for address in named:
            if address not in read:
                words = f"License: {address}"[:200]
                yield Finding(rsl.STANDARD, where, words, Stance.UNREADABLE)
