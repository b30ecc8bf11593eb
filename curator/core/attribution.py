"""The attribution line: title, name, license, source, changes, as licenses ask for it."""

from collections.abc import Sequence

from curator.core import spdx


def line(title: str, creator: str, license_id: str, page: str, changes: Sequence[str]) -> str:
    """One line of plain text; what is not known is left out, never guessed.

    CC licenses ask for these parts (CC BY 4.0 section 3(a)(1); CC BY 2.0-3.0 section 4).
    """
    name = f"“{title}”" if title else "Untitled"
    parts = [f"{name} by {creator}" if creator else name]
    where = spdx.url(license_id)
    parts.append(f"licensed {license_id} ({where})" if where else f"licensed {license_id}")
    if page:
        parts.append(f"source: {page}")
    if changes:
        parts.append(f"changes: {'; '.join(changes)}")
    return ", ".join(parts)
