"""Every reason for which an item or a caption is not published: the one documented table."""

from types import MappingProxyType

from curator.model import Verdict

# In the order of DESIGN §7: among reasons of the same verdict the first is the item's.
_HELD = {
    "rights.unversioned": "A Creative Commons license without version, and the source states none",
    "rights.pd-reason": "“Public domain” without a reason that holds, or not said by one who may",
    "rights.unreadable": "A statement of rights or origin is there and cannot be read",
    "rights.review": "A re-upload whose license nobody reviewed, or a license in dispute",
    "ai.algorithmic": "Declared to be made by an algorithm, perhaps a trained one",
    "ai.ambiguous": "Signs of AI that a person must weigh",
    "ai.undeclared": "Nothing dates the image before generative AI, nobody declares its making",
    "rights.depicted": "The picture may show a work or a building with its own rights",
    "rights.mark": "The picture may show a trademark",
    "people.personality": "The picture may show a person whose rights are not cleared",
    "safety.weak": "A weak safety signal",
    "source.ambiguous": "Two records claim to be the same item",
}
_REJECTED = {
    "rights.none": "No license is stated for the image, or for any of its captions",
    "rights.unknown": "The license statement is not one that curator knows",
    "rights.refused": "The license is known and not accepted here",
    "rights.conflict": "Two statements of rights contradict each other",
    "rights.reserved": "The rights holder reserves use for AI or data mining",
    "rights.consent": "No valid consent of the creator covers these bytes",
    "rights.basis": "The license is acceptable, but not on the basis this source declares",
    "review.refused": "A person looked at it and refused it",
    "ai.c2pa": "A C2PA manifest in the file says the image is AI-made",
    "ai.metadata": "Metadata in the file says the image is AI-made",
    "ai.declared": "The source's record says the image is AI-made",
    "ai.composite": "Part of the image is declared to be AI-made",
    "caption.none": "There is no caption",
    "caption.ai": "The caption is AI-made",
    "caption.boilerplate": "Boilerplate, a credit or a file name: it says nothing of the image",
    "caption.length": "The caption is too short, or too long with nothing to cut at",
    "caption.language": "No caption is in a language that was asked for",
    "caption.cap": "The same caption stands under too many images",
    "image.format": "Not a file format that curator reads",
    "image.small": "A side is shorter than the recipe asks for",
    "image.aspect": "Longer and narrower than the recipe allows",
    "image.flat": "The image is one flat colour",
    "image.broken": "The file is damaged or does not end where it should",
    "image.animated": "More than one frame",
    "image.crash": "Opening the file ended the worker that tried",
    "image.font": "The drawing holds text that needs a font from outside the file",
    "dup.exact": "The same bytes are already in the edition",
    "dup.near": "Nearly the same picture is already in the edition",
    "eval.overlap": "The image belongs to an evaluation set",
    "fetch.gone": "The file is not there",
    "fetch.changed": "The file is not the one that was recorded",
    "fetch.refused": "The file may not be fetched: a refused address or path",
    "fetch.large": "The file is larger than the recipe allows",
}
_PENDING = {
    "fetch.unreadable": "The file could not be read this time",
}

REASONS = MappingProxyType(
    {code: (Verdict.HOLD, words) for code, words in _HELD.items()}
    | {code: (Verdict.REJECT, words) for code, words in _REJECTED.items()}
    | {code: (Verdict.PENDING, words) for code, words in _PENDING.items()},
)
ORDER = MappingProxyType({code: place for place, code in enumerate(REASONS)})
