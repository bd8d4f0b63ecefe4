"""Values go to JSON and come back as they were, or not at all."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import Field, Note, Tag, Words
from bot.core.events import Media, Place
from bot.core.initiative import Desk, Ending, Initiative, NextStep, Stage, Turn
from bot.core.match import TopicScore
from bot.core.people import Asking, Draft, Form, Person, Talk, Utterance
from bot.store import records
from bot.store.records import RecordError

ZONE = ZoneInfo("Europe/Copenhagen")
DATA = records.kind_of(Note, "data")

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.astimezone(ZONE)
)
texts = st.text(max_size=20)
numbers = st.integers(-(2**60), 2**60)
utterances = st.builds(Utterance, texts, numbers, moments, texts, st.booleans())
kinds: Any = st.sampled_from(["photo", "voice", "document"])
media = st.builds(Media, kinds, texts, numbers, texts, numbers, numbers, texts)
places = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180), st.booleans())
scores = st.builds(TopicScore, texts, st.floats(0, 100), st.lists(texts, max_size=2).map(tuple))


def some(values: Any) -> Any:
    return st.lists(values, max_size=2).map(tuple)


drafts = st.builds(
    Draft, words=some(utterances), media=some(media), place=st.none() | places, topics=some(scores),
    since=st.none() | moments, asked=some(texts),
)  # fmt: skip
talks = st.builds(
    Talk, lang=texts, draft=st.none() | drafts, focus=numbers, last=st.none() | moments,
    asking=st.none() | st.builds(Asking, kind=texts, media=some(media), message_ids=some(numbers)),
    form=st.none() | st.builds(Form, texts, numbers, some(st.tuples(texts, texts))),
)  # fmt: skip
initiatives = st.builds(
    Initiative, number=numbers, owner=numbers, owner_name=texts, lang=texts, title=texts, words=some(utterances),
    topics=some(scores), stage=st.sampled_from(Stage), responsible=texts, responsible_name=texts,
    responsible_title=texts, step=st.builds(NextStep, texts, moments, st.sampled_from(Turn), texts), sent=moments,
    first_due=moments, touched=moments, desks=some(st.builds(Desk, numbers, st.booleans())), taken=st.none() | moments,
    ending=st.none() | st.builds(Ending, texts, texts), extra=st.dictionaries(texts, texts, max_size=2),
)  # fmt: skip
fields: Any = st.recursive(
    texts | numbers | moments | some(texts),
    lambda inner: st.builds(Words, texts, texts, st.dictionaries(texts, inner, max_size=2)),
    max_leaves=4,
)


@given(talks)
def test_a_talk_comes_back_as_it_was(talk: Talk) -> None:
    assert records.load(Talk, records.dump(Talk, talk)) == talk


@given(initiatives)
def test_an_initiative_comes_back_as_it_was(initiative: Initiative) -> None:
    assert records.load(Initiative, records.dump(Initiative, initiative)) == initiative


@given(st.dictionaries(texts, fields, max_size=4))
def test_the_fields_of_a_note_come_back_as_they_were(data: Mapping[str, Field]) -> None:
    assert records.load_union(DATA, records.dump(DATA, data)) == data


def test_moments_come_back_in_the_municipalitys_own_zone_so_that_days_can_be_counted() -> None:
    talk = Talk(last=datetime(2026, 10, 23, 14, tzinfo=UTC))
    last = records.load(Talk, records.dump(Talk, talk)).last
    assert last is not None
    # Summer time ends on 25 October; a week later at the same hour is still 16 o'clock here.
    assert (last + timedelta(days=7)).isoformat() == "2026-10-30T16:00:00+01:00"


def test_what_was_stored_before_a_field_was_added_takes_its_default() -> None:
    assert records.load(Person, '{"id": 7, "name": "Aase"}') == Person(7, "Aase")


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        ('{"name": "Aase"}', "Person.id is missing"),
        ('{"id": "7", "name": "Aase"}', "Person.id: int expected, str found"),
        ('{"id": true, "name": "Aase"}', "Person.id: int expected, bool found"),
        ('{"id": 7, "name": "Aase", "cpr": "x"}', "Person: a field that nobody knows"),
        ("[]", "Person expected, list found"),
        ("{", "not JSON"),
    ],
)
def test_what_is_not_declared_is_refused(stored: str, says: str) -> None:
    with pytest.raises(RecordError, match=says):
        records.load(Person, stored)


def test_a_fault_deep_inside_names_the_way_to_it() -> None:
    stored = json.loads(records.dump(Talk, Talk(draft=Draft(words=(Utterance("a", 1, datetime.now(UTC)),)))))
    stored["draft"]["words"][0]["at"] = "i går"
    with pytest.raises(RecordError, match=r"Talk.draft: Draft.words: Utterance.at: not a moment"):
        records.load(Talk, json.dumps(stored))


def test_a_moment_without_a_zone_is_never_stored() -> None:
    with pytest.raises(RecordError, match="without a zone"):
        records.dump(Talk, Talk(last=datetime(2026, 11, 2)))  # noqa: DTZ001
    with pytest.raises(RecordError, match="without a zone"):
        records.stamp(datetime(2026, 11, 2))  # noqa: DTZ001


def test_another_class_with_the_same_fields_is_refused() -> None:
    with pytest.raises(RecordError, match="Person expected, Tag found"):
        records.dump(Person, Tag("card"))
    assert asdict(records.load(Tag, records.dump(Tag, Tag("card", 12)))) == asdict(Tag("card", 12))


def test_an_unknown_value_of_a_choice_is_refused() -> None:
    with pytest.raises(RecordError, match="none of photo"):
        records.load(Media, records.dump(Media, Media("photo", "f", 1)).replace("photo", "hologram"))
    with pytest.raises(TypeError, match="no record may hold"):
        records.codec_of(bytes)


def test_words_within_words_keep_their_own_language() -> None:
    words = Words("citizen.receipt", "en", {"step": Words("staff.step", "da", {"n": 3}), "who": ("Mette", "Bo")})
    assert records.load(Words, records.dump(Words, words)) == words
    assert replace(words, lang="da") != words
