"""Between two citizens only a yes of both tells names, each question has one answer, and an offer is never an idea."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core import bridges, desk, dialogue, kept_offers, marks, merging, offer_words
from bot.core.effects import Effect, Follow, SayFollowers, SetTimer, TakePart
from bot.core.events import Event, Fell
from bot.core.initiative import OUT_OF_REACH, Desk, Initiative, NextStep, Partner, Stage, Turn
from bot.core.match import Match
from bot.core.people import Asking, Draft, Person, Talk, Utterance
from bot.core.world import Move, World
from bot.texts.specimen import specimen
from tests.book import BOOK, has_twin
from tests.core.open_list import OpenList
from tests.core.town import AASE, DUE, FRAME, JONAS, KARIM, METTE, NOW, PETER, Story, an_idea, pressed, said, says

ASKER = Person(JONAS, "Jonas Berg", noticed=True)
DRAFT = Draft(words=(Utterance("flere cykelstativer", 5, NOW),), version=1, since=NOW, touched=NOW)
OFFER = replace(DRAFT, words=(Utterance("jeg er tømrer", 6, NOW),), kind="offer")


def public(number: int = 1, **changes: object) -> Initiative:
    """Aase's idea, open to everybody."""
    return an_idea(number, public=True, public_words="cyklerne ligger og flyder", **changes)


def step(
    event: Event, *ideas: Initiative, person: Person = ASKER, talk: Talk | None = None, now: datetime = NOW
) -> Move:
    """One step of the whole dialogue."""
    known = {idea.number: idea for idea in ideas}
    world = World(
        now=now, frame=FRAME, person=person, talk=talk or Talk(lang="da"), initiatives=known,
        public=OpenList(known), next_number=50, route=route,
    )  # fmt: skip
    return dialogue.step(world, event)


def route(text: str) -> Match:
    assert text
    return Match(kind="idea", topics=(), sure=False, agent="peter", lang="da", rules_hash="r")


def plain(effects: list[Effect], chat: int) -> str:
    return "\n".join(BOOK.speak(one.content).plain for one in says(chat, effects))


def asked_to_join() -> tuple[Initiative, Move]:
    move = step(pressed(JONAS, "l_join:1", chat=JONAS), public(), talk=Talk(lang="da", draft=DRAFT))
    return move.changed[1], move


def test_to_join_asks_the_initiator_with_a_first_name_and_lays_the_draft_aside() -> None:
    idea, move = asked_to_join()
    assert "Jonas vil gerne gå med" in plain(move.effects, AASE)
    assert "flere cykelstativer" in plain(move.effects, AASE)
    assert "Aase" not in plain(move.effects, JONAS)
    assert move.talk.draft is None
    assert move.talk.aside is not None
    assert [bridge.said for bridge in bridges.of(idea)] == [""]
    timer = next(one for one in move.effects if isinstance(one, SetTimer) and one.kind == bridges.SILENT)
    assert timer.due == NOW + timedelta(days=7)


def test_at_most_three_like_ones_are_shown_and_at_most_three_that_look_for_help() -> None:
    many = [public(n, title="flere cykelstativer", extra={marks.SEEKS: "en tømrer"}) for n in range(1, 6)]
    for words, move in (
        ("like", step(said(JONAS, "flere cykelstativer til byen", chat=JONAS), *many)),
        ("help", step(pressed(JONAS, "of_list:0:d", chat=JONAS), *many, talk=Talk(lang="da", draft=OFFER))),
    ):
        assert len(re.findall(r"Nr\. \d", plain(move.effects, JONAS))) == 3, words


def test_a_yes_takes_the_asker_in_once_and_a_second_press_changes_nothing() -> None:
    idea, _ = asked_to_join()
    aase = Person(AASE, "Aase Winther", noticed=True)
    yes = step(pressed(AASE, "join_yes:1:1-0", chat=AASE), idea, person=aase)
    assert [partner.person for partner in yes.changed[1].partners] == [JONAS]
    assert TakePart(JONAS, 1) in yes.effects
    assert yes.changed[1].owner == AASE
    assert "Aase siger ja" in plain(yes.effects, JONAS)
    again = step(pressed(AASE, "join_yes:1:1-0", chat=AASE), yes.changed[1], person=aase)
    assert again.changed == {}


@pytest.mark.parametrize("data", ["join_yes:1:1-0", "join_no:1:1-0"])
def test_nobody_but_the_initiator_answers(data: str) -> None:
    idea, _ = asked_to_join()
    move = step(pressed(JONAS, data, chat=JONAS), idea)
    assert move.changed == {}
    assert not says(AASE, move.effects)


def test_the_same_person_asks_once_and_nobody_asks_what_is_hidden_or_over() -> None:
    idea, _ = asked_to_join()
    talk = Talk(lang="da", draft=DRAFT)
    assert step(pressed(JONAS, "l_join:1", chat=JONAS), idea, talk=talk).changed == {}
    hidden = step(pressed(JONAS, "l_join:1", chat=JONAS), an_idea(), talk=talk)
    nowhere = step(pressed(JONAS, "l_join:1", chat=JONAS), talk=talk)
    assert plain(hidden.effects, JONAS) == plain(nowhere.effects, JONAS)
    done = public(stage=Stage.DONE)
    assert step(pressed(JONAS, "l_join:1", chat=JONAS), done, talk=talk).changed == {}


def test_to_send_the_own_idea_takes_the_question_back() -> None:
    idea, asking = asked_to_join()
    move = step(pressed(JONAS, "l_send:1", chat=JONAS), idea, talk=asking.talk)
    assert [bridge.said for bridge in bridges.of(move.changed[1])] == ["back"]
    assert move.talk.aside is None


def test_what_was_laid_aside_is_forgotten_once_they_are_in_it() -> None:
    idea, asking = asked_to_join()
    aase = Person(AASE, "Aase", noticed=True)
    taken = step(pressed(AASE, "join_yes:1:1-0", chat=AASE), idea, person=aase).changed[1]
    move = step(said(JONAS, "hej aase", chat=JONAS), taken, talk=asking.talk)
    assert move.talk.aside is None
    assert "hej aase" in plain(move.effects, AASE)


def test_three_who_look_for_help_are_shown_with_five_buttons_and_another_number_is_no_word_of_the_offer() -> None:
    seeking = {n: marks.mark(replace(public(), number=n), **{marks.SEEKS: "en tømrer"}) for n in (1, 2, 3, 4)}
    world = World(
        now=NOW, frame=FRAME, person=ASKER, talk=Talk(lang="da", draft=OFFER), initiatives={},
        public=OpenList(seeking), next_number=50, route=route,
    )  # fmt: skip
    for words in ("9", "nr. 9"):
        move = dialogue.step(world, said(JONAS, words, chat=JONAS))
        (shown,) = says(JONAS, move.effects)
        assert len(shown.buttons) == 5
        assert move.talk.draft is not None
        assert move.talk.draft.text == OFFER.text
    added = dialogue.step(world, said(JONAS, "9 lørdage om året", chat=JONAS))
    assert added.talk.draft is not None
    assert added.talk.draft.text != OFFER.text


def test_an_offer_asks_without_a_name_and_has_a_person_and_a_date_from_then_on() -> None:
    seeking = marks.mark(public(), **{marks.SEEKS: "en tømrer"})
    talk = Talk(lang="da", draft=OFFER)
    move = step(pressed(JONAS, "of_ask:1:d", chat=JONAS), seeking, talk=talk)
    assert "Jonas" not in plain(move.effects, AASE)
    offer = move.changed[50]
    assert (offer.kind, offer.responsible, offer.step.key) == ("offer", "mette", "step.offer_asked")
    assert offer.step.due == NOW + timedelta(days=7)
    [bridge] = bridges.of(move.changed[1])
    assert bridge.about == 50
    gone = step(pressed(JONAS, "of_gone:50:50", chat=JONAS), offer, move.changed[1])
    assert gone.changed[50].stage is Stage.WITHDRAWN
    aase = Person(AASE, "Aase", noticed=True)
    late = step(pressed(AASE, "join_yes:1:1-50", chat=AASE), gone.changed[50], move.changed[1], person=aase)
    assert late.changed == {}


KEPT = an_idea(
    60, kind="offer", owner=JONAS, owner_name="Jonas Berg", title="Tid om tirsdagen", responsible="peter",
    responsible_name="Peter Dam", desks=(Desk(PETER, topic=False),),
    step=NextStep("Peter Dam", DUE, Turn.AGENT, key="step.offer_kept"),
)  # fmt: skip


def looks_for_help(*known: Initiative, hour: int = 10) -> Move:
    """Aase says yes to looking for a carpenter, and the timer that this sets falls due."""
    aase = Person(AASE, "Aase", noticed=True)
    asked = step(said(AASE, "en tømrer", chat=AASE), public(), person=aase, talk=Talk(asking=Asking("seek", about=1)))
    [ask] = says(AASE, asked.effects)
    yes = pressed(AASE, ask.buttons[0][0].data, chat=AASE)
    agreed = step(yes, asked.changed[1], *known, person=aase, now=NOW.replace(hour=hour))
    timer = next(one for one in agreed.effects if isinstance(one, SetTimer) and one.kind == kept_offers.KIND)
    fell = Fell(timer.key, timer.kind, timer.about, timer.chat, timer.due, timer.due)
    assert desk.desk_needs(fell, Talk(), None, 0, FRAME).queue, "the offers are among all that is open"
    assert 7 <= timer.due.hour < 21
    return step(fell, agreed.changed[1], *known)


@pytest.mark.parametrize("hour", [10, 22])
def test_an_offer_that_is_kept_hears_of_whoever_looks_for_help_later_and_both_must_say_yes(hour: int) -> None:
    told = looks_for_help(KEPT, hour=hour)
    [shown] = says(JONAS, told.effects)
    text = BOOK.speak(shown.content).plain
    assert "Nr. 1 «Cykler ved Ordrup Station» søger: en tømrer" in text
    assert "Peter Dam" in text
    assert text.count("?") == 1
    assert [row[0].data for row in shown.buttons] == ["of_pick:1:60", "of_keep:0:60", "of_back:60"]
    assert says(AASE, told.effects) == [], "she hears nothing before he has chosen"
    assert "Jeg har vist det til Jonas" in plain(told.effects, PETER), "who has the offer knows"
    offer = told.changed[60]
    assert offer.step == KEPT.step, "who has it and by when stays"
    seeking = marks.mark(public(), **{marks.SEEKS: "en tømrer"})
    preview = step(pressed(JONAS, "of_pick:1:60", chat=JONAS), offer, seeking)
    assert says(AASE, preview.effects) == []
    asked = step(pressed(JONAS, "of_ask:1:60", chat=JONAS), offer, seeking)
    assert "Jonas" not in plain(asked.effects, AASE)
    assert asked.changed[60].step.key == "step.offer_asked"
    aase = Person(AASE, "Aase", noticed=True)
    agreed = step(pressed(AASE, "join_yes:1:1-60", chat=AASE), *asked.changed.values(), person=aase)
    assert agreed.changed[60].stage is Stage.JOINED
    assert [one.person for one in agreed.changed[1].partners] == [JONAS]


def test_nobody_is_told_of_it_twice_nor_while_somebody_else_is_asked_nor_of_their_own() -> None:
    offer = looks_for_help(KEPT).changed[60]
    assert looks_for_help(offer).effects == [], "once each"
    for other in (
        replace(KEPT, step=replace(KEPT.step, key="step.offer_asked")),
        replace(KEPT, stage=Stage.WITHDRAWN),
        replace(KEPT, extra={OUT_OF_REACH: NOW.isoformat()}),
        replace(KEPT, owner=AASE),
        marks.mark(KEPT, **{marks.BRIDGED_TO: "7 1"}),
        replace(KEPT, kind="idea"),
    ):
        assert looks_for_help(other).effects == []


def test_a_help_that_is_looked_for_no_more_is_shown_to_nobody() -> None:
    fell = Fell("kept_offers:1", kept_offers.KIND, 1, 0, NOW, NOW)
    assert step(fell, public(), KEPT).effects == []
    hidden = replace(marks.mark(public(), **{marks.SEEKS: "en tømrer"}), public=False)
    assert step(fell, hidden, KEPT).effects == []


def test_silence_gives_the_offer_its_next_choice_and_keeps_its_person() -> None:
    seeking = marks.mark(public(), **{marks.SEEKS: "en tømrer"})
    move = step(pressed(JONAS, "of_ask:1:d", chat=JONAS), seeking, talk=Talk(lang="da", draft=OFFER))
    fell = Fell("bridge:1:1:50", bridges.SILENT, 0, JONAS, NOW, NOW)
    assert desk.desk_needs(fell, Talk(), None, 0, FRAME).initiatives == {1, 50}
    silent = step(fell, *move.changed.values())
    assert "syv dage" in plain(silent.effects, JONAS)
    assert (silent.changed[50].step.key, silent.changed[50].responsible) == ("step.offer_choice", "mette")


def test_when_what_was_asked_about_is_gone_the_asker_still_hears_and_the_offer_goes_on() -> None:
    seeking = marks.mark(public(), **{marks.SEEKS: "en tømrer"})
    move = step(pressed(JONAS, "of_ask:1:d", chat=JONAS), seeking, talk=Talk(lang="da", draft=OFFER))
    gone = step(Fell("bridge:1:1:50", bridges.SILENT, 0, JONAS, NOW, NOW), move.changed[50])
    assert gone.changed[50].step.key == "step.offer_choice"
    join = step(Fell("bridge:1:1:0", bridges.SILENT, 0, JONAS, NOW, NOW))
    assert "syv dage" in plain(join.effects, JONAS)


def test_of_somebody_who_is_forgotten_no_question_is_kept() -> None:
    idea, _ = asked_to_join()
    assert "Jonas" not in repr(bridges.without(idea, JONAS))
    assert bridges.without(idea, KARIM) == idea


def test_an_offer_of_anothers_cannot_be_pressed() -> None:
    offer = an_idea(50, kind="offer")
    for data in ("of_gone:50:50", "of_back:50:50", "of_keep:0:50", "of_ask:1:50"):
        move = step(pressed(JONAS, data, chat=JONAS), offer, public())
        assert move.changed == {}, data


def test_two_that_are_sent_become_one_when_both_say_yes() -> None:
    own = an_idea(2, owner=JONAS, owner_name="Jonas Berg", title="Stativer i Ordrup", public=True)
    story = Story(own, public())
    mette = next(agent for agent in FRAME.agents.values() if agent.id == "mette")
    proposed = story.step(lambda move, _: merging.propose(move, own, mette, "nr. 1", METTE), pressed(METTE, "x"))
    assert "Mette Holm foreslår" in plain(proposed.effects, JONAS)
    first = step(pressed(JONAS, "merge_ok:2:1", chat=JONAS), own, public())
    assert "Jonas har en idé, der ligner" in plain(first.effects, AASE)
    aase = Person(AASE, "Aase", noticed=True)
    both = step(pressed(AASE, "join_yes:1:1-2", chat=AASE), own, first.changed[1], person=aase)
    assert both.changed[2].stage is Stage.JOINED
    assert both.changed[2].owner == JONAS
    assert [partner.name for partner in both.changed[1].partners] == ["Jonas"]
    assert any(isinstance(one, SayFollowers) and one.about == 2 for one in both.effects)


def test_whoever_takes_part_already_hears_who_comes_in_and_where_it_goes_on() -> None:
    karim, berit = Partner(KARIM, "Karim", "da", NOW), Partner(PETER, "Berit", "en", NOW)
    own = an_idea(2, owner=JONAS, owner_name="Jonas Berg", title="Stativer i Ordrup", partners=(karim, berit))
    first = step(pressed(JONAS, "merge_ok:2:1", chat=JONAS), own, public(partners=(karim,)))
    aase = Person(AASE, "Aase", noticed=True)
    both = step(pressed(AASE, "join_yes:1:1-2", chat=AASE), own, first.changed[1], person=aase)
    assert plain(both.effects, KARIM).startswith("Nu er Jonas også med i nr. 1"), "once: Karim is in both"
    assert "Med i idéen: Karim" in plain(both.effects, JONAS)
    assert "No. 2, «Stativer i Ordrup», which you are in on, now goes on in no. 1." in plain(both.effects, PETER)
    assert [button.data for one in says(PETER, both.effects) for row in one.buttons for button in row] == ["follow:1"]
    assert "Jonas" not in plain(both.effects, PETER)


def test_a_merge_with_what_is_not_open_is_proposed_to_nobody() -> None:
    own = an_idea(2, owner=JONAS, owner_name="Jonas Berg")
    mette = next(agent for agent in FRAME.agents.values() if agent.id == "mette")
    story = Story(own, an_idea(1))
    move = story.step(lambda move, _: merging.propose(move, own, mette, "1", METTE), pressed(METTE, "x"))
    assert not says(JONAS, move.effects)
    assert not says(AASE, move.effects)


def test_follow_from_the_like_ones_keeps_the_draft() -> None:
    move = step(pressed(KARIM, "l_follow:1", chat=KARIM), public(), person=Person(KARIM, "Karim"),
                talk=Talk(lang="da", draft=DRAFT))  # fmt: skip
    assert Follow(KARIM, 1) in move.effects
    assert move.talk.draft == DRAFT


@pytest.mark.parametrize("lang", BOOK.languages)
@pytest.mark.parametrize("key", sorted(offer_words.TWINS))
def test_every_twin_for_offers_is_there_with_the_same_fields_and_calls_nothing_an_idea(key: str, lang: str) -> None:
    twin = f"offer.{key}"
    assert has_twin("offer", key, lang)
    if not key.endswith("joined"):
        assert not re.search(r"\bidé|\bidea|\bіде[яїюєй]", specimen(BOOK, twin, lang), re.IGNORECASE)


def test_of_an_offer_everything_is_told_in_its_own_words() -> None:
    offer = an_idea(1, kind="offer")
    aase = Person(AASE, "Aase", noticed=True)
    told = plain(step(pressed(AASE, "i_status:1", chat=AASE), offer, person=aase).effects, AASE)
    assert "Dit tilbud" in told
    assert "idé" not in told
