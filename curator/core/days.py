"""Reads dates as records write them: strictly, since a date is a proof here."""

import re
from datetime import date

_DAY = re.compile(r"(\d{4})([-/])(\d{2})\2(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def span(text: str) -> tuple[date, date] | None:
    """The first and last day of "2018-04-18", "2018/04/18" or "2018"; None for all else."""
    text = text.strip()
    try:
        if day := _DAY.fullmatch(text):
            found = date(int(day[1]), int(day[3]), int(day[4]))
            return found, found
        if _YEAR.fullmatch(text):
            return date(int(text), 1, 1), date(int(text), 12, 31)
    except ValueError:  # 2018-02-30, and the year 0
        return None
    return None


def within(text: str, since: date | None, until: date | None) -> bool | None:
    """Whether the time lies wholly inside the bounds; None if a bound is set and it is unknown."""
    if since is None and until is None:
        return True
    days = span(text)
    if days is None:
        return None
    return (since is None or since <= days[0]) and (until is None or days[1] <= until)
