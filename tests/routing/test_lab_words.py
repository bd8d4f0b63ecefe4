"""What a look and a trial found is told line by line, in Danish and in English."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.routing.lab import Look, Moved, NewLead, Sample, TopicLook, Trial, Where
from bot.routing.lab_words import MOST_MOVED, MOST_OF_A_TEXT, tell_look, tell_trial

TODAY = date(2026, 11, 2)
BIKES = TopicLook("trafik", "Trafik", 90.4, ("cykler", "station"), "mette", "Mette Holm")
TRACES = TopicLook("natur", "Natur", 40.0, (), "bo", "Bo Lind")
LOOK = Look(
    "cykler", "idea", "da", (BIKES, TRACES), True, False, "mette", "Mette Holm", date(2026, 11, 4), time(16),
    emergency="", emergency_line="", near="", signpost="", rest="", places=("Ordrup", "Hellerup"), rules_hash="r",
)  # fmt: skip
HERE = Where("idea", "trafik", True, "mette", "Mette Holm")
THERE = Where("idea", "", False, "bo", "Bo Lind")
NOTHING: dict[str, Any] = {"leads": (), "gone": (), "new": (), "without_topic": ()}


def moved(before: Where, after: Where, text: str = "cykler") -> Moved:
    return Moved(Sample("nr. 12", text), before, after)


def test_an_idea_has_its_kind_topics_places_person_and_date() -> None:
    assert tell_look(LOOK, TODAY).splitlines() == [
        "Det ligner en idé (idea), skrevet på da.",
        "1. Trafik (trafik), 90 af 100: cykler, station. Den ansvarlige er Mette Holm.",
        "2. Natur (natur), 40 af 100: svage spor i flere ord. Den ansvarlige er Bo Lind.",
        "Steder: Ordrup, Hellerup.",
        "Den 02-11-2026 går den til Mette Holm, med svar senest den 04-11-2026 kl. 16.00.",
    ]
    assert tell_look(LOOK, TODAY, "en").splitlines() == [
        "It looks like an idea (idea), written in da.",
        "1. Trafik (trafik), 90 of 100: cykler, station. Mette Holm is responsible.",
        "2. Natur (natur), 40 of 100: faint traces in several words. Bo Lind is responsible.",
        "Places: Ordrup, Hellerup.",
        "On 2026-11-02 it goes to Mette Holm, with an answer by 2026-11-04 at 16:00.",
    ]


def test_where_the_citizen_is_asked_first_it_says_so() -> None:
    told = tell_look(replace(LOOK, topics=(), places=(), asks=True, agent_name="Peter Dam"), TODAY)
    assert told.splitlines() == [
        "Det ligner en idé (idea), skrevet på da.",
        "Intet emne passer.",
        "Borgeren bliver først spurgt om emnet. Ved borgeren det ikke, så:",
        "Den 02-11-2026 går den til Peter Dam, med svar senest den 04-11-2026 kl. 16.00.",
    ]


def test_where_danger_cannot_be_left_out_the_number_above_the_answer_is_told() -> None:
    near = replace(LOOK, topics=(), places=(), near="112")
    assert tell_look(near, TODAY).splitlines()[1] == "Måske fare: øverst i svaret står nummer 112."
    assert tell_look(near, TODAY, "en").splitlines()[1] == "Perhaps danger: the answer begins with number 112."


def test_danger_and_signposts_go_to_nobody() -> None:
    danger = replace(LOOK, kind="emergency", topics=(), places=(), agent="", emergency="112", emergency_line="liv")
    assert tell_look(danger, TODAY, "en").splitlines() == [
        "It looks like acute danger (emergency), written in da.",
        "The citizen gets the emergency line liv with number 112, and nothing else.",
        "No topic fits.",
        "It is no idea, and no agent gets it.",
    ]
    errand = replace(LOOK, kind="personal_case", topics=(), places=(), agent="", signpost="pas", rest="flere bænke")
    assert tell_look(errand, TODAY).splitlines()[1:] == [
        "Borgeren får vejviseren pas.",
        "Resten er en idé: flere bænke",
        "Intet emne passer.",
        "Det er ikke en idé, og ingen agent får den.",
    ]


def test_a_trial_tells_numbers_then_people_then_texts() -> None:
    trial = Trial(
        40, (moved(HERE, THERE), moved(replace(HERE, kind="question"), HERE)), 30, 21, 25,
        leads=(NewLead("trafik", "Trafik", "Mette Holm", "Bo Lind"), NewLead("kyst", "Kyst", "", "Bo Lind")),
        gone=("Signe Krag",), new=("Ida Vang",), without_topic=("Mette Holm",),
    )  # fmt: skip
    assert tell_trial(trial).splitlines() == [
        "40 sætninger er prøvet: 2 går et andet sted hen, 1 af dem til en anden person.",
        "Med kendt emne: 30. Heraf fandt 21 deres emne før, og 25 gør det nu.",
        "trafik: Mette Holm -> Bo Lind",
        "kyst: ingen -> Bo Lind",
        "Signe Krag er ikke agent mere.",
        "Ida Vang er ny agent.",
        "Mette Holm er ikke længere ansvarlig for noget emne.",
        "nr. 12 »cykler«: trafik, Mette Holm -> –, usikkert, Bo Lind",
        "nr. 12 »cykler«: question: trafik, Mette Holm -> trafik, Mette Holm",
    ]


def test_what_has_no_person_is_not_called_unsure_and_an_offer_needs_no_kind() -> None:
    noise = Where("noise", "", False, "", "")
    trial = Trial(1, (moved(replace(HERE, kind="offer"), noise),), 0, 0, 0, **NOTHING)
    assert tell_trial(trial, "en").splitlines() == [
        "1 sentences were tried: 1 go elsewhere, 1 of them to another person.",
        'nr. 12 "cykler": trafik, Mette Holm -> noise: –',
    ]


def test_of_many_texts_some_are_shown_and_long_ones_are_cut() -> None:
    long = "a\n " + "b" * MOST_OF_A_TEXT
    whole = "c" * MOST_OF_A_TEXT
    texts = [long, whole, *("cykler" for _ in range(MOST_MOVED - 1))]
    lines = tell_trial(Trial(99, tuple(moved(HERE, THERE, text) for text in texts), 0, 0, 0, **NOTHING)).splitlines()
    assert lines[1].startswith(f"nr. 12 »a {'b' * (MOST_OF_A_TEXT - 3)}…«")
    assert lines[2].startswith(f"nr. 12 »{whole}«")
    assert len(lines) == 1 + MOST_MOVED + 1
    assert lines[-1] == "… og 1 til."
