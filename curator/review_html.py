"""The page of questions as HTML: no script, both languages, everything from outside escaped."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from itertools import groupby
from operator import itemgetter

from curator.review_sheet import NAME_CHARS, NOTE_CHARS, Card, Question, Said, Sheet

SHOWN = 50  # cards on a page; those that follow move up as cards are answered
STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
article { border: 1px solid #767676; border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
article > div { display: flex; flex-wrap: wrap; gap: 1rem; }
article img, .none { width: 20rem; max-width: 100%; height: 20rem; object-fit: contain;
  background: #fff; border: 1px solid #767676; }
.none { display: grid; place-items: center; height: 8rem; background: none; text-align: center; }
dl { flex: 1 1 20rem; margin: 0; overflow-wrap: anywhere; }
dt { font-weight: bold; } dd { margin: 0 0 .5rem; }
h2 { margin: 0 0 .5rem; overflow-wrap: anywhere; }
fieldset { border: 0; padding: 0; margin: .75rem 0; } legend { font-weight: bold; padding: 0; }
fieldset label { display: inline-block; padding: .25rem 1rem .25rem 0; }
input[type=text] { font: inherit; width: 100%; max-width: 30rem; box-sizing: border-box; }
p.field label { display: block; }

button { font: inherit; padding: .5rem 1rem; min-height: 2.75rem; }
:focus-visible { outline: 3px solid #06f; outline-offset: 2px; }
""".strip()
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; img-src 'self' data:; style-src 'sha256-{_DIGEST}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

_NO_PICTURE = Said("No picture here: the record alone was read", "画像なし・記録のみ")
_BY, _NOTE = Said("Your name", "お名前"), Said("Note (optional)", "メモ・任意")
_SAVE, _END = Said("Save the answer", "回答を保存"), Said("Finish", "終了")
_NOTHING = Said("Nothing is left to answer.", "残っている項目はありません。")
_BYE = Said("Finished. You may close this page.", "終了しました。このページを閉じて構いません。")
_WRONG = Said("This was not saved", "保存されませんでした")
_BACK = Said("Back", "戻る")


def page(sheet: Sheet) -> str:
    """The open cards, the first of them on top."""
    return _document(sheet.title, "".join(_body(sheet)))


def finished(sheet: Sheet) -> str:
    """What stands there when the page has ended."""
    return _document(sheet.title, f"<p>{_both(_BYE)}</p>")


def refused(sheet: Sheet, why: str) -> str:
    """What stands there when something was sent that is no answer."""
    words = (
        f'<p role="alert">{_both(_WRONG)}: {escape(why)}</p><p><a href="../">{_both(_BACK)}</a></p>'
    )
    return _document(sheet.title, words)


def _body(sheet: Sheet) -> Iterator[str]:
    left, done = Said("left", "残り"), Said("answered", "回答済み")
    yield f'<p role="status">{len(sheet.cards)} {_both(left)}, {sheet.done} {_both(done)}</p>'
    if not sheet.cards:
        yield f"<p>{_both(_NOTHING)}</p>"
    for place, (number, card) in enumerate(list(sheet.cards.items())[:SHOWN]):
        yield from _card(sheet, number, card, first=place == 0 and sheet.done > 0)
    yield f'<form method="post" action="end"><button>{_both(_END)}</button></form>'


def _card(sheet: Sheet, number: int, card: Card, *, first: bool) -> Iterator[str]:
    title = escape(card.title)
    yield f'<article aria-labelledby="t{number}"><h2 id="t{number}" dir="auto">{title}</h2><div>'
    if card.image:
        yield f'<img src="image/{number}" alt="{title}" loading="lazy">'
    else:
        yield f'<div class="none"><p>{_both(_NO_PICTURE)}</p></div>'
    yield "<dl>"
    for name, facts in groupby(card.facts, key=itemgetter(0)):
        yield f"<dt>{_both(name)}</dt>"
        yield from (f'<dd dir="auto">{_linked(words)}</dd>' for _, words in facts)
    yield f'</dl></div><form method="post" action="answer/{number}">'
    for question in sheet.questions:
        yield _asked(question, focus=first and question is sheet.questions[0])
    yield _field(number, "by", _BY, f'required maxlength="{NAME_CHARS}" value="{escape(sheet.by)}"')
    yield _field(number, "note", _NOTE, f'maxlength="{NOTE_CHARS}"')
    yield f"<button>{_both(_SAVE)}</button></form></article>"


def _asked(question: Question, *, focus: bool) -> str:
    """A group of radio buttons, none of them chosen before the person does."""
    buttons = "".join(
        f'<label><input type="radio" name="{question.name}" value="{value}" required'
        f"{' autofocus' if focus and not place else ''}> {_both(words)}</label>"
        for place, (value, words) in enumerate(question.choices)
    )
    return f"<fieldset><legend>{_both(question.words)}</legend>{buttons}</fieldset>"


def _field(number: int, name: str, words: Said, more: str) -> str:
    own = f"{name}{number}"
    label = f'<label for="{own}">{_both(words)}</label>'
    return f'<p class="field">{label}<input type="text" id="{own}" name="{name}" {more}></p>'


def _both(words: Said) -> str:
    return f'{escape(words.en)} <span lang="ja">{escape(words.ja)}</span>'


def _linked(words: str) -> str:
    """A web address as a link that tells the other side nothing; any other text as text."""
    shown = escape(words)
    if words.startswith(("https://", "http://")) and not any(c.isspace() for c in words):
        return f'<a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    return shown


def _document(title: Said, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'  # else browsers ask for one
        f"<title>{escape(title.en)} · {escape(title.ja)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{_both(title)}</h1>{body}</main></body></html>"
    )
