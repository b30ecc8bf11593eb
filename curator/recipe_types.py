"""What the recipe's models are made of: small types with words for their faults, and Part."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ValidationInfo,
    field_validator,
)
from pydantic import GetJsonSchemaHandler as JsonHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")

# What a recipe may already say and curator cannot do yet. To build it is to delete its row.
UNBUILT = {
    "Policy.max_age_days": "every source's rights are read on the snapshot's own day",
    "Policy.pure": "there is no model yet that could be allowed",
    "Policy.blocklists": "blocklists are not read yet",
    "Policy.corrections": "recorded corrections are not read yet",
    "Network.max_bytes": "nothing is fetched from the network yet",
    "Network.deadline": "nothing is fetched from the network yet",
    "Network.min_rate": "nothing is fetched from the network yet",
    "Network.concurrency": "nothing is fetched from the network yet",
    "Network.allow_private": "nothing is fetched from the network yet",
    "Split.val": "a validation split is not made yet",
    "SourceKeys.url": "nothing is fetched from the network yet",
}


def refusal(what: str, fix: str) -> PydanticCustomError:
    """A fault of a value: `what` follows the key's name and a space, `fix` is a sentence."""
    return PydanticCustomError("recipe", "{what}", {"what": what, "fix": fix})


@dataclass(frozen=True, slots=True)
class Matching:
    """Marks text that must match a pattern as a whole; editors are told the pattern."""

    pattern: str
    what: str
    fix: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Text first, then the pattern."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: JsonHandler) -> Any:
        """What JSON Schema can say of it."""
        return {**handler(schema), "pattern": f"^(?:{self.pattern})$"}

    def _checked(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise refusal(self.what, self.fix)
        return text


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:  # such as the 30th of February
        pass
    raise refusal("should be a day of the calendar", "Write YYYY-MM-DD, for example 2021-01-01")


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # such as an IPv6 address without its bracket
        good = False
    if not good or not text.isascii() or re.search(r"\s", text):
        raise refusal("should be a web address", "Write it in full: https://…")
    return text


_MAIL_CHARS = 254  # characters; the longest address, RFC 5321 §4.5.3.1.3


def _contact(text: str) -> str:
    if len(text) <= _MAIL_CHARS and re.fullmatch(
        r"(?:mailto:)?[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+", text
    ):
        return text
    try:
        return _url(text)
    except PydanticCustomError:
        what = "should be a web page or an e-mail address"
        raise refusal(what, "Write https://… or name@example.org") from None


_TAG_CASE = {2: str.upper, 4: str.title}  # a region, a script; RFC 5646 §2.1.1


def _tag(text: str) -> str:
    """A language tag in its customary case, so that equal tags are equal text."""
    first, *rest = text.lower().split("-")
    return "-".join((first, *(_TAG_CASE.get(len(part), str.lower)(part) for part in rest)))


def _choice(values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise refusal("is empty", "Write at least one, or leave the key out")
    if len(set(values)) < len(values):
        raise refusal("says the same twice", "Write each once")
    return values


Text = Annotated[
    str, Matching(r"[\s\S]*\S[\s\S]*", "is blank", "Write some text, or leave the key out")
]
Line = Annotated[
    str,
    Matching(
        r"\S(?:.*\S)?",
        "should be one line of text",
        "Write it in one line without spaces around it, or leave the key out",
    ),
]
Name = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?",
        "is not safe in the name of a folder",
        "Use up to 100 of A-Z a-z 0-9 . _ -, with a letter or digit at both ends",
    ),
]
SourceId = Annotated[
    str,
    Matching(
        r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?",
        "is not an id",
        "Use up to 100 of a-z 0-9 . -, with a letter or digit at both ends",
    ),
]
Tag = Annotated[
    str,
    Matching(
        r"\*|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*",
        "is not a language tag",
        'Write a BCP 47 tag such as en, ja or pt-BR, or "*" for any other',
    ),
    AfterValidator(_tag),
]
Version = Annotated[
    str, Matching(r"[1-9]\.[0-9]", "is not the version of a license", 'Write it as in "4.0"')
]
Url = Annotated[str, AfterValidator(_url)]
Contact = Annotated[str, AfterValidator(_contact)]
Day = Annotated[date, BeforeValidator(_day)]
Choice = Annotated[
    tuple[T, ...],
    AfterValidator(_choice),
    Field(json_schema_extra={"minItems": 1, "uniqueItems": True}),
]


class Part(BaseModel):
    """A group of keys; none is ignored, and what cannot be done yet is refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )

    @field_validator("*", mode="after")
    @classmethod
    def _built(cls, value: Any, info: ValidationInfo) -> Any:
        name = str(info.field_name)
        sentence = UNBUILT.get(f"{cls.__name__}.{name}")
        if sentence is not None and value != cls.model_fields[name].get_default():
            raise refusal(f"asks for what is not built: {sentence}", "Leave it out in this version")
        return value
