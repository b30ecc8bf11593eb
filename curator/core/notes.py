"""The names of notes: one word per fact, so that connectors and checks mean the same by it."""

from collections.abc import Iterable
from types import MappingProxyType

CREATOR_DIED = "creator_died"
WORK_DATE = "work_date"
INSTITUTION = "institution"
TEMPLATE = "template"
COUNTRY = "country"
HOLDER = "holder"
RESTRICTION = "restriction"
CATEGORY = "category"
UPLOADED_FROM = "uploaded_from"
LICENSE_REVIEW = "license_review"
READ_AT = "read_at"

# What each must hold; a note may stand several times, as a work with two creators has two deaths.
NOTES = MappingProxyType(
    {
        CREATOR_DIED: "When the creator died, as the source writes it; one for each creator",
        WORK_DATE: "When the work was made, as the source writes it; without it `created` counts",
        INSTITUTION: "Who keeps the work, where the statement of rights is the keeper's own",
        TEMPLATE: "One tag of rights on the work's page: a Commons template with its parameters",
        COUNTRY: "The country of origin: where the work was first published, else its creator's",
        HOLDER: "`self` where the uploader is the named creator",
        RESTRICTION: "A right beside copyright that the page warns of: Commons' `Restrictions`",
        CATEGORY: "One category that the work's page stands in",
        UPLOADED_FROM: "The platform that the uploader brought the file over from: `flickr`",
        LICENSE_REVIEW: "`passed` where the license on that platform was compared and is the same",
        READ_AT: "YYYY-MM-DD: when the record was read, where that was before the snapshot",
    }
)
SELF = "self"  # the one word that HOLDER may hold


def values(notes: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    """What the notes of one name hold, in their order; blank ones say nothing."""
    return tuple(value for field, value in notes if field == name and value.strip())
