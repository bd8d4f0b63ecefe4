"""A changed rules file is judged once it is left alone; good rules are swapped in, bad ones change nothing."""

import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.routing.live import Accepted, LiveRules, Refused, accept
from bot.routing.load import digest
from tests.journeys.rulebook import short_rules

TODAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def shipped() -> str:
    """The shipped rules without examples: what is tried here is when they are judged, not how."""
    return short_rules().decode()


@pytest.fixture
def live(shipped: str, tmp_path: Path) -> LiveRules:
    path = tmp_path / "routing_rules.yaml"
    path.write_text(shipped, "utf-8")
    current = accept(shipped.encode())
    assert isinstance(current, Accepted)
    watch = LiveRules(path, current)
    assert watch.poll(0.0) is None
    assert watch.poll(5.0) is None
    return watch


def write(live: LiveRules, text: str) -> None:
    live.path.write_text(text, "utf-8")


def test_a_good_change_is_in_force_after_a_moment_of_rest(live: LiveRules, shipped: str) -> None:
    write(live, shipped.replace("natur, park,", "natur, skaterdam, park,", 1))
    assert live.poll(10.0) is None
    assert live.poll(11.0) is None
    outcome = live.poll(11.5)
    assert isinstance(outcome, Accepted)
    assert live.current is outcome
    assert live.current.router.match("skaterdam", today=TODAY).topics[0].topic == "natur"
    assert live.poll(20.0) is None


def test_a_bad_change_is_told_once_and_the_old_rules_hold(live: LiveRules, shipped: str) -> None:
    before = live.current
    write(live, shipped.replace("    ansvarlig: bo\n", "    ansvarlig: Bo Lindd\n", 1))
    live.poll(10.0)
    outcome = live.poll(12.0)
    assert isinstance(outcome, Refused)
    assert [problem.what for problem in outcome.problems] == ["»Bo Lindd« er ikke en af agenterne"]
    assert live.current is before
    assert [live.poll(13.0 + second) for second in range(5)] == [None] * 5


def test_a_save_in_two_steps_raises_no_alarm(live: LiveRules, shipped: str) -> None:
    write(live, shipped[: len(shipped) // 2])
    assert live.poll(10.0) is None
    write(live, shipped + "# færdig\n")
    assert live.poll(10.5) is None
    assert isinstance(live.poll(12.0), Accepted)


def test_a_file_that_is_removed_is_told_and_putting_it_back_too(live: LiveRules, shipped: str) -> None:
    before = live.current
    live.path.unlink()
    live.poll(10.0)
    outcome = live.poll(12.0)
    assert isinstance(outcome, Refused)
    assert live.current is before
    write(live, shipped)
    live.poll(20.0)
    assert isinstance(live.poll(22.0), Accepted)


def test_putting_the_good_file_back_is_told(live: LiveRules, shipped: str) -> None:
    write(live, "")
    live.poll(10.0)
    assert isinstance(live.poll(12.0), Refused)
    write(live, shipped)
    live.poll(13.0)
    assert isinstance(live.poll(15.0), Accepted)


def test_each_broken_save_is_told_also_when_it_holds_the_same(live: LiveRules) -> None:
    write(live, "kommune\n")
    live.poll(10.0)
    assert isinstance(live.poll(12.0), Refused)
    write(live, "kommune\n")
    live.poll(13.0)
    assert isinstance(live.poll(15.0), Refused)


def test_a_file_that_was_only_touched_is_no_change(live: LiveRules, shipped: str) -> None:
    write(live, shipped)
    live.poll(10.0)
    assert live.poll(12.0) is None


def test_a_file_that_was_broken_at_the_start_is_not_told_of_again_and_its_mending_is(
    accepted_rules: Accepted, tmp_path: Path
) -> None:
    path = tmp_path / "routing_rules.yaml"
    path.write_bytes(b"kommune\n")
    live = LiveRules(path, accepted_rules, judged=digest(b"kommune\n"), broken=True)
    assert [live.poll(float(second)) for second in range(4)] == [None] * 4
    path.write_bytes(accepted_rules.data)
    live.poll(10.0)
    assert live.poll(12.0) is accepted_rules
    assert live.poll(20.0) is None


def test_a_version_that_could_not_be_written_is_not_undone_by_the_file_that_lies_there(
    accepted_rules: Accepted, tmp_path: Path
) -> None:
    path = tmp_path / "routing_rules.yaml"
    path.write_bytes(accepted_rules.data)
    live = LiveRules(path, accepted_rules)
    other = replace(accepted_rules, packed=zlib.compress(accepted_rules.data + b"# Ullas\n"))
    live.take(other, live.on_disk)
    path.touch()
    live.poll(10.0)
    assert live.poll(12.0) is None
    assert live.current is other


def test_an_example_that_no_longer_reaches_its_topic_is_refused_with_what_won() -> None:
    wrong = "sauna og badebro på stranden ved havnen med kajak, jolle og vinterbadning"
    text = short_rules(most=1000).decode().replace("    ord:", f'    eksempler:\n      - "{wrong}"\n    ord:', 1)
    outcome = accept(text.encode())
    assert isinstance(outcome, Refused)
    [problem] = outcome.problems
    assert problem.line == text[: text.index(wrong)].count("\n") + 1
    assert problem.what == f"eksemplet »{wrong}« under »trafik« finder »kyst« i stedet"


def test_seats_follow_along_on_reload(shipped: str, tmp_path: Path) -> None:
    path = tmp_path / "routing_rules.yaml"
    path.write_text(shipped, "utf-8")
    current = accept(shipped.encode(), {"bo": 9})
    assert isinstance(current, Accepted)
    live = LiveRules(path, current, {"bo": 9}, -5)
    path.write_text(shipped + "# note\n", "utf-8")
    live.poll(0.0)
    outcome = live.poll(2.0)
    assert isinstance(outcome, Accepted)
    assert outcome.frame.agents["bo"].telegram == 9
    assert outcome.frame.staff_chat == -5
