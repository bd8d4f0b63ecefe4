"""Whoever takes part in an initiative that another began hears what its initiator is told of it, in their language."""

from datetime import timedelta

from bot.core import belonging, desk, handover, lead, watch
from bot.core.effects import Note
from bot.core.events import Fell, Said
from bot.core.initiative import Ending, Partner, Stage
from bot.core.world import Move
from tests.book import BOOK
from tests.core.test_forms import carried_out
from tests.core.test_trial import at_its_end
from tests.core.town import AASE, DUE, KARIM, METTE, NOW, PETER, Story, an_idea, keys, pressed, said, says

SHARED = an_idea(partners=(Partner(KARIM, "Karim", "en", NOW),))


def read(chat: int, move: Move) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, move.effects))


def test_a_promise_that_passes_is_told_to_each_of_them_once() -> None:
    story = Story(SHARED, now=DUE)
    fell = Fell(f"promise_due:1:{DUE:%Y%m%dT%H%M}", "promise_due", 1, 0, DUE, DUE)
    move = story.step(watch.on_fell, fell)
    assert (keys(AASE, move.effects), keys(KARIM, move.effects)) == (["citizen_step.late"], ["bridge.late"])
    assert "Mette Holm will write by Friday 6 November" in read(KARIM, move)
    assert says(KARIM, story.step(watch.on_fell, fell).effects) == []


def test_who_has_it_now_is_told_to_each_of_them_and_nobody_is_woken() -> None:
    story = Story(SHARED, now=NOW.replace(hour=22))

    def given(move: Move, _: object) -> None:
        lead.give(move, move.world.initiatives[1], move.world.frame.agents["bo"], lead.MOVED)

    move = story.step(given, said(PETER, chat=PETER))
    for citizen in (AASE, KARIM):
        (told,) = says(citizen, move.effects)
        assert told.after == (NOW + timedelta(days=1)).replace(hour=7, minute=0)
        assert "Bo Lind" in read(citizen, move)


def test_what_the_initiator_takes_back_is_no_riddle_to_the_others() -> None:
    move = Story(SHARED).step(lambda move, _: handover.withdraw(move, move.world.initiatives[1]), said(AASE, chat=AASE))
    assert keys(KARIM, move.effects) == ["bridge.withdrawn"]
    assert "Mette Holm" in read(KARIM, move)


def test_at_the_end_of_a_trial_each_is_asked_and_the_timeline_names_who_saw_it() -> None:
    story = Story(SHARED)
    carried_out(story, "trial")
    move = at_its_end(story)
    assert keys(AASE, move.effects) == keys(KARIM, move.effects) == ["citizen_step.trial_over"]

    def writes(move: Move, event: Said) -> None:
        belonging.carry_on(move, move.world.initiatives[1], event)

    heard = story.step(writes, said(KARIM, "der var plads", chat=KARIM))
    seen = [effect for effect in heard.effects if isinstance(effect, Note) and effect.kind == "trial_seen"]
    assert [(note.actor, note.data["text"]) for note in seen] == [("Karim", "der var plads")]


def test_what_is_open_again_is_told_to_each_of_them() -> None:
    over = an_idea(partners=SHARED.partners, stage=Stage.DONE, ending=Ending("ti stativer", by="Mette Holm"))
    move = Story(over).step(desk.on_pressed, pressed(METTE, "reopen:1"), topic=1)
    assert keys(AASE, move.effects) == keys(KARIM, move.effects) == ["citizen_step.reopened"]
