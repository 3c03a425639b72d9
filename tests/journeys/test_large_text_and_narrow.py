"""Twelve pages that people live in, on the narrowest screen and with text twice as large: all of it can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.busy_school import a_busy_school
from tests.journeys.conftest import Journey, Look

# Words that are cut off: they reach beyond what cuts them, or beyond the window. What scrolls by itself may.
CUT_OFF = """
() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.trim() || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    let whole = true;
    for (let one = node.parentElement; one && whole; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.clip !== 'auto' || style.clipPath !== 'none' || ['auto', 'scroll'].includes(style.overflowX)) break;
      const edge = one === document.documentElement ? { right: innerWidth } : one.getBoundingClientRect();
      if (one === document.documentElement || ['hidden', 'clip'].includes(style.overflowX)) {
        whole = box.right <= edge.right + 2 && box.left >= -2;
      }
    }
    if (!whole) found.push(node.data.trim());
  }
  return found;
}
"""

PAGES = (
    ("amara", "/today/", "Monday 23 November"),
    ("amara", "/pupils/", "SEN register"),
    ("amara", "/pupils/{kuba}/", "Kuba"),
    ("amara", "/pupils/{kuba}/register/decide/", "Decide on support for Kuba"),
    ("amara", "/plans/{cycle}/", "Cycle 1"),
    ("amara", "/plans/{cycle}/plan/", "Plan"),
    ("amara", "/provision/", "Provision map"),
    ("amara", "/concerns/", "Concerns"),
    ("ben", "/classes/", "4W"),
    ("ben", "/classes/brief/{kuba}/", "Kuba"),
    ("tess", "/sessions/", "Which group?"),
    ("ewa", "/family/{kuba}/plan/", "What is happening"),
)


def set_text(page: Page, pixels: int) -> None:
    """The size of text that a person has set in their browser. A picture of a whole page forgets it."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})


@pytest.mark.parametrize(("width", "text"), [(320, 16), (1280, 32)], ids=["320 px", "200% text"])
def test_pages_that_people_live_in(journey: Journey, look: Look, width: int, text: int) -> None:
    school = a_busy_school(journey)
    windows = {
        name: journey.as_(name, viewport={"width": width, "height": 800}) for name in ("amara", "ben", "tess", "ewa")
    }
    for name, address, heading in PAGES:
        page = windows[name]
        set_text(page, text)
        page.goto(address.format(kuba=school.kuba.pk, cycle=school.cycle.pk))
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{text}px"
        assert page.evaluate(CUT_OFF) == [], page.url
        look(page, heading)
