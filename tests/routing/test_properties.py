"""Whatever is written, routing answers, in time that grows no faster than the text."""

from datetime import date
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.routing.cues import CueError, CueSet
from bot.routing.load import load_rules
from bot.routing.match import Router
from bot.routing.rules import KINDS

TODAY = date(2026, 11, 2)
UNHURRIED = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@UNHURRIED
@given(text=st.text(max_size=400))
def test_any_text_gets_an_answer(router: Router, text: str) -> None:
    match = router.match(text, today=TODAY)
    assert match.kind in KINDS
    assert match.agent in router.rules.agents
    assert all(0 <= topic.score <= 100 for topic in match.topics)
    assert [topic.score for topic in match.topics] == sorted((t.score for t in match.topics), reverse=True)
    assert router.match(text, today=TODAY) == match


@UNHURRIED
@given(data=st.binary(max_size=300))
def test_any_bytes_are_rules_or_problems(data: bytes) -> None:
    loaded = load_rules(data)
    assert loaded.rules is None
    assert loaded.faults
    assert all(problem.line >= 1 and problem.column >= 1 for problem in loaded.problems)


@UNHURRIED
@given(position=st.floats(0, 1), new=st.text(max_size=8), removed=st.integers(0, 12))
def test_a_typing_slip_anywhere_never_crashes_the_loader(shipped: str, position: float, new: str, removed: int) -> None:
    short = shipped[:12_000]
    at = int(position * len(short))
    slip = short[:at] + new + short[at + removed :]
    loaded = load_rules(slip.encode("utf-8", "replace"))
    assert loaded.rules is None


@UNHURRIED
@given(
    cue=st.text(alphabet="abc /*+^.…", max_size=20), words=st.lists(st.sampled_from(["a", "b", "ab", "c"]), max_size=9)
)
def test_any_cue_is_read_or_refused(cue: str, words: list[str]) -> None:
    try:
        cues = CueSet([cue])
    except CueError:
        return
    for hit in cues.find(words):
        assert 0 <= hit.first < hit.last <= len(words)


@pytest.mark.parametrize("piece", ["cykel ", "æ", "xyzzy ", "mit forslag er ", "a-b-", "??? ", "har "])
def test_a_long_text_takes_no_more_than_its_share(router: Router, piece: str) -> None:
    router.match(piece * 10, today=TODAY)
    text = (piece * 5000)[:5000]
    started = process_time()
    router.match(text, today=TODAY)
    assert process_time() - started < 0.5


def test_thirty_words_take_a_few_milliseconds(router: Router) -> None:
    text = (
        "Jeg synes vi mangler et sted hvor vi på tværs af alder kan mødes omkring gamle træer og bygge noget med "
        "hænderne måske en hytte ved søen som børnehaverne kan låne"
    )
    router.match(text, today=TODAY)
    times = []
    for number in range(50):
        started = process_time()
        router.match(f"{text} {number}", today=TODAY)
        times.append(process_time() - started)
    assert sorted(times)[25] < 0.010
