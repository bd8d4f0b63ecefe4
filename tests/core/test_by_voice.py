"""A citizen without Telegram: staff read who tells them, and what they answer by voice is pressed by an agent."""

import re
from datetime import timedelta

import pytest

from bot.core import absent, by_voice, relay, steps
from bot.core.effects import Button, SendMedia, Strip, To
from bot.core.initiative import Stage
from bot.core.tally import first_promise
from bot.core.world import Move
from bot.texts.readers import LONGEST_LABEL
from bot.texts.specimen import specimen
from tests.book import BOOK
from tests.core.test_absent import entered
from tests.core.test_forms import FILLED, accept, fill, told
from tests.core.town import AGENTS, BO, DUE, GROUP, KAREN, METTE, NOW, PETER, PHOTO, answer, said, says

OF_THE_BOT = re.compile(r"får besked|har fået|er bedt om|er spurgt|Sådan læser")


def read(move: Move, chat: int = GROUP) -> list[str]:
    """What stands in a chat of staff's once everybody's words are found, in order."""
    led = absent.speak_for(by_voice.speak(move.effects, move), move)
    return [told(one.content) for one in says(chat, led)]


def keys_of(move: Move) -> list[Button]:
    led = absent.speak_for(move.effects, move)
    return [button for one in says(GROUP, led) for row in one.buttons for button in row]


@pytest.mark.parametrize("lang", BOOK.languages)
@pytest.mark.parametrize("key", sorted(by_voice.TWINS))
def test_every_twin_by_voice_can_be_filled_and_says_of_no_bot_that_it_tells(key: str, lang: str) -> None:
    twin = f"by_voice.{key}"
    assert BOOK.entries[lang][twin].fields <= BOOK.entries[lang][key].fields | {"n"}
    if lang == "da":
        assert OF_THE_BOT.search(specimen(BOOK, twin, lang)) is None


@pytest.mark.parametrize("lang", BOOK.languages)
@pytest.mark.parametrize("key", sorted(by_voice.BUTTONS))
def test_no_button_says_that_something_is_sent_and_each_fits_on_a_phone(key: str, lang: str) -> None:
    label = BOOK.label(Button(f"by_voice.{key}", "out:1:5", lang, {"name": "Anne Margrethe"}))
    assert len(label) <= LONGEST_LABEL, label
    assert not re.search(r"send|sent|надісл", label, re.IGNORECASE), label


def test_of_a_date_that_passed_everybody_reads_who_tells_the_citizen() -> None:
    story = entered(taken=NOW, stage=Stage.WITH_AGENT)
    story.wakes()
    story.step(lambda move, _: steps.promise_timers(move, move.initiatives[1]), said(METTE))
    moves = story.until(DUE + timedelta(days=3))
    every = [line for move in moves for chat in (GROUP, PETER, KAREN) for line in read(move, chat)]
    passed = [line for line in every if line.startswith("Overskredet")]
    assert len([line for line in passed if "fortæl selv Ejnar det" in line]) == 2, "at both dates, to Mette"
    assert len([line for line in passed if "så Mette Holm fortæller selv Ejnar det" in line]) >= 2
    assert not [line for line in every if OF_THE_BOT.search(line)], every


def test_whoever_gets_it_from_another_tells_the_citizen_and_the_one_who_is_away_hears_so() -> None:
    story = entered(taken=NOW, stage=Stage.WITH_AGENT)
    move = story.says(METTE, "væk 2/11-13/11")
    assert any("Ejnar har ikke Telegram: fortæl selv Ejnar det" in line for line in read(move))
    (receipt,) = read(move, METTE)
    assert "Borgere uden Telegram (nr. 1) hører det af Bo Lind selv." in receipt
    assert not [line for line in (*read(move), receipt) if "får besked om" in line]


def test_taking_it_says_that_an_answer_is_told_and_not_sent() -> None:
    move = entered().presses(METTE, "take:1", chat=GROUP)
    assert any("Kun et svar, du har fortalt, stopper uret" in line for line in read(move))


def test_a_no_that_was_told_by_voice_is_an_answer_in_time() -> None:
    story = entered(taken=NOW, stage=Stage.WITH_AGENT)
    message, shown = fill(story, "may_not", FILLED["may_not"])
    assert read(shown)[0].startswith("Det her fortæller du selv Ejnar"), "nobody reads it on a phone"
    move = accept(story, message)
    assert [one.data for one in keys_of(move)] == ["told:1:step"]
    assert first_promise(story.initiatives[1], DUE + timedelta(days=1)) == "late", "nobody has told it yet"
    heard = story.presses(METTE, "told:1:step", chat=GROUP)
    assert not answer(heard.effects).alert
    assert story.initiatives[1].answered is not None
    assert first_promise(story.initiatives[1], DUE + timedelta(days=1)) == "in_time"


def test_a_title_is_the_citizens_to_choose_also_by_voice() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    message, _ = fill(story, "title", "Plads til cyklerne")
    move = accept(story, message)
    assert any("Spørg selv Ejnar" in line for line in read(move))
    yes, no = keys_of(move)
    assert (yes.data.partition(":")[0], no.data.partition(":")[0]) == ("title_ok", "title_no")
    assert story.initiatives[1].title != "Plads til cyklerne"
    agreed = story.presses(METTE, yes.data, chat=GROUP)
    assert story.initiatives[1].title == "Plads til cyklerne"
    assert not says(METTE, agreed.effects), "what the citizen would hear is not said to the agent's own chat"
    assert story.initiatives[1].answered is None, "a press on a title is no answer"


def test_a_yes_to_a_council_is_pressed_by_whoever_heard_it() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    message, _ = fill(story, "show", "Hvor: Handicaprådets møde\nHvornår: 3. december\nTekst: Fri gang for alle")
    move = accept(story, message)
    assert [one.data for one in keys_of(move)] == ["show_ok:1:1", "show_no:1:1", "told:1:show"]
    heard = story.presses(METTE, "told:1:show", chat=GROUP)
    assert not [one for one in heard.effects if isinstance(one, Strip)], "the answer may be heard later"
    agreed = story.presses(METTE, "show_ok:1:1", chat=GROUP)
    assert any("siger ja" in line and "Fri gang for alle" in line for line in read(agreed))
    assert any("fortæl Ejnar" in line for line in read(agreed)), "the thanks are told too"


def test_when_it_is_done_the_citizen_is_asked_by_voice_whether_to_go_on() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    message, _ = fill(story, "done", FILLED["done"])
    move = accept(story, message)
    assert [one.data for one in keys_of(move)] == ["on_yes:1", "on_no:1", "told:1:step"]
    heard = story.presses(METTE, "told:1:step", chat=GROUP)
    assert not [one for one in heard.effects if isinstance(one, Strip)]
    story.presses(METTE, "on_yes:1", chat=GROUP)
    assert story.initiatives[1].extra["goes_on"] == "on_yes"


def test_a_call_that_was_agreed_asks_for_no_number_that_nobody_can_write() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    message, _ = fill(story, "meeting", "mødetid: tirsdag 10/11 kl. 15 · telefon")
    accept(story, message)
    lines = read(story.presses(METTE, "meet:1:1.0", chat=GROUP))
    assert any("På kortet står, hvordan Ejnar får svar" in line for line in lines)


def test_pictures_for_somebody_without_telegram_are_not_lost_without_a_word() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    words = said(METTE, "sådan kunne det se ud", media=(PHOTO,))
    move = story.step(lambda move, event: relay.to_citizen(move, move.initiatives[1], AGENTS["mette"], event), words)
    (line,) = [one for one in says(GROUP, absent.speak_for(move.effects, move)) if "fortæl Ejnar" in told(one.content)]
    assert "sådan kunne det se ud" in told(line.content)
    assert "Der er 1 fil i dit svar" in told(line.content)
    assert [row[0].data for row in line.buttons] == ["told:1:reply"]
    assert not [one for one in absent.speak_for(move.effects, move) if isinstance(one, SendMedia) and one.to == To(0)]


def test_a_colleague_reads_that_an_answer_is_to_be_told() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    words = said(BO, "vi kigger på det", chat=BO)
    move = story.step(lambda move, event: relay.to_citizen(move, move.initiatives[1], AGENTS["bo"], event), words)
    assert any("Bo Lind har skrevet et svar til Ejnar (nr. 1). I fortæller det selv" in line for line in read(move))
