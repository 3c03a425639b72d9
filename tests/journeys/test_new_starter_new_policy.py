"""A new starter and a new policy: the director reviews and publishes it, everybody is told, a teacher begins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.areas.duties import shipped as duties
from alongside.areas.policy import shipped
from alongside.areas.policy.models import FamilyNotice, Version
from alongside.areas.policy.tests.builders import trust_people
from alongside.areas.register.models import Status
from tests.journeys.busy_school import a_busy_school
from tests.journeys.conftest import Journey, Look
from tests.people import SEPTEMBER, TODAY, a_parent, a_person, a_post, a_pupil

TOMORROW = TODAY + timedelta(days=1)
HARD = (
    "The organisation has comprehensively reconfigured interdisciplinary commissioning arrangements, notwithstanding "
    "considerable heterogeneity among participating educational establishments and associated multi-agency "
    "partnerships, in accordance with contemporaneous statutory expectations and the aforementioned modifications of "
    "organisational responsibilities."
)


@pytest.fixture
def pupil(journey: Journey) -> int:
    """Oakfield with all there is to do, a director and a trustee; two families on the register."""
    busy, world = a_busy_school(journey), journey.world
    duties.load()
    shipped.load()
    with journey.build():
        trust_people(world)
        zosia = a_pupil(world.oakfield, "Zosia", "Zielak")
        a_parent(a_person("Jan", "Zielak"), zosia)
        Status.objects.create(pupil=zosia, school=world.oakfield, code="K", since=SEPTEMBER)
        world.people["nell"] = a_person("Nell", "Newly", "Miss")
        a_post(world.nell, "senco", world.oakfield, since=TOMORROW)
    return busy.kuba.pk


def test_new_starter_new_policy(journey: Journey, pupil: int, look: Look) -> None:
    director = journey.as_("dina")
    given_the_day_on_which_the_library_is_first_opened(director, look)
    when_anybody_looks_for_section_16(journey.as_("ben", phone=True), look)
    when_the_library_is_looked_after(director, look)
    when_a_flowchart_is_added(director, look)
    when_the_director_reviews_it(director, look)
    when_the_next_version_is_approved(journey, director, look)
    then_staff_confirm_for_themselves(journey, look)
    then_families_are_told(journey, look)
    then_partners_are_told(director, look)
    journey.on(TOMORROW)
    when_a_teacher_begins_pupil_data_are_shut(journey.as_("nell"), pupil, look)
    then_agency_staff_sign_the_sheet(journey, look)


def given_the_day_on_which_the_library_is_first_opened(page: Page, look: Look) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Policy").click()
    look(page, "The SEND policy")
    expect(page.get_by_text("is printed as September 2024, which is not after")).to_be_visible()
    page.get_by_role("link", name="Its page").click()
    look(page, "TB15")
    page.get_by_role("button", name="Make it current").click()
    look(page, "Not yet")
    expect(page.get_by_text("Record the board’s approval first")).to_be_visible()
    page.goto("/policy/")
    page.get_by_role("link", name="Its page").click()
    page.get_by_role("link", name="Record the approval").click()
    page.get_by_label("Which board approved it?").fill("Trust Board")
    page.get_by_label("On which day?").fill("10 July 2024")
    page.get_by_label("Minute").fill("11.2")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("button", name="Make it current").click()
    expect(page.get_by_text("This version is the current policy.")).to_be_visible()
    page.goto("/policy/")
    expect(page.get_by_text("which is not after")).to_be_visible()


def when_anybody_looks_for_section_16(page: Page, look: Look) -> None:
    page.goto("/policy/map/")
    page.get_by_label("A number or a word").fill("section 16")
    page.get_by_role("button", name="Search").click()
    look(page, "Clause map")
    expect(page.get_by_role("link", name="15. Records and data", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="17. Joint commissioning", exact=True)).to_be_visible()
    expect(page.get_by_text("Printed as 16 in the text.")).to_be_visible()
    page.goto("/policy/oddities/")
    look(page, "Odd in the text")


def when_the_library_is_looked_after(page: Page, look: Look) -> None:
    page.goto("/policy/library/")
    look(page, "Law and guidance")
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("Law", exact=True).check()
    page.get_by_label("Title").fill("Education for All Act 2027")
    page.get_by_label("What does it govern here?").fill("Individual support plans")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("no duty rests on it")).to_be_visible()
    page.goto("/policy/library/")
    page.get_by_role("link", name="Keeping children safe in education").first.click()
    look(page, "Keeping children safe in education")
    expect(page.get_by_text("In force: September 2026.")).to_be_visible()
    expect(page.get_by_text("The policy cites 2023")).to_be_visible()
    page.goto("/policy/library/clocks/")
    look(page, "Where time limits come from")
    expect(page.get_by_text("SEND Regulations 2014").first).to_be_visible()


def when_a_flowchart_is_added(page: Page, look: Look) -> None:
    page.goto("/policy/")
    page.get_by_role("link", name="Its page").click()
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("Title").fill("When you are worried about a pupil")
    page.get_by_label("Whose steps are they?").select_option(label="Raising a concern")
    page.get_by_role("button", name="Add it").click()
    look.refused(page, "as text too")
    page.get_by_label("Its steps as text").fill("Say what you see.\nSend the concern.\nThe SENCO answers in ten days.")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("When you are worried about a pupil").first).to_be_visible()


def when_the_director_reviews_it(page: Page, look: Look) -> None:
    page.goto("/policy/")
    page.get_by_role("button", name="Open the review").click()
    look(page, "Review of TB15")
    expect(page.get_by_text("The law has changed").first).to_be_visible()
    expect(page.get_by_text("Keeping children safe in education: cited 2023").first).to_be_visible()
    review = page.url
    page.goto(f"{review}sections/19/")
    page.get_by_role("combobox").first.select_option("changed")
    page.get_by_role("button", name="Keep the decisions").click()
    look.refused(page, "Say why")
    page.get_by_label("Why, 19.1").fill("The month of the next review is written out.")
    page.get_by_role("button", name="Keep the decisions").click()
    page.goto(f"{review}complete/")
    page.get_by_label("What did the review find?").fill("Only dates and editions to put right.")
    page.get_by_role("button", name="Complete it").click()
    look.refused(page, "no decision yet")
    for number in range(20):
        page.goto(f"{review}sections/{number}/")
        page.get_by_label("All clauses here that have no decision yet are kept, because").fill(
            "It still says what we do."
        )
        page.get_by_role("button", name="Keep the decisions").click()
    page.goto(f"{review}complete/")
    page.get_by_label("What did the review find?").fill("Only dates and editions to put right.")
    page.get_by_role("button", name="Complete it").click()
    look(page, "Review of TB15")


def when_the_next_version_is_approved(journey: Journey, page: Page, look: Look) -> None:
    review = page.url
    central = journey.as_("dev")
    central.goto(f"{review}comment/")
    central.get_by_label("What do you think?").fill("The part on reviews is clearer now.")
    central.get_by_role("button", name="Send").click()
    look(central, "Review of TB15")
    page.goto(review)
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Your answer").fill("Thank you, it stays so.")
    page.get_by_role("button", name="Answer").click()

    page.get_by_role("link", name="Prepare the next version").click()
    page.get_by_label("Day of issue").fill("1 December 2026")
    page.get_by_label("Next review").fill("30 November 2026")
    page.get_by_role("button", name="Prepare it").click()
    look.refused(page, "after the month of issue")
    page.get_by_label("Next review").fill("30 November 2027")
    page.get_by_role("button", name="Prepare it").click()
    look(page, "TB15, December 2026")
    version = page.url

    approve(page, version)
    look.refused(page, "the trustees has not commented or declined yet")
    trustee = journey.as_("tom")
    trustee.goto(f"{review}comment/")
    trustee.get_by_label("I have nothing to add").check()
    trustee.get_by_role("button", name="Send").click()
    expect(trustee.get_by_text("had nothing to add").first).to_be_visible()
    approve(page, version)

    page.get_by_role("link", name="What has changed").click()
    page.get_by_label("For staff").fill("Reviews have one page for all three meetings.")
    page.get_by_label("For families").fill(HARD)
    page.get_by_label("Easy read").fill("We meet you three times a year.")
    page.get_by_role("button", name="Keep the summaries").click()
    look.refused(page, "Families get words for 9")
    page.get_by_label("For families").fill("We look at the plan with you three times a year.")
    page.get_by_role("button", name="Keep the summaries").click()
    page.get_by_role("button", name="Make it current").click()
    expect(page.get_by_text("This version is the current policy.")).to_be_visible()


def approve(page: Page, version: str) -> None:
    page.goto(f"{version}approve/")
    page.get_by_label("Which board approved it?").fill("Trust Board")
    page.get_by_label("On which day?").fill("23 Nov 2026")
    page.get_by_label("Minute").fill("8.1")
    page.get_by_role("button", name="Record it").click()


def then_staff_confirm_for_themselves(journey: Journey, look: Look) -> None:
    page = journey.as_("ben", phone=True)
    page.goto("/policy/")
    expect(page.get_by_text("you have not confirmed yet")).to_be_visible()
    page.goto("/policy/text/")
    look(page, "TB15, December 2026")
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("It is kept that you have read it.")).to_be_visible()
    head = journey.as_("hari")
    head.goto("/policy/notices/")
    look(head, "Who has read it")
    head.get_by_role("link", name="Oakfield Primary").click()
    look(head, "Who has read it, Oakfield Primary")
    expect(head.get_by_text("Ben Whitlock").first).to_be_visible()


def then_families_are_told(journey: Journey, look: Look) -> None:
    senco = journey.as_("amara")
    senco.goto("/policy/families/")
    look(senco, "Families told, Oakfield Primary")
    with journey.build():
        notice = FamilyNotice.objects.get(pupil__family_name="Zielak", version=Version.objects.current().get())
    told = senco.get_by_role("row", name="Zielak")
    if notice.sent_on is None:
        told.get_by_role("button", name="Letter sent").click()
    senco.get_by_role("row", name="Zielak").get_by_role("button", name="Did not arrive").click()
    expect(senco.get_by_text("Did not arrive: send a letter")).to_be_visible()
    senco.get_by_role("row", name="Zielak").get_by_role("button", name="Letter sent").click()
    expect(senco.get_by_text("Letter sent after it failed")).to_be_visible()
    parent = journey.as_("ewa", phone=True)
    parent.goto("/family/policy/")
    look(parent, "What is new")
    expect(parent.get_by_text("three times a year").first).to_be_visible()


def then_partners_are_told(page: Page, look: Look) -> None:
    page.goto("/policy/partners/add/")
    page.get_by_label("Who?").fill("Tansfordshire Council, SEND team")
    page.get_by_label("What kind of partner?").fill("Local authority")
    page.get_by_label("Address").fill("send.team@tansfordshire.example")
    page.get_by_role("button", name="Add", exact=True).click()
    look(page, "Partners")
    page.get_by_label("told today").check()
    page.get_by_role("button", name="Keep who was told").click()
    expect(page.get_by_text("It is kept that 1 was told.")).to_be_visible()


def when_a_teacher_begins_pupil_data_are_shut(page: Page, pupil: int, look: Look) -> None:
    for address in (f"/pupils/{pupil}/", "/pupils/", "/"):
        page.goto(address)
        look(page, "Before you begin")
    page.goto("/policy/induction/check/")
    answer(
        page,
        ("Their class or subject teacher", "Raise a concern with the SENCO", "Tell the designated safeguarding lead"),
    )
    look.refused(page, "Open the policy first")
    page.goto("/policy/induction/")
    page.get_by_role("link", name="Open the policy").click()
    look(page, "TB15, December 2026")
    page.get_by_role("link", name="Next: the two-minute summary").click()
    look(page, "The policy in two minutes")
    page.get_by_role("link", name="Next: three questions").click()
    answer(page, ("The SENCO", "Raise a concern with the SENCO", "Tell the designated safeguarding lead"))
    look.refused(page, "the teacher teaches every pupil")
    answer(
        page,
        ("Their class or subject teacher", "Raise a concern with the SENCO", "Tell the designated safeguarding lead"),
    )
    expect(page.get_by_text("Your pages are open to you now.")).to_be_visible()
    page.goto(f"/pupils/{pupil}/")
    look(page, "Kuba")


def answer(page: Page, words: tuple[str, ...]) -> None:
    for number, text in enumerate(words):
        page.locator("fieldset").nth(number).get_by_label(text).check()
    page.get_by_role("button", name="Answer").click()


def then_agency_staff_sign_the_sheet(journey: Journey, look: Look) -> None:
    office = journey.as_("gus")
    office.goto("/policy/")
    office.get_by_role("link", name="The sheet").click()
    look(office, "Who has read it, Oakfield Primary")
    office.get_by_label("First and family name").fill("Agatha Temp")
    office.get_by_role("button", name="Put on the sheet").click()
    office.get_by_role("link", name="Print the sheet").click()
    expect(office.get_by_text("Agatha Temp").first).to_be_visible()
    office.go_back()
    office.get_by_role("button", name="Signed Agatha Temp").click()
    expect(office.get_by_text("It is kept that the sheet was signed.")).to_be_visible()


def test_a_local_change_becomes_a_task_for_each_school(journey: Journey, look: Look) -> None:
    with journey.build():
        trust_people(journey.world)
    director = journey.as_("dina")
    when_the_director_publishes_a_local_change(director, look)
    then_a_senco_finds_it_on_today_and_does_it(journey.as_("amara", phone=True), look)
    journey.on(TODAY + timedelta(days=11))
    then_the_school_that_is_late_is_named(director, look)
    page = journey.as_("chloe")
    page.goto("/today/")
    expect(page.get_by_text("change to put into practice: One form for referrals").first).to_be_visible()


def when_the_director_publishes_a_local_change(page: Page, look: Look) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Changes").click()
    page.get_by_role("link", name="Write a change notice").click()
    look(page, "Write a change notice")
    page.get_by_label("Title").fill("One form for referrals")
    page.get_by_label("Local", exact=True).check()
    page.get_by_label("Whose change is it?").fill("Tansfordshire Council")
    page.get_by_label("Local authority").select_option("201")
    page.get_by_label("What changes?").fill("The council takes one form from now on.")
    page.get_by_label("Where is it written?").fill("The council’s letter of 20 November 2026")
    page.get_by_label("Takes effect on").fill("10 Dec 2026")
    page.get_by_label("What is each school to do?").fill("Put the new form in the place of the old one.")
    page.get_by_role("button", name="Publish to the schools").click()
    look.refused(page, "Give the day by which it is to be done")
    page.get_by_label("To be done by").fill("3 Dec 2026")
    page.get_by_role("button", name="Publish to the schools").click()
    look(page, "One form for referrals")
    for school in ("Oakfield Primary", "Brookside Primary"):
        expect(page.get_by_role("row", name=school)).to_contain_text("Not seen yet")


def then_a_senco_finds_it_on_today_and_does_it(page: Page, look: Look) -> None:
    page.goto("/today/")
    page.get_by_role("link", name="Open the notice").click()
    look(page, "One form for referrals")
    page.get_by_role("button", name="We have seen it").click()
    expect(page.get_by_text("It is kept that your school has seen this.")).to_be_visible()
    page.get_by_role("link", name="It is done").click()
    page.get_by_label("What was done?").fill("The new form is in the staff room and on the drive.")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("It is kept as done.")).to_be_visible()
    look(page, "One form for referrals")


def then_the_school_that_is_late_is_named(page: Page, look: Look) -> None:
    page.goto("/changes/")
    line = page.get_by_role("row", name="One form for referrals")
    expect(line).to_contain_text("1 of 2")
    expect(line).to_contain_text("Brookside Primary")
    expect(line).not_to_contain_text("Oakfield")
    look(page, "Changes")
