"""The frame that the dialogue sees holds all that the rules say, with seats filled in from outside."""

import re
from datetime import date, time

from bot.core.frame import Frame
from bot.routing.frame import build_frame, seat_frame
from bot.routing.load import load_rules


def frame_of(shipped: str, seats: dict[str, int] | None = None, staff_chat: int | None = None) -> Frame:
    rules = load_rules(shipped.encode()).rules
    assert rules is not None
    return seat_frame(build_frame(rules), seats or {}, staff_chat)


def test_seats_and_the_staff_chat_come_from_outside(shipped: str) -> None:
    frame = frame_of(shipped, seats={"mette": 7, "bo": 8}, staff_chat=-100)
    assert frame.agents["mette"].telegram == 7
    assert frame.agents["lone"].telegram is None
    assert frame.staff_chat == -100
    assert frame.agent_of(8) == frame.agents["bo"]


def test_a_number_in_the_file_wins_over_a_seat(shipped: str) -> None:
    text = shipped.replace("    navn: Bo Lind\n", "    navn: Bo Lind\n    telegram: 55\n", 1)
    assert frame_of(text, seats={"bo": 8}).agents["bo"].telegram == 55


def test_the_shipped_file_names_no_telegram_number(shipped: str) -> None:
    frame = frame_of(shipped)
    assert all(agent.telegram is None for agent in frame.agents.values())
    assert frame.staff_chat is None


def test_the_promise_is_the_one_of_the_municipality(shipped: str) -> None:
    promises = frame_of(shipped).promises
    assert (promises.working_days, promises.hour) == (2, time(16))
    assert (promises.quiet_from, promises.quiet_to) == (time(21), time(7))
    assert (promises.draft_days, promises.draft_warning_days) == (30, 4)


def test_holidays_and_the_rules_own_days_are_closed(shipped: str) -> None:
    closed = frame_of(shipped).promises.closed
    easter_monday = date(2027, 3, 29)
    for day in (date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 6, 5), easter_monday):
        assert day in closed
    assert date(2023, 5, 5) in closed, "store bededag was a holiday until 2023"
    assert date(2026, 5, 1) not in closed, "the fourth Friday after Easter is a working day now"
    assert date(2026, 11, 3) not in closed


def test_every_topic_asks_open_questions_in_three_languages(shipped: str) -> None:
    frame = frame_of(shipped)
    questions = [*frame.questions, *(question for topic in frame.topics.values() for question in topic.questions)]
    assert all(1 <= len(topic.questions) <= 3 for topic in frame.topics.values())
    for question in questions:
        assert set(question.ask) == {"da", "en", "uk"}
        assert question.facet in {"hvor", "hvem", "selv", "hvordan"}
        assert all(text.count("?") == 1 for text in question.ask.values())


def test_labels_signposts_and_lines_speak_three_languages(shipped: str) -> None:
    frame = frame_of(shipped)
    texts = [topic.label for topic in frame.topics.values()]
    texts += [part for signpost in frame.signposts.values() for part in (signpost.who, signpost.sentence)]
    texts += [line.sentence for line in frame.emergency_lines.values()]
    assert all(set(text) == {"da", "en", "uk"} for text in texts)
    assert all("?" not in signpost.sentence["da"] for signpost in frame.signposts.values())
    assert set(frame.emergency_lines) == {"112", "114", "1813", "livslinien"}


def test_an_agents_title_is_read_in_the_citizens_language(shipped: str) -> None:
    frame = frame_of(shipped)
    for agent in frame.agents.values():
        assert frame.title_in("da", agent.title) == agent.title
        assert frame.title_in("en", agent.title).isascii()
        assert not re.search("[a-z]", frame.title_in("uk", agent.title))
    assert frame.title_in("uk", "noget helt andet") == "noget helt andet"


def test_the_area_is_the_box_around_the_municipality(shipped: str) -> None:
    area = frame_of(shipped).area
    assert area is not None
    assert area.holds(55.7502, 12.5520)
    assert not area.holds(55.6761, 12.5683)
