"""A citizen without Telegram: the link by which they take over later, as words and as a code, once and for a while."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import absent, desk, marks
from bot.core.effects import Invite, SendCode, Strip
from bot.core.events import Said
from bot.core.initiative import Initiative, Stage
from bot.core.world import Move
from tests.core.roster_town import FRAME, Roster
from tests.core.test_forms import accept, fill, told
from tests.core.town import AASE, GROUP, METTE, NOW, an_idea, answer, keys, said, says

SECRETS = iter(f"hemmelig-{n}" for n in range(100))


def entered(**changes: object) -> Roster:
    """An idea that Mette has entered for Ejnar."""
    first = {marks.LINK: absent.fingerprint("gammel"), marks.LINK_UNTIL: "2026-11-20"}
    idea = an_idea(owner=absent.NOBODY, owner_name="Ejnar", extra=first, **changes)
    return Roster(idea, frame=replace(FRAME, username="skaber_bot"))


def asks_for_code(story: Roster) -> tuple[Move, str]:
    secret = next(SECRETS)

    def act(move: Move, event: Said) -> None:
        move.world = replace(move.world, fresh=secret)
        desk.on_said(move, event)

    return story.step(act, said(METTE, command="kode"), topic=1), secret


def presses(story: Roster, payload: str) -> Initiative:
    """Somebody opens the bot by the link."""

    def act(move: Move, _: Said) -> None:
        absent.take_over(move, payload)

    story.step(act, said(AASE, payload, chat=AASE, command="start"))
    return story.initiatives[1]


def test_a_new_code_opens_it_and_the_old_one_does_not() -> None:
    story = entered()
    move, secret = asks_for_code(story)
    (code,) = [effect for effect in move.effects if isinstance(effect, SendCode)]
    assert code.link == f"https://t.me/skaber_bot?start=min_1_{secret}"
    assert secret not in repr(story.initiatives[1]), "nobody who reads the store can use it"
    assert presses(story, "min_1_gammel").owner == absent.NOBODY
    assert presses(story, f"min_1_{secret}").owner == AASE
    story.initiatives[1] = replace(story.initiatives[1], owner=absent.NOBODY)
    assert presses(story, f"min_1_{secret}").owner == absent.NOBODY, "it works once"


def test_it_lasts_thirty_days_from_when_it_was_made() -> None:
    story = entered()
    story.now += timedelta(days=60)
    _, secret = asks_for_code(story)
    story.now += timedelta(days=absent.LINK_DAYS)
    late = story.now + timedelta(days=1)
    assert presses(story, f"min_1_{secret}").owner == AASE
    again = entered()
    _, secret = asks_for_code(again)
    again.now = late
    assert presses(again, f"min_1_{secret}").owner == absent.NOBODY


@pytest.mark.parametrize("changes", [{"owner": AASE}, {"stage": Stage.DONE}])
def test_there_is_none_for_who_follows_already_or_for_what_has_ended(changes: dict[str, object]) -> None:
    story = entered()
    story.initiatives[1] = replace(story.initiatives[1], **changes)
    move, _ = asks_for_code(story)
    assert keys(GROUP, move.effects) == ["desk.absent.code_none"]


def test_a_time_that_was_agreed_by_voice_is_pressed_by_the_agent_and_counts_as_an_answer() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    message, _ = fill(story, "meeting", "mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10 · Byens Hus")
    move = accept(story, message)
    led = absent.speak_for(move.effects, move)
    (tell,) = [one for one in says(GROUP, led) if "fortæl Ejnar" in told(one.content)]
    data = [row[0].data for row in tell.buttons]
    assert data == ["meet:1:1.0", "meet:1:1.1", "meet_no:1:1", "told:1:meeting"]
    heard = story.presses(METTE, "told:1:meeting", chat=GROUP)
    assert not [one for one in heard.effects if isinstance(one, Strip)], "the time may be heard later"
    move = story.presses(METTE, "meet:1:1.1", chat=GROUP)
    idea = story.initiatives[1]
    assert (idea.step.key, idea.step.due.day, idea.step.due.hour) == ("step.meeting", 11, 10)
    assert idea.answered is not None
    files = [one for one in absent.speak_for(move.effects, move) if isinstance(one, Invite)]
    assert [one.to.chat for one in files] == [GROUP], "nobody is sent to no chat"
    story.presses(METTE, "meet_off:1:1", chat=GROUP)
    assert story.initiatives[1].step.key == "step.answer"


def test_for_a_citizen_with_telegram_no_agent_chooses_a_time() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    message, _ = fill(story, "meeting", "mødetid: tirsdag 10/11 kl. 15 · Byens Hus")
    accept(story, message)
    story.initiatives[1] = replace(story.initiatives[1], owner=AASE)
    move = story.presses(METTE, "meet:1:1.0", chat=GROUP)
    assert answer(move.effects).alert
    assert move.changed == {}
