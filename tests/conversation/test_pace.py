"""The pace stays under Telegram's limits, and loses nothing to late wake-ups."""

from itertools import pairwise

from bot.conversation.pace import Limits, Pace


def send(pace: Pace, lane: str, seconds: float, late: float = 0.0) -> list[float]:
    """Send as fast as the pace allows, waking up late by so much each time; the moments of sending."""
    now, sent = 1000.0, []
    while now < 1000.0 + seconds:
        wait = max(pace.overall(now), pace.chat(lane.format(len(sent)), now, 1))
        if wait > 0:
            now += wait + late
            continue
        pace.take(lane.format(len(sent)), now, 1)
        sent.append(now)
    return sent


def most_within(sent: list[float], seconds: float) -> int:
    return max(sum(start <= at < start + seconds for at in sent) for start in sent)


def test_over_all_chats_the_pace_is_steady_just_under_thirty_a_second() -> None:
    sent = send(Pace(Limits()), "{}", 60)
    assert 27.9 <= len(sent) / 60 <= 28.2
    assert most_within(sent, 1.0) <= 30


def test_waking_up_late_costs_no_throughput_and_breaks_no_limit() -> None:
    sent = send(Pace(Limits()), "{}", 60, late=0.02)
    assert len(sent) / 60 >= 27.5
    assert most_within(sent, 1.0) <= 36


def test_one_chat_gets_a_small_burst_and_then_less_than_one_a_second() -> None:
    sent = send(Pace(Limits()), "71", 60)
    assert sent[2] - sent[0] < 0.2
    assert len(sent) <= 61
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(sent[3:]))


def test_a_group_gets_at_most_twenty_in_any_minute() -> None:
    sent = send(Pace(Limits()), "-1001", 300)
    assert most_within(sent, 60.0) == 20
    assert len(sent) >= 99


def test_an_album_counts_by_its_photos() -> None:
    pace = Pace(Limits(overall=10.0))
    pace.take("-1001", 0.0, 10)
    assert pace.overall(0.0) > 0.7
    pace.take("-1001", 30.0, 10)
    assert pace.chat("-1001", 45.0, 1) >= 14.9


def test_an_album_larger_than_a_burst_still_leaves() -> None:
    pace = Pace(Limits())
    pace.take("71", 0.0, 10)
    assert 0 < pace.chat("71", 0.0, 10) < 15
    assert pace.chat("71", 15.0, 10) == 0.0


def test_a_change_of_a_message_counts_overall_only() -> None:
    pace = Pace(Limits())
    for _ in range(100):
        pace.take("71", 0.0, 0)
    assert pace.chat("71", 0.0, 1) == 0.0
    assert pace.overall(0.0) > 3


def test_chats_that_are_quiet_are_forgotten() -> None:
    pace = Pace(Limits())
    pace.take("71", 0.0, 1)
    pace.take("-1", 0.0, 1)
    pace.forget(30.0)
    assert set(pace._chats) == {"-1"}
    pace.forget(61.0)
    assert not pace._chats
