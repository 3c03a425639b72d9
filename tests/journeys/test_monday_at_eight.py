"""The SENCO's Monday: one screen says what is late, what falls due, what came in, and whom to think of."""

from __future__ import annotations

import os
from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from tests.journeys.busy_school import a_busy_school
from tests.journeys.conftest import ROOT, Journey, Look

PICTURE = ROOT / "docs" / "today.png"


def test_monday_at_eight(journey: Journey, look: Look) -> None:
    a_busy_school(journey)
    page = journey.as_("amara")

    page.goto("/")
    look(page, "Monday 23 November")
    for words in (
        "6 days late", "12 months from 18 Nov 2025, when the plan was made or last reviewed", "by midnight",
        "Ms Kowalska asked for a change on 16 Nov 2026. We answer within 10 school days.",
        "Safety changed on 17 Nov 2026: everybody reads it the same day", "only 60% given in two weeks", "Ben Whitlock wrote a note about Ivy.", "Three children to think of",
    ):  # fmt: skip
        expect(page.get_by_text(words).first).to_be_visible()

    late = page.get_by_role("listitem").filter(has_text="6 days late")
    assert late.bounding_box()["y"] < 400, "what is late stands on the first screen of a laptop"  # type: ignore[index]
    if os.environ.get("ALONGSIDE_PICTURES"):  # `ALONGSIDE_PICTURES=1 make test ARGS="-k monday"` makes it anew
        Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(256).save(PICTURE, optimize=True)

    late.get_by_role("link", name="Open the plan").click()
    look(page, "EHC plan of Alfie")


def test_the_same_monday_on_a_phone(journey: Journey, look: Look) -> None:
    a_busy_school(journey)
    page = journey.as_("amara", phone=True)
    page.goto("/")
    look(page, "Monday 23 November")
