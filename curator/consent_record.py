"""The signed JSON records of opt-in consent and of its revocation, as frozen models."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from curator.recipe_types import Contact, Day, Matching, Part, refusal

CONSENT, REVOCATION = "curator-consent-1", "curator-revocation-1"  # the formats and their version

Role = Literal["creator", "guardian", "co-author"]
Use = Literal["allowed", "notAllowed"]

# No control characters, line separators or turns of the writing direction: names are published.
_SHOWN = r"[^\x00-\x20\x7f-\x9f\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069]"
_SPACED = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"

Phrase = Annotated[
    str,
    Matching(
        rf"{_SHOWN}(?:{_SPACED}{{0,998}}{_SHOWN})?",
        "should be one line of at most 1000 characters",
        "Write it in one line without spaces around it",
    ),
]
Credit = Annotated[
    str,
    Matching(
        rf"{_SHOWN}(?:{_SPACED}{{0,98}}{_SHOWN})?",
        "should be a name of at most 100 characters",
        "Write the name in one line, as it is to be credited",
    ),
]
ConsentId = Annotated[
    str,
    Matching(
        r"[a-z0-9](?:[a-z0-9.-]{6,62}[a-z0-9])",
        "is not an id of a consent",
        "Use 8 to 64 of a-z 0-9 . -, with a letter or digit at both ends",
    ),
]
Digest = Annotated[
    str,
    Matching(r"[0-9a-f]{64}", "is no SHA-256", "Write the 64 hex digits that sha256sum gives"),
]
PublicKey = Annotated[  # 32 bytes in the one spelling that base64 has for them
    str,
    Matching(
        r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=",
        "is no Ed25519 public key in base64",
        "Write the key that `curator consent key` prints",
    ),
]
SignatureValue = Annotated[  # 64 bytes, likewise
    str,
    Matching(
        r"[A-Za-z0-9+/]{85}[AQgw]==",
        "is no Ed25519 signature in base64",
        "Let `curator consent sign` write it",
    ),
]


class Work(Part):
    """One file that the consent covers: these bytes and no others."""

    sha256: Digest
    title: Phrase | None = None


class Scopes(Part):
    """The four uses of CAWG's training and data mining assertion 1.1, each allowed or not."""

    ai_training: Use
    ai_generative_training: Use
    data_mining: Use
    ai_inference: Use


class Person(Part):
    """Somebody who signs."""

    name: Credit
    """As it is to be credited; of a guardian it is never published."""
    key: PublicKey


class Creator(Person):
    """The one who made the works and signs first."""

    contact: Contact
    """Kept private: it never leaves the operator's work folder."""


class AgreedTerms(Part):
    """The text that is agreed to, by name and by digest."""

    license: Annotated[
        str,
        Matching(
            r"LicenseRef-optin-[A-Za-z0-9.-]{1,60}",
            "is no id of opt-in terms",
            "Write LicenseRef-optin-clip-1.0",
        ),
    ]
    sha256: Digest


class Signature(Part):
    """One signature over the canonical JSON of the record without its signatures."""

    key: PublicKey
    role: Role
    value: SignatureValue


class Consent(Part):
    """What a creator allows, for which files, until when; signed by all whose word is needed."""

    format: Literal["curator-consent-1"]
    id: ConsentId
    """Published with every work; says nothing of the creator unless the creator wants it to."""
    creator: Creator
    co_authors: tuple[Person, ...] = ()
    minor: bool = False
    """The creator is a minor: a guardian signs too."""
    guardian: Person | None = None
    works: Annotated[tuple[Work, ...], Field(min_length=1)]
    scopes: Scopes
    resale: bool
    """Whether copies of the works may be sold as part of a dataset."""
    result_licenses: tuple[Phrase, ...] = ()
    """SPDX ids that what is trained may be given away under; empty = no wish."""
    start: Day
    expiry: Day
    """The last day on which the consent holds."""
    revocation: Contact
    """Where a revocation is sent or published."""
    authorship: Phrase
    """The creator's own statement of having made the works."""
    not_ai_made: bool
    """true = the creator states that no generative AI made the works or a part of them."""
    terms: AgreedTerms
    signatures: tuple[Signature, ...] = ()

    @model_validator(mode="after")
    def _agrees(self) -> "Consent":
        if self.expiry < self.start:
            raise refusal("expires before it starts", "Let `expiry` be the later day")
        if self.minor and self.guardian is None:
            raise refusal("is a minor's and names no guardian", "Write `guardian: {name, key}`")
        digests = [work.sha256 for work in self.works]
        if len(set(digests)) < len(digests):
            raise refusal("names a work twice", "Write each digest once")
        keys = [key for _, key in self.signers()]
        if len(set(keys)) < len(keys):
            raise refusal(
                "has one key for two people", "Let everybody sign with a key of their own"
            )
        return self

    def signers(self) -> tuple[tuple[Role, str], ...]:
        """Everybody who must sign, as (role, key)."""
        guardian: list[tuple[Role, str]] = []
        if self.guardian is not None:
            guardian = [("guardian", self.guardian.key)]
        authors: list[tuple[Role, str]] = [("co-author", each.key) for each in self.co_authors]
        return (("creator", self.creator.key), *guardian, *authors)

    def authors(self) -> frozenset[str]:
        """The keys of those who made the works."""
        return frozenset((self.creator.key, *(each.key for each in self.co_authors)))

    def credit(self) -> str:
        """The names as credited, the creator's first."""
        return ", ".join((self.creator.name, *(each.name for each in self.co_authors)))


class RevocationSignature(Part):
    """One of the consent's own keys signs its end."""

    key: PublicKey
    value: SignatureValue


class Revocation(Part):
    """The end of a consent, by anybody whose signature the consent needed."""

    format: Literal["curator-revocation-1"]
    revokes: ConsentId
    date: Day
    signature: RevocationSignature
