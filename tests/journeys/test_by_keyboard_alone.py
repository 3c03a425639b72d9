"""A concern, from the sign-in page to its sending, without a mouse. The focus is always seen and never covered."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from alongside.areas.classroom.actions import BriefDraft, write_brief
from alongside.areas.concerns.models import Concern
from tests.journeys.conftest import Journey, Look
from tests.people import TODAY, a_class, a_pupil, teaches

PASSWORD = "a-bird-on-a-long-branch"
FAR = 60  # presses of Tab; whatever is farther is too far for anybody

# Who has the focus: its words, whether a ring is drawn around it (or around its label or frame), whether it can be seen.
FOCUS = """
() => {
  const it = document.activeElement;
  const labels = [...(it.labels ?? [])];
  const words = it.getAttribute('aria-label') ?? (labels.map((label) => label.innerText).join(' ') || it.innerText);
  const ring = (one) => { const style = getComputedStyle(one); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; };
  const near = [it, ...labels, it.parentElement, it.parentElement?.parentElement].filter(Boolean);
  const points = [...it.getClientRects()].flatMap(({ left, right, top, bottom }) =>
    [[left + 3, top + 3], [right - 3, bottom - 3], [(left + right) / 2, (top + bottom) / 2]]);
  const free = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (it.contains(hit) || labels.some((label) => label.contains(hit)));
  });
  return { words: (words ?? '').trim(), tag: it.tagName, ringed: near.some(ring), free };
}
"""


def test_a_concern_by_keyboard_alone(journey: Journey, look: Look) -> None:
    with journey.build():
        pupil = a_pupil(journey.world.oakfield)
        a_pupil(journey.world.oakfield, "Ola", "Nowak")
    account = journey.world.amara.account
    account.set_password(PASSWORD)
    account.save()
    page = journey.window()

    when_the_senco_signs_in(page, account.email, look)
    when_a_pupil_is_found_with_a_single_key(page, look)
    when_a_concern_is_written_and_sent(page, look)

    with journey.build():
        concern = Concern.objects.get(pupil=pupil)
        assert concern.seen == "Turns his head to hear." and concern.tried == ["Moved seat"]


def test_a_bar_at_the_foot_of_a_phone_covers_no_focus(journey: Journey) -> None:
    """Pages whose one action stays at the thumb, walked from end to end."""
    with journey.build():
        pupil = a_pupil(journey.world.oakfield)
        teaches(journey.world.ben, a_class(journey.world.oakfield, pupil))
        draft = BriefDraft(good_at=["Maths", "Kind"], helps=["Wait ten seconds", "Show one first", "A job at the door"])
        write_brief(pupil=pupil, draft=draft, what_changed="", version=0, by=journey.world.actor("amara"), on=TODAY)
    page = journey.as_("ben", phone=True)
    for address in (f"/concerns/new/{pupil.pk}/", f"/classes/brief/{pupil.pk}/", f"/classes/note/{pupil.pk}/"):
        page.goto(address)
        stops = 0
        page.keyboard.press("Tab")
        while focus(page)["tag"] != "BODY" and stops < FAR:
            stops += 1
            page.keyboard.press("Tab")
        assert 10 < stops < FAR


def focus(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(FOCUS)
    if found["tag"] != "BODY":
        assert found["ringed"], f"nobody sees that {found['words']!r} has the focus on {page.url}"
        assert found["free"], f"{found['words']!r} is covered while it has the focus on {page.url}"
    return found


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has these words has the focus."""
    met = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        met.append(focus(page)["words"])
        if words in met[-1]:
            return
    raise AssertionError(f"{words!r} is not reached by Tab on {page.url}: {met}")


def when_the_senco_signs_in(page: Page, email: str, look: Look) -> None:
    page.goto("/today/")
    look(page, "Sign in")
    tab_to(page, "Your school email")
    page.keyboard.type(email)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    look(page, "Monday 23 November")


def when_a_pupil_is_found_with_a_single_key(page: Page, look: Look) -> None:
    page.keyboard.press("Tab")
    assert focus(page)["words"] == "Go to the main part"
    page.keyboard.press("/")
    page.keyboard.type("kow")
    focus(page)
    expect(page.get_by_role("link", name="Kuba Kowalski")).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert focus(page)["words"] == "Kuba Kowalski"
    page.keyboard.press("Enter")
    look(page, "Kuba")


def when_a_concern_is_written_and_sent(page: Page, look: Look) -> None:
    tab_to(page, "Raise a concern")
    page.keyboard.press("Enter")
    look(page, "A concern about Kuba Kowalski")
    tab_to(page, "What do you see?")
    page.keyboard.type("Turns his head to hear.")
    tab_to(page, "Moved seat")
    page.keyboard.press("Space")
    tab_to(page, "For how many weeks?")
    page.keyboard.type("2")
    tab_to(page, "Yes")
    page.keyboard.press("ArrowRight")
    focus(page)
    tab_to(page, "Send to Ms Adeyemi")
    page.keyboard.press("Enter")
    look(page, "A concern about Kuba")
    expect(page.get_by_text("Turns his head to hear.")).to_be_visible()
