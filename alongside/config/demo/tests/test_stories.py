"""What the bank of stories has to be: whole, kind to read, and free of what belongs elsewhere."""

import pytest

from alongside.areas.support.family_copy import parts, reading_age, text
from alongside.config.demo.aims import Aimed
from alongside.config.demo.hero import hero
from alongside.config.demo.shape import PLAN_NEEDS, PRIMARY, SECONDARY, SPECIAL, SPECIAL_NEEDS, SUPPORT_NEEDS
from alongside.config.demo.stories import Story, bank, fitting, provisions
from alongside.config.demo.wording import sentences
from alongside.kit.reading import swaps
from alongside.law.safeguarding import is_safeguarding

TOLD = [story.about(name="Robin", girl=girl) for story in bank() for girl in (True, False)]
LISTS = ("strengths", "strategies", "good_at", "matters", "helps", "stuck", "adjustments", "tried")


def outcomes(story: Story) -> list[Aimed]:
    return [Aimed(aim.text, aim.measure, aim.ladder[0], aim.ladder[2]) for aim in story.outcome]


def test_there_are_enough_to_be_different() -> None:
    assert len(bank()) >= 55
    assert len({story.own_words for story in bank()}) == len(bank())


@pytest.mark.parametrize("story", TOLD, ids=lambda story: story.own_words[:30])
def test_a_family_can_read_every_plan(story: Story) -> None:
    copy = text(parts(story, outcomes(story)))
    assert (reading_age(story, outcomes(story)) or 0) <= 9
    assert [swap.word for swap in swaps(copy)] == []


@pytest.mark.parametrize("story", TOLD, ids=lambda story: story.own_words[:30])
def test_every_story_fits_the_record(story: Story) -> None:
    assert "{" not in str(story)
    assert len(story.strengths) >= 2
    assert len(story.outcome) == 3
    assert all(len(aim.ladder) >= 3 and len(aim.measure) <= 160 for aim in story.outcome)
    assert all(len(line) <= 160 for name in LISTS for line in getattr(story, name))
    assert max(len(story.avoid), len(story.communication), len(story.safety)) <= 200
    assert set(story.provision) <= set(provisions())
    assert not is_safeguarding(f"{story.seen} {story.note}")


@pytest.mark.parametrize("phase", [PRIMARY, SECONDARY, SPECIAL], ids=lambda phase: phase.code)
def test_every_need_that_is_drawn_has_a_story(phase: object) -> None:
    needs = SPECIAL_NEEDS if phase is SPECIAL else {**PLAN_NEEDS, **SUPPORT_NEEDS}
    assert [need for need in needs if not fitting(need, phase.code)] == []  # type: ignore[attr-defined]


def test_sentences_for_anybody_are_safe_to_write_anywhere() -> None:
    allowed = [line for part, line in sentences() if part != "restricted" and is_safeguarding(line)]
    assert allowed == []


def test_kuba_has_three_cycles_and_the_last_is_running() -> None:
    told = hero()
    assert [len(days) for days in told.days] == [6, 6, 4]
    assert [len(words.aims) for words in told.words] == [2, 2, 3]
    assert all(aim.result for words in told.words[:2] for aim in words.aims)
