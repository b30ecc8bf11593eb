"""The attribution line of a pair: who made it, on which terms, from where, with what changes.

One form serves every version of a license, since it holds what the strictest of them asks for:
CC BY and BY-SA 1.0 to 3.0 (section 4: copyright notices, author, title, address of the work from
2.0 on, parties designated from 2.5 on, address of the license, notices of its disclaimer) and 4.0
(section 3(a)(1): the same without the title, and an indication of every modification). Licenses
of data and text ask that their own notice goes along; dedications ask for nothing and get a line
all the same. What is not known is left out, never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from curator.core import spdx
from curator.core.obligations import CREATIVE_COMMONS, asks_for_notice, taken
from curator.core.text import clean
from curator.model import LicenseClass

Lang = Literal["en", "ja"]


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line can tell of a pair; licenses are SPDX expressions, "" is not known."""

    title: str
    creator: str
    license: str  # of the image
    page: str = ""  # of the work
    changes: tuple[str, ...] = ()
    copyright_notice: str = ""
    caption_license: str = ""
    caption_source: str = ""  # whom or what the caption comes from: its page, else its site
    caption_changes: tuple[str, ...] = ()
    designated: str = ""  # the licensor's own line: parties to be named beside the creator
    work_license: str = ""  # of the depicted work, where the source tells it


@dataclass(frozen=True, slots=True)
class _Words:
    """One language: templates, filled by `str.format`."""

    titled: str
    untitled: str
    by: str
    designated: str
    licensed: str
    released: str
    claimed: str
    chosen: str
    section: str  # every CC license but a port keeps its disclaimer there
    disclaimer: str
    notice: str
    also: str
    work: str
    source: str
    changes: str
    caption: str
    via: str
    comma: str
    stop: str  # between the parts of a line; a comma stands inside them


_WORDS: Mapping[Lang, _Words] = MappingProxyType(
    {
        "en": _Words(
            titled="“{}”",
            untitled="Image",
            by="{} by {}",
            designated="credit as asked for: {}",
            licensed="licensed {}",
            released="released under {}",
            claimed="public domain, as stated at its source: {}",
            chosen="chosen from {}: {}",
            section="disclaimer of warranties in its section 5",
            disclaimer="disclaimer of warranties in its text",
            notice="copyright and permission notice: {}",
            also=" and ",
            work="depicted work: {}",
            source="source: {}",
            changes="changes: {}",
            caption="caption: {}",
            via="via {}",
            comma=", ",
            stop="; ",
        ),
        "ja": _Words(
            titled="「{}」",
            untitled="画像",
            by="{}(作者: {})",
            designated="指定のクレジット: {}",
            licensed="{}に基づき利用許諾",
            released="{}により公開",
            claimed="出典の表示によればパブリックドメイン: {}",
            chosen="{}から選択: {}",
            section="保証の否認は同ライセンス第5条",
            disclaimer="保証の否認は同ライセンス本文",
            notice="著作権表示と許諾表示: {}",
            also="、および",
            work="被写体の作品: {}",
            source="出典: {}",
            changes="変更点: {}",
            caption="説明文: {}",
            via="{}より",
            comma="、",
            stop="; ",
        ),
    }
)
# The words of decode, jpeg and captions for what they change.
_CHANGES_JA: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"converted from (.+)", r"\1から変換"),
        (r"drawn from SVG at (\d+) px", r"SVGから\1 pxで描画"),
        (r"resized from (\d+x\d+) to (\d+x\d+)", r"\1から\2に縮小"),
        (r"transparency laid on white", "透明部分を白地に合成"),
        (r"rotated upright", "正しい向きに回転"),
        (r"colour profile left out", "カラープロファイルを省略"),
        (r"location removed", "位置情報を削除"),
        (r"shortened at a sentence", "文の切れ目で短縮"),
    )
)


def line(credit: Credit, lang: Lang = "en") -> str:
    """One line of plain text that satisfies what the pair's licenses ask of a credit."""
    words = _WORDS[lang]
    return words.stop.join(filter(None, _parts(credit, words, lang)))


def _parts(credit: Credit, words: _Words, lang: Lang) -> Iterator[str]:
    yield words.comma.join(filter(None, _image(credit, words)))
    if credit.work_license:
        yield words.work.format(_terms(credit.work_license, words))
    if credit.page:
        yield words.source.format(credit.page)
    yield _changed(credit.changes, words, lang)
    if credit.caption_license:
        told = [_terms(credit.caption_license, words)]
        told += [words.via.format(credit.caption_source)] if credit.caption_source else []
        told += [_changed(credit.caption_changes, words, lang)]
        yield words.caption.format(words.comma.join(filter(None, told)))


def _image(credit: Credit, words: _Words) -> Iterator[str]:
    title, creator = clean(credit.title), clean(credit.creator)
    designated = clean(credit.designated)
    name = words.titled.format(title) if title else words.untitled
    yield words.by.format(name, creator) if creator else name
    notice = clean(credit.copyright_notice)
    yield "" if notice == clean(credit.creator) else notice  # the name stands there already
    if designated not in {"", creator}:
        yield words.designated.format(designated)
    yield _terms(credit.license, words)


def _changed(changes: tuple[str, ...], words: _Words, lang: Lang) -> str:
    told = [_japanese(change) if lang == "ja" else change for change in changes]
    return words.changes.format(words.comma.join(told)) if told else ""


def _japanese(change: str) -> str:
    """A change in Japanese; words that nobody translated stay as they are."""
    for pattern, words in _CHANGES_JA:
        found = pattern.fullmatch(change)
        if found:
            return found.expand(words)
    return change


def _terms(expression: str, words: _Words) -> str:
    """The licenses that are used, each with its address and the notices that it asks for."""
    used = words.also.join(_one(license_id, words) for license_id in taken(expression))
    return words.chosen.format(expression, used) if " OR " in expression else used


def _one(license_id: str, words: _Words) -> str:
    at = spdx.url(license_id)
    name = f"{license_id} ({at})" if at else license_id
    reading, cc = spdx.standing(license_id), CREATIVE_COMMONS.fullmatch(license_id)
    if reading.cls is LicenseClass.PUBLIC_DOMAIN:
        return _public(license_id, name, words)
    told = words.licensed.format(name)
    if cc:
        told += words.comma + (words.disclaimer if cc[2] else words.section)
    elif asks_for_notice(license_id):
        text = f"licenses/{license_id}.txt" if spdx.text_name(license_id) else at
        told += words.comma + words.notice.format(text)
    return told


def _public(license_id: str, name: str, words: _Words) -> str:
    """A dedication or a license without conditions releases; a mark or a tag is a claim."""
    released = spdx.standing(license_id).accepted and not license_id.startswith("LicenseRef-")
    return (words.released if released else words.claimed).format(name)
