"""Trying a sentence shows what sending it would do; trying a file shows which texts and people it would move."""

import json
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from bot.routing import lab
from bot.routing.lab import Look, Sample
from bot.routing.live import Accepted, accept
from tests.core.sender import NOW, ZONE, Citizen
from tests.journeys.rulebook import brief_rules, short_rules

MESSAGES = [json.loads(line) for line in (Path(__file__).parent / "messages.jsonl").read_text("utf-8").splitlines()]


def change(text: str, old: str, new: str) -> bytes:
    assert old in text
    return text.replace(old, new, 1).encode()


def accepted(data: bytes) -> Accepted:
    outcome = accept(data)
    assert isinstance(outcome, Accepted), [str(problem) for problem in outcome.problems]
    return outcome


@pytest.fixture(scope="module")
def holiday() -> Accepted:
    """Rules of some judgement on a day when Mette is away, so that Bo stands in for her."""
    return accepted(
        change(
            brief_rules().decode(),
            "    afløser: bo\n",
            "    afløser: bo\n    fravær: [{fra: 2026-12-21, til: 2026-12-23}]\n",
        )
    )


@pytest.mark.parametrize("row", MESSAGES[::2], ids=lambda row: row["id"])
def test_a_sentence_that_is_tried_gets_what_it_would_get_if_it_were_sent(
    holiday: Accepted, row: dict[str, str]
) -> None:
    tried = lab.look(holiday, row["text"], NOW.date())
    citizen = Citizen(holiday)
    citizen.write(row["text"])
    if citizen.talk.draft is None:
        assert tried.agent == ""
        return
    citizen.send()
    assert tried.asks == (citizen.sent is None)
    if citizen.sent is None:
        assert citizen.asked_topics == [*(topic.topic for topic in tried.topics), "other", "dont_know"]
        _send_by_each_topic(holiday, row["text"], tried)
        citizen.choose("dont_know")
    assert citizen.sent is not None
    assert (citizen.sent.responsible, citizen.sent.responsible_name) == (tried.agent, tried.agent_name)
    assert citizen.sent.first_due == datetime.combine(tried.due, tried.hour, ZONE)
    assert citizen.sent.rules_hash == tried.rules_hash
    shown = [(topic.topic, topic.score, topic.because) for topic in tried.topics]
    assert [(topic.topic, topic.score, topic.because) for topic in citizen.sent.topics[:3]] == shown


def _send_by_each_topic(rules: Accepted, sentence: str, tried: Look) -> None:
    for topic in tried.topics:
        chooser = Citizen(rules)
        chooser.write(sentence)
        chooser.send()
        chooser.choose(topic.topic)
        assert chooser.sent is not None
        assert (topic.agent, topic.agent_name) == (chooser.sent.responsible, chooser.sent.responsible_name)


def test_the_messages_hold_sure_unsure_and_no_ideas(holiday: Accepted) -> None:
    looks = [lab.look(holiday, row["text"], NOW.date()) for row in MESSAGES]
    assert sum(look.sure and bool(look.agent) for look in looks) >= 20
    assert sum(look.asks for look in looks) >= 10
    assert sum(not look.agent for look in looks) >= 10


def test_an_agent_on_leave_is_passed_over_and_closed_days_are_counted(holiday: Accepted) -> None:
    tried = lab.look(holiday, "Flere cykelstativer ved Ordrup Station", NOW.date())
    assert (tried.topics[0].topic, tried.topics[0].label, tried.sure) == ("trafik", "Trafik og cykler", True)
    assert tried.topics[0].because[0].startswith("cykelstativer")
    assert (tried.agent, tried.agent_name) == ("bo", "Bo Lind")
    # 24, 25, 26 and 27 December are closed, or a weekend.
    assert (tried.due, tried.hour) == (date(2026, 12, 28), time(16))
    assert "Ordrup Station" in tried.places


def test_acute_danger_shows_the_number_to_call_and_nobody_gets_it(accepted_rules: Accepted) -> None:
    tried = lab.look(accepted_rules, "Det brænder i kælderen hos naboen", NOW.date())
    assert (tried.kind, tried.emergency, tried.emergency_line, tried.agent) == ("emergency", "112", "112", "")


def test_an_errand_beside_an_idea_is_not_part_of_what_is_sent(accepted_rules: Accepted) -> None:
    both = "Lygten på Hellerupvej er gået i stykker. Kunne man ikke lave en fælles byhave med grøntsager i parken?"
    tried = lab.look(accepted_rules, both, NOW.date())
    assert tried.signpost
    assert "Lygten" not in tried.rest
    assert tried.topics[0].topic == lab.look(accepted_rules, tried.rest, NOW.date()).topics[0].topic


def test_the_same_rules_move_nothing(accepted_rules: Accepted) -> None:
    trial = lab.compare(accepted_rules, accepted_rules, list(lab.examples(accepted_rules))[:50], NOW.date())
    assert (trial.tried, trial.told, trial.moved, trial.leads) == (50, 50, (), ())
    assert trial.right_before == trial.right_after > 45
    assert (trial.gone, trial.new, trial.without_topic) == ((), (), ())


@pytest.fixture(scope="module")
def before() -> Accepted:
    """The shipped rules with few words."""
    return accepted(short_rules())


@pytest.fixture(scope="module")
def changed() -> Accepted:
    """The same rules with one word more for idraet, Ida in the place of Bo, and no topic left for Signe."""
    shipped = short_rules().decode()
    at = shipped.index("  idraet:\n")
    text = shipped[:at] + shipped[at:].replace("    ord: [", "    ord: [\n      hvirvleri,", 1)
    start, end = text.index("  bo:\n"), text.index("  signe:\n")
    ida = "  ida:\n    navn: Ida Juhl\n    titel: sparringsagent for natur\n"
    text = text[:start] + ida + text[end:]
    for old, new in (
        ("ansvarlig: bo\n", "ansvarlig: ida\n"),
        ("afløser: bo\n", "afløser: ida\n"),
        ("agent: bo", "agent: ida"),
    ):
        text = text.replace(old, new)
    return accepted(text.replace("ansvarlig: signe\n", "ansvarlig: farid\n").encode())


def test_a_new_word_moves_the_texts_that_hold_it_and_no_others(before: Accepted, changed: Accepted) -> None:
    samples = [
        Sample("nr. 12", "Vi mangler et hvirvleri", "idraet"),
        Sample("nr. 13", "Flere cykelstativer ved stationen", "trafik"),
    ]
    trial = lab.compare(before, changed, samples, NOW.date())
    [moved] = trial.moved
    assert moved.sample.key == "nr. 12"
    assert (moved.after.topic, moved.after.sure, moved.after.agent_name) == ("idraet", True, "Farid Nazari")
    assert (moved.before.sure, moved.before.agent_name) == (False, "Peter Dam")
    assert moved.to_another
    assert trial.to_others == (moved,)
    assert (trial.told, trial.right_after) == (2, 2)


def test_who_comes_who_goes_and_who_loses_their_topics_is_told_by_name(before: Accepted, changed: Accepted) -> None:
    trial = lab.compare(before, changed, [], NOW.date())
    assert (trial.gone, trial.new, trial.without_topic) == (("Bo Lind",), ("Ida Juhl",), ("Signe Krag",))
    leads = {lead.topic: (lead.before, lead.after) for lead in trial.leads}
    assert leads["natur"] == ("Bo Lind", "Ida Juhl")
    assert leads["skole"] == ("Signe Krag", "Farid Nazari")
    assert "trafik" not in leads


def test_a_topic_that_changes_hands_is_told_by_name(accepted_rules: Accepted) -> None:
    frame = accepted_rules.frame
    topics = {**frame.topics, "natur": replace(frame.topics["natur"], lead="farid")}
    trial = lab.compare(accepted_rules, replace(accepted_rules, frame=replace(frame, topics=topics)), [], NOW.date())
    assert [(lead.topic, lead.label, lead.before, lead.after) for lead in trial.leads] == [
        ("natur", frame.topics["natur"].label["da"], "Bo Lind", "Farid Nazari")
    ]
