"""Evidence about AI that lies in the file itself, equal evidence being one object."""

from functools import lru_cache

from curator.model import Answer, Evidence, Ground, quote


@lru_cache(maxsize=4096)  # nearly every file has the same answers: nothing there
def embedded(
    check: str, question: str, answer: Answer, where: str = "", words: str = ""
) -> Evidence:
    """Certain evidence about the image; of `words` as much is kept as may be published."""
    return Evidence(
        about="image",
        check=check,
        question=question,
        answer=answer,
        basis=Ground.EMBEDDED,
        where=where,
        quote=quote(words),
    )
