"""Reads the years of a life or a work as catalogues write them: only what leaves no doubt."""

import re

from curator.core.days import span

_RANGE = re.compile(r"(\d{4})\s?[-\u2013/]\s?(\d{4})", re.ASCII)
# "1850s" is ten years. "1800s" may be ten or a hundred, and is not read.
_DECADE = re.compile(r"(\d{2}[1-9])0s", re.ASCII)


def years(text: str) -> tuple[int, int] | None:
    """The first and last year of "1889", "1889-05-01", "1880-1889", "1880/1889" and "1880s".

    None for all else: what is near ("c. 1628"), doubted ("[1769?]"), open ("before 1850"), before
    our era, and "1904-05", which may be a month or two years.
    """
    text = text.strip()
    if days := span(text):
        return days[0].year, days[1].year
    if found := _RANGE.fullmatch(text):
        first, last = int(found[1]), int(found[2])
        return (first, last) if 0 < first <= last else None
    if found := _DECADE.fullmatch(text):
        first = 10 * int(found[1])
        return first, first + 9
    return None
