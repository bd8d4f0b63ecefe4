"""Who is away, out of reach or gone: nobody's work waits for them, and everybody is told by name."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import drafting, steps
from bot.core.effects import Effect, Note, Recount, SetTimer, TellHumans
from bot.core.events import Chat, Membership, Sender
from bot.core.frame import Absence
from bot.core.initiative import Desk, Initiative, NextStep, Stage, Turn
from bot.core.people import Draft
from bot.core.world import Move
from tests.book import BOOK
from tests.core.roster_town import AGENTS, FRAME, LONE, Roster, whole_step
from tests.core.town import (
    AASE,
    BO,
    DUE,
    GROUP,
    JONAS,
    KAREN,
    METTE,
    PETER,
    SIGNE,
    ZONE,
    an_idea,
    answer,
    for_signe,
    keys,
    said,
    says,
)


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def for_bo(number: int = 1, **changes: Any) -> Initiative:
    return an_idea(number, **{"responsible": "bo", "responsible_name": "Bo Lind", "step": bos_step(), **changes})


def bos_step() -> NextStep:
    return NextStep("Bo Lind", DUE, Turn.AGENT, key="step.first_answer")


def plain(chat: int, effects: list[Effect]) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, effects))


def test_one_line_gives_the_open_work_to_the_stand_in_and_both_citizens_hear_it_once() -> None:
    story = Roster(for_bo(1), for_bo(2, owner=JONAS, owner_name="Jonas Berg"))
    move = story.says(BO, "væk 2/11-13/11")
    for number, owner in ((1, AASE), (2, JONAS)):
        idea = story.initiatives[number]
        assert (idea.responsible, idea.responsible_name, idea.step.who) == ("lone", "Lone Bach", "Lone Bach")
        assert (idea.step.due, idea.first_due) == (DUE, DUE)
        told = plain(owner, story.effects)
        assert "Bo Lind er væk til mandag den 16. november. Lone Bach svarer så længe." in told
        assert len(says(owner, story.effects)) == 1
    receipt = plain(BO, move.effects)
    assert "Lone Bach tager nye idéer imens" in receipt
    assert "nr. 1" in receipt
    assert "nr. 2" in receipt
    assert "mandag den 16. november" in receipt


def test_the_stand_in_gets_a_card_and_what_was_said() -> None:
    story = Roster(for_bo())
    story.says(BO, "væk 2/11-13/11")
    assert story.initiatives[1].desks[0] == Desk(LONE, topic=False)
    assert "Lone Bach, du har nr. 1" in plain(LONE, story.effects)
    assert "cyklerne ligger og flyder" in plain(LONE, story.effects)
    assert [effect.about for effect in story.effects if isinstance(effect, Recount)] == [1]
    assert "er nu hos Lone Bach" in plain(GROUP, story.effects)


def test_nobody_is_woken_by_the_news() -> None:
    story = Roster(for_bo(), now=at(2, 23))
    story.wakes()
    story.says(BO, "væk i morgen")
    story.until(at(3, 1))
    assert [say.after for say in says(AASE, story.effects)] == [at(3, 7)]


def test_an_absence_that_begins_later_moves_nothing_before_its_day() -> None:
    story = Roster(for_bo(step=replace(bos_step(), due=at(20, 16))))
    story.wakes()
    story.says(BO, "væk 5/11-6/11")
    assert story.initiatives[1].responsible == "bo"
    story.until(at(4, 23))
    assert story.initiatives[1].responsible == "bo"
    story.until(at(5, 0))
    assert story.initiatives[1].responsible == "lone"


def test_on_the_first_working_day_after_it_the_work_comes_back_and_the_citizen_is_told() -> None:
    story = Roster(for_bo(step=replace(bos_step(), due=at(20, 16))))
    story.wakes()
    story.says(BO, "væk 2/11-13/11")
    story.until(at(15, 23))
    assert story.initiatives[1].responsible == "lone"
    story.until(at(16, 8))
    idea = story.initiatives[1]
    assert (idea.responsible, idea.step.who, idea.step.due) == ("bo", "Bo Lind", at(20, 16))
    assert idea.desks[0] == Desk(GROUP, topic=True)
    assert plain(AASE, story.effects).count("Bo Lind er tilbage") == 1
    assert len(says(AASE, story.effects)) == 2


@pytest.mark.parametrize(
    ("away", "has_it"),
    [
        (("bo",), "lone"),
        (("bo", "lone"), "peter"),
        (("bo", "lone", "peter"), "karen"),
        (("bo", "lone", "peter", "karen"), "mette"),
    ],
)
def test_the_chain_of_stand_ins_ends_with_the_leader_or_whoever_is_there(away: tuple[str, ...], has_it: str) -> None:
    story = Roster(for_bo())
    for name in away:
        story.says(AGENTS[name].telegram or 0, "væk 2/11-13/11")
    assert story.initiatives[1].responsible == has_it
    assert story.frame.reachable_lead("bo", date(2026, 11, 3)) == has_it


def test_an_absence_in_the_rules_counts_the_same() -> None:
    away = replace(AGENTS["bo"], away=(Absence(date(2026, 11, 2), date(2026, 11, 13)),))
    story = Roster(for_bo(), frame=replace(FRAME, agents={**AGENTS, "bo": away}))
    story.wakes()
    assert story.initiatives[1].responsible == "lone"
    story.says(BO, "tilbage")
    assert story.initiatives[1].responsible == "bo"


def test_coming_back_early_ends_the_absence_and_what_it_moved() -> None:
    story = Roster(for_bo())
    story.says(BO, "væk 2/11-13/11")
    move = story.presses(BO, "away_off:0")
    assert story.initiatives[1].responsible == "bo"
    assert "1 åben idé er hos dig igen" in plain(BO, move.effects)
    assert story.frame.is_there("bo", date(2026, 11, 3))
    story.says(BO, "væk 4/11")
    assert not story.frame.is_there("bo", date(2026, 11, 4))


def test_away_again_after_coming_back_on_the_same_day_counts() -> None:
    story = Roster(for_bo())
    story.says(BO, "væk i dag")
    story.says(BO, "tilbage")
    story.says(BO, "væk i dag")
    assert story.initiatives[1].responsible == "lone"


def test_two_presses_are_enough() -> None:
    story = Roster(for_bo())
    asked = story.says(BO, "væk")
    assert len(says(BO, asked.effects)[0].buttons) <= 5
    story.presses(BO, "away:0:two_weeks")
    assert not story.frame.is_there("bo", date(2026, 11, 13))
    assert story.frame.is_there("bo", date(2026, 11, 16))


@pytest.mark.parametrize(
    ("text", "key"),
    [("/væk hele tiden", "unread"), ("væk 13/11-2/11", "unread"), ("væk 12/10-13/10", "past")],
)
def test_days_that_make_no_absence_are_told_and_change_nothing(text: str, key: str) -> None:
    story = Roster(for_bo())
    move = story.says(BO, text)
    if text == "væk 13/11-2/11":
        # Read as from November to next November: nobody is away for so long by one line.
        assert story.initiatives[1].responsible == "bo"
    assert keys(BO, move.effects) == [f"colleague.away.{key}"]
    assert story.kept == {}


def test_who_is_away_can_write_all_the_same_and_stays_away() -> None:
    story = Roster(for_bo())
    story.says(BO, "væk 2/11-13/11")
    move = story.says(BO, "Hej Aase", chat=GROUP, command="svar", topic=1)
    assert "Bo Lind" in plain(AASE, move.effects)
    assert story.initiatives[1].responsible == "lone"
    assert not story.frame.is_there("bo", date(2026, 11, 3))


def test_who_is_away_cannot_take_anything() -> None:
    story = Roster(for_bo())
    story.says(BO, "væk 2/11-13/11")
    move = story.presses(BO, "take:1", chat=GROUP)
    assert answer(move.effects).alert
    assert story.initiatives[1].responsible == "lone"


def test_who_is_away_and_comes_second_still_reads_by_name_who_has_it() -> None:
    story = Roster(an_idea())
    story.presses(METTE, "take:1", chat=GROUP)
    story.says(BO, "væk i dag")
    told = answer(story.presses(BO, "take:1", chat=GROUP).effects)
    assert told.words is not None
    assert told.words.fields["agent"] == "Mette Holm"


def test_whom_the_bot_cannot_write_to_reads_how_to_mend_it_when_taking_something() -> None:
    story = Roster(an_idea())
    story.falls(SetTimer(f"reach:{SIGNE}", "agent_unstarted", story.now, chat=SIGNE))
    told = answer(story.presses(SIGNE, "take:1", chat=GROUP).effects)
    assert told.words is not None
    assert "START" in BOOK.speak(told.words).plain
    assert story.initiatives[1].responsible == "mette"


def test_a_new_idea_and_its_summary_name_the_stand_in() -> None:
    frame = replace(FRAME, topics={"trafik": replace(FRAME.topics["trafik"], lead="bo")})
    story = Roster(frame=frame)
    story.says(BO, "væk 2/11-13/11")
    draft = Draft(agent="bo", sure=True, topics=an_idea().topics)
    found: list[str] = []

    def asks(move: Move, _: object) -> None:
        found.append(drafting.lead_of(move, draft))

    story.step(asks, said(BO))
    assert found == ["lone"]


# -- out of reach ---


def blocks(story: Roster, user: int, status: str = "kicked") -> Move:
    event = Membership(Chat(user, "private"), Sender(user, "x"), status, frozenset(), story.now)  # type: ignore[arg-type]
    return story.step(whole_step, event)


def test_who_blocks_the_bot_is_replaced_and_the_admins_hear_once_why_and_how_to_mend_it() -> None:
    story = Roster(for_signe())
    moved = blocks(story, SIGNE)
    blocks(story, SIGNE)
    assert story.initiatives[2].responsible == "farid"
    notices = [effect.words for effect in story.effects if isinstance(effect, TellHumans)]
    assert [notice.key for notice in notices] == ["admin.agent_blocked"]
    text = BOOK.speak(notices[0]).plain
    assert "Signe Krag" in text
    assert "START" in text
    assert "Farid Nazari" in text
    assert "Farid Nazari, sparringsagent, har nu ansvaret" in plain(JONAS, moved.effects)
    assert says(SIGNE, story.effects) == []
    assert Desk(SIGNE, topic=False) not in story.initiatives[2].desks


def test_who_never_started_is_learned_from_the_shell_and_start_makes_it_good() -> None:
    story = Roster(for_signe())
    story.falls(SetTimer(f"reach:{SIGNE}", "agent_unstarted", story.now, chat=SIGNE))
    assert story.initiatives[2].responsible == "farid"
    assert not story.frame.is_there("signe", date(2026, 11, 2))
    story.says(SIGNE, "", command="start")
    assert story.frame.is_there("signe", date(2026, 11, 2))
    assert story.initiatives[2].responsible == "farid", "the citizen is not sent back and forth"


def test_whatever_is_learned_of_somebody_out_of_reach_the_admins_hear_it_once() -> None:
    story = Roster(for_signe())
    story.falls(SetTimer(f"reach:{SIGNE}", "agent_unstarted", story.now, chat=SIGNE))
    blocks(story, SIGNE)
    story.falls(SetTimer(f"reach:{SIGNE}", "agent_blocked", story.now, chat=SIGNE))
    assert sum(isinstance(effect, TellHumans) for effect in story.effects) == 1
    assert story.frame.agents["signe"].silent == "blocked"


def test_who_works_in_the_group_is_within_reach_there() -> None:
    story = Roster(an_idea())
    story.falls(SetTimer(f"reach:{METTE}", "agent_unstarted", story.now, chat=METTE))
    assert story.initiatives[1].responsible == "mette"
    assert [e.words.key for e in story.effects if isinstance(e, TellHumans)] == ["admin.agent_unstarted_here"]


def test_who_works_in_the_group_of_a_topic_is_within_reach_there_where_no_group_is_everybodys() -> None:
    roads = replace(FRAME.topics["trafik"], staff_chat=-1002)
    story = Roster(an_idea(), frame=replace(FRAME, staff_chat=None, topics={"trafik": roads}))
    for away in (METTE, BO):
        story.falls(SetTimer(f"reach:{away}", "agent_unstarted", story.now, chat=away))
    assert story.initiatives[1].responsible == "mette"
    assert story.frame.is_there("mette", story.now.date())
    assert not story.frame.is_there("bo", story.now.date()), "whose topics have no group"


def test_the_coordinator_who_is_away_is_stood_in_for_when_a_promise_is_missed() -> None:
    story = Roster(an_idea())
    story.step(lambda move, _: whole_promise(move), said(METTE))
    story.says(PETER, "væk 2/11-13/11")
    story.until(at(4, 16))
    assert "desk.promise.passed_coordinator" in keys(KAREN, story.effects)
    assert "desk.promise.passed_coordinator" not in keys(PETER, story.effects)


def whole_promise(move: Move) -> None:
    steps.promise_timers(move, move.world.initiatives[1])


def test_who_was_taken_out_of_the_rules_leaves_nothing_behind() -> None:
    agents = {name: agent for name, agent in AGENTS.items() if name != "bo"}
    story = Roster(for_bo(), frame=replace(FRAME, agents=agents))
    story.wakes()
    assert story.initiatives[1].responsible == "mette", "the topic's own agent"
    assert "Før var det Bo Lind" in plain(AASE, story.effects)


def test_each_re_route_stands_on_the_timeline() -> None:
    story = Roster(for_bo())
    story.says(BO, "væk 2/11-13/11")
    note = next(effect for effect in story.effects if isinstance(effect, Note) and effect.kind == "passed")
    assert note.data == {"from": "bo", "to": "lone", "topic": "trafik", "how": "stands_in"}


ACTS = st.sampled_from(
    ["away Bo", "away Lone", "away Peter", "away Signe", "away Mette", "back", "block", "unblock", "take", "day"]
)


@settings(max_examples=80)
@given(st.lists(st.tuples(ACTS, st.integers(0, 12)), max_size=14))
def test_whoever_is_away_or_gone_there_is_one_reachable_person_and_the_date_stands(acts: list[tuple[str, int]]) -> None:
    far = datetime(2027, 6, 1, 16, tzinfo=ZONE)
    signes = for_signe(step=replace(bos_step(), who="Signe Krag", due=far))
    story = Roster(for_bo(step=replace(bos_step(), due=far)), signes)
    story.wakes()
    by_name = {agent.first_name: agent.telegram or 0 for agent in AGENTS.values()}
    for act, n in acts:
        kind, _, name = act.partition(" ")
        who = by_name.get(name) or list(by_name.values())[n % len(by_name)]
        if kind == "away":
            story.says(who, f"væk til {(story.now + timedelta(days=n)).date().isoformat()}")
        elif kind == "back":
            story.says(who, "tilbage")
        elif kind in ("block", "unblock"):
            blocks(story, who, "kicked" if kind == "block" else "member")
        elif kind == "take":
            story.presses(who, f"take:{1 + n % 2}", chat=GROUP)
        else:
            story.until(story.now + timedelta(days=1 + n))
        today = story.now.date()
        someone = [name for name in AGENTS if story.frame.is_there(name, today)]
        for idea in story.initiatives.values():
            assert idea.stage is not Stage.RECEIVED or idea.responsible in AGENTS
            assert idea.responsible in someone or not someone or idea.responsible == "karen"
            assert idea.step.who == idea.responsible_name == AGENTS[idea.responsible].name
            assert idea.step.due == far
            assert idea.desks
        for timer in story.timers.values():
            assert timer.due > story.now
