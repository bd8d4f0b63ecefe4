"""A new title is proposed by an agent and decided by the citizen."""

from bot.core import steps
from bot.core.effects import MakeTopic, NameTopic, Say
from bot.core.events import Pressed
from bot.core.world import Move
from tests.core.test_forms import accept, fill, told
from tests.core.town import AASE, GROUP, Story, an_idea, answer, keys, pressed, says


def propose(story: Story, title: str = "Cykelplan Ordrup") -> Say:
    message, shown = fill(story, "title", title)
    assert story.initiatives[1].proposed_title != title
    assert title in told(says(GROUP, shown.effects)[0].content)
    (asked,) = says(AASE, accept(story, message).effects)
    return asked


def press_by_citizen(story: Story, data: str) -> Move:
    verb, _, rest = data.partition(":")

    def act(move: Move, event: Pressed) -> None:
        idea = move.initiative(1)
        assert idea is not None
        steps.on_citizen_press(move, event, idea, verb, rest.partition(":")[2])

    return story.step(act, pressed(AASE, data, chat=AASE))


def test_a_title_is_the_citizen_s_to_change() -> None:
    story = Story(an_idea())
    asked = propose(story)
    assert story.initiatives[1].title == "Cykler ved Ordrup Station"
    yes, no = (row[0].data for row in asked.buttons)
    kept = press_by_citizen(story, no)
    assert keys(AASE, kept.effects) == ["citizen_step.title_kept"]
    assert story.initiatives[1].title == "Cykler ved Ordrup Station"
    late = press_by_citizen(story, yes)
    assert story.initiatives[1].title == "Cykler ved Ordrup Station"
    assert answer(late.effects).words is not None


def test_with_a_yes_the_new_title_stands_everywhere() -> None:
    story = Story(an_idea())
    yes = propose(story).buttons[0][0].data
    move = press_by_citizen(story, yes)
    assert story.initiatives[1].title == "Cykelplan Ordrup"
    assert [e.name for e in move.effects if isinstance(e, NameTopic)] == ["1 · Mette · Cykelplan Ordrup"]
    assert keys(GROUP, move.effects) == ["desk.title_yes"]
    assert not [e for e in move.effects if isinstance(e, MakeTopic)]


def test_a_yes_to_an_earlier_proposal_changes_nothing() -> None:
    story = Story(an_idea())
    yes = propose(story).buttons[0][0].data
    propose(story, "Noget helt andet")
    press_by_citizen(story, yes)
    assert story.initiatives[1].title == "Cykler ved Ordrup Station"
