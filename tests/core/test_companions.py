"""One idea under several departments: one lead, helpers by name, one thread."""

from dataclasses import replace
from datetime import datetime

from bot.core import companions, relay
from bot.core.effects import Effect, SetTimer
from bot.core.events import Chat, Said, Sender
from bot.core.frame import Topic
from bot.core.initiative import Desk, Initiative, Stage
from bot.core.match import TopicScore
from bot.core.world import Move
from tests.book import BOOK
from tests.core.roster_town import FRAME, LONE, Roster
from tests.core.town import AASE, BO, GROUP, METTE, NOW, SIGNE, ZONE, for_signe, keys, said, says

LEADS = {"skole": "signe", "natur": "bo", "senior": "lone", "kultur": "farid"}
TOPICS = {name: Topic(name, {"da": name}, lead) for name, lead in LEADS.items()}
ACROSS = (
    TopicScore("skole", 90.0, ()), TopicScore("natur", 85.0, ()), TopicScore("senior", 78.0, ()),
    TopicScore("kultur", 72.0, ()),
)  # fmt: skip


def plain(chat: int, effects: list[Effect]) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, effects))


def across(scores: tuple[TopicScore, ...] = ACROSS) -> Roster:
    """Signe leads; Bo and Lone are asked to help."""
    idea = for_signe(1, owner=AASE, owner_name="Aase Winther", topics=scores)
    story = Roster(idea, frame=replace(FRAME, topics=TOPICS))

    def asks(move: Move, _: object) -> None:
        companions.ask(move, move.world.initiatives[1])

    story.step(asks, said(METTE))
    return story


def helps(story: Roster, user: int, chat: int) -> None:
    story.presses(user, "help:1", chat=chat)


def hears(story: Roster, text: str) -> Move:
    words = Said(Chat(AASE, "private"), Sender(AASE, "Aase"), (77,), NOW, text=text)
    return story.step(lambda move, event: relay.to_desk(move, move.world.initiatives[1], event), words)


def idea_of(story: Roster) -> Initiative:
    return story.initiatives[1]


def test_the_agents_of_the_other_strong_topics_get_the_card_and_the_lead_is_one() -> None:
    story = across()
    assert idea_of(story).responsible == "signe"
    assert idea_of(story).desks == (Desk(SIGNE, False), Desk(GROUP, True), Desk(LONE, False))
    assert idea_of(story).extra["invited"] == "bo lone"
    assert idea_of(story).helpers == ()


def test_an_idea_that_only_touches_another_topic_asks_nobody() -> None:
    story = across((TopicScore("skole", 90.0, ()), TopicScore("senior", 70.0, ()), TopicScore("natur", 48.0, ())))
    assert idea_of(story).desks == (Desk(SIGNE, False),)
    assert story.timers == {}


def test_who_says_nothing_is_reminded_once_after_two_working_days_and_who_helps_is_not() -> None:
    story = across()
    helps(story, LONE, LONE)
    story.until(datetime(2026, 11, 4, 15, 59, tzinfo=ZONE))
    assert "colleague.with.reminded" not in keys(GROUP, story.effects)
    story.until(datetime(2026, 11, 4, 16, tzinfo=ZONE))
    assert keys(GROUP, story.effects).count("colleague.with.reminded") == 1
    story.until(datetime(2026, 11, 20, 16, tzinfo=ZONE))
    assert keys(GROUP, story.effects).count("colleague.with.reminded") == 1
    assert "Bo Lind, Signe Krag har ansvaret" in plain(GROUP, story.effects)
    assert keys(LONE, story.effects).count("colleague.with.reminded") == 0


def test_both_questions_reach_the_citizen_with_the_name_of_who_asks_and_what_they_do() -> None:
    story = across()
    helps(story, LONE, LONE)
    one = story.says(LONE, "1 Hvor mange er I?", command="svar")
    two = story.says(SIGNE, "1 Hvilken klasse?", command="svar")
    assert "Lone Bach, sparringsagent, hjælper Signe Krag og skriver:" in plain(AASE, one.effects)
    assert "Signe Krag, sparringsagent, skriver:" in plain(AASE, two.effects)
    assert "Lone Bach har skrevet til Aase" in plain(SIGNE, one.effects)
    assert "Signe Krag har skrevet til Aase" in plain(LONE, two.effects)


def test_the_citizens_words_reach_the_lead_and_those_who_help_but_not_those_who_do_not() -> None:
    story = across()
    helps(story, LONE, LONE)
    move = hears(story, "vi er otte")
    assert "vi er otte" in plain(SIGNE, move.effects)
    assert "vi er otte" in plain(LONE, move.effects)
    assert says(GROUP, move.effects) == []
    helps(story, BO, GROUP)
    assert "vi er ni" in plain(GROUP, hears(story, "vi er ni").effects)


def test_who_writes_to_the_citizen_without_the_lead_is_a_helper_from_then_on() -> None:
    story = across()
    move = story.says(BO, "Jeg kender grunden", chat=GROUP, command="svar", topic=1)
    assert idea_of(story).helpers == ("bo",)
    assert idea_of(story).responsible == "signe"
    assert "Signe Krag har stadig ansvaret" in plain(SIGNE, move.effects)


def test_a_closed_initiative_reminds_nobody() -> None:
    story = across()
    story.initiatives[1] = replace(idea_of(story), stage=Stage.DONE)
    move = story.falls(SetTimer("helper_remind:1", "helper_remind", NOW, about=1))
    assert move.effects == []
