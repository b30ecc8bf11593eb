"""The page of questions in a real browser: answered by keyboard alone, and nothing blocked."""

import importlib.util
import json
import shutil
import threading
from collections.abc import Iterator

import pytest
from world import World, run

from curator import review
from curator.review_page import serve
from curator.review_sheet import Sheet

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: apt-get install chromium"),
    pytest.mark.skipif(
        importlib.util.find_spec("playwright") is None, reason="needs pip install playwright"
    ),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (it may be absent)

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def sheet(tmp_path) -> Sheet:
    world = World(tmp_path, settings="policy: {predates_before: 2019-01-01}\n")
    world.add("one").add("two").add("bare", license="public domain")
    assert run("build", world.write(), "--workers", 1).exit_code == 1
    return review.sheet(tmp_path / ".curator", tmp_path / "answers.jsonl")


@pytest.fixture
def address(sheet) -> Iterator[str]:
    told: list[str] = []
    known = threading.Event()

    def announce(where: str) -> None:
        told.append(where)
        known.set()

    thread = threading.Thread(target=serve, args=(sheet, 0, announce), daemon=True)
    thread.start()
    assert known.wait(10)
    yield told[0]
    thread.join(10)
    assert not thread.is_alive(), "the page's own button ends it"


def test_a_person_answers_by_keyboard_alone(browser, sheet, address):
    from playwright.sync_api import expect  # noqa: PLC0415  (it may be absent)

    page = browser.new_page(viewport={"width": 1000, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.text} {message.location}"))
    page.goto(address)
    assert page.get_by_role("heading", level=1).inner_text().startswith("Items that are held")
    assert page.get_by_role("article").count() == 3
    shown = page.locator("article img")
    assert shown.count() == 2
    for at in range(2):
        shown.nth(at).scroll_into_view_if_needed()
        expect(shown.nth(at)).to_have_js_property("complete", True)  # noqa: FBT003  (its own signature)
        assert shown.nth(at).evaluate("image => image.naturalWidth") > 0
    assert page.locator("article").first.evaluate("e => getComputedStyle(e).borderRadius") == "8px"

    page.keyboard.press("Tab")  # the first thing that can be reached on the first card
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("A Made-up Reviewer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)
    line = json.loads(sheet.answers.read_text())
    assert (line["item"], line["answer"]) == ("tiny:bare", "keep")

    assert page.evaluate("document.activeElement.type") == "radio", "the next card is at hand"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(1)
    assert len(sheet.answers.read_text().splitlines()) == 2
    page.get_by_role("button", name="Finish").click()
    page.get_by_text("You may close this page").wait_for()
    assert said == [], "the page's own policy blocks nothing of it"
    page.close()


def test_without_an_answer_the_browser_says_so_and_every_control_has_a_name(
    browser, sheet, address
):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(address)
    page.get_by_role("button", name="Save the answer").first.click()
    assert page.url == address
    assert not sheet.answers.exists()
    for control in page.locator("input").all():
        assert control.evaluate("e => e.labels.length") == 1
    assert page.locator("fieldset > legend").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, "no sideways scrolling"
    page.get_by_role("button", name="Finish").click()
    page.get_by_text("You may close this page").wait_for()
    page.close()
