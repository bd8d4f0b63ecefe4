"""B-13: a message of 5,000 characters arrives whole, in order, cut only between words, with every sign as typed."""

import math
import re

import pytest

from tests.journeys import invariants, labels
from tests.journeys.invariants import texts
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.town import Town
from tests.journeys.wording import words

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

LENGTH = 5000
PARAGRAPHS = 12
EMOJI = 300
SIGNS = ("<b>", "*træer*", "_cykler_", "&amp;", "[x](y)")
MOST_TEXT = 4096
MARK = re.compile(r"\b(\d) af (\d)\b")
TOPIC = "vilde blomster og træer i parken, flere bier og sommerfugle"


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def long_text(length: int, paragraphs: int, emoji: int) -> str:
    """A text of exactly so many characters in so many paragraphs, with emoji and signs that look like markup."""
    parts = []
    for number in range(paragraphs):
        own = [f"afsnit{number}", TOPIC, *SIGNS]
        own += ["🌱" if one % 2 else "🐝" for one in range(emoji // paragraphs)]
        parts.append(own)
    filler = 0
    while units("\n\n".join(" ".join(part) for part in parts)) < length - 12:
        parts[filler % paragraphs].insert(filler % 7 + 1, f"ord{filler}")
        filler += 1
    text = "\n\n".join(" ".join(part) for part in parts)
    short = length - units(text)
    assert short > 0
    text += "y" * short if short < 2 else " " + "y" * (short - 1)
    assert units(text) == length
    return text


STORY = long_text(LENGTH, PARAGRAPHS, EMOJI)


def bare(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s+", "", text)


def joined(parts: list[str], whole: str) -> None:
    """The parts without headers and marks are the original apart from white space, cut between words only."""
    left = whole
    for part in parts:
        body = longest_beginning(part, left)
        assert body, f"this part holds nothing of what follows: {part[:200]!r} / {left[:200]!r}"
        left = after(left, body)
        assert not left or left[0].isspace() or body[-1].isspace(), f"cut inside a word: …{body[-20:]!r} {left[:20]!r}"
        left = left.lstrip()
    assert not left, f"not all of it: {left[:200]!r} is missing"


def longest_beginning(part: str, whole: str) -> str:
    """The longest piece of a part that `whole` begins with, white space aside (as it stands in `whole`)."""
    wanted = bare(whole)
    best = 0
    for line_start in [0, *(at + 1 for at, sign in enumerate(part) if sign in "\n: ")]:
        own = bare(part[line_start:])
        best = max(best, in_common(own, wanted))
    return piece(whole, best)


def in_common(one: str, other: str) -> int:
    """How many signs two texts have in common from their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def piece(whole: str, signs: int) -> str:
    """The beginning of `whole` that holds so many signs other than white space."""
    seen = 0
    for at, sign in enumerate(whole):
        if seen == signs:
            return whole[:at]
        seen += not sign.isspace()
    return whole


def after(whole: str, beginning: str) -> str:
    """What follows."""
    return whole[len(beginning) :]


async def marked_parts(reader: Phone, since: int = 0) -> list[Message]:
    """The messages marked "1 af 2" and so on, in order; each as large as Telegram lets it be."""
    found = [one for one in await reader.hears(after=since) if MARK.search(one.text)]
    numbers = [tuple(map(int, hit.groups())) for one in found if (hit := MARK.search(one.text))]
    assert numbers == [(n, len(found)) for n in range(1, len(found) + 1)], f"the marks: {numbers}"
    for one in found:
        assert units(one.text) <= MOST_TEXT
    return found


async def nothing_was_refused(town: Town, since: int) -> None:
    """No 400, and no text over the limit."""
    for call in await town.sandbox.calls(after=since):
        assert call["status"] == 200, f"{call['method']}: {call['status']} {call['result']}"
        for text in texts(call):
            assert units(text) <= MOST_TEXT


async def test_the_story_is_what_the_scenario_says() -> None:
    assert units(STORY) == LENGTH
    assert len(STORY.split("\n\n")) == PARAGRAPHS
    assert sum(STORY.count(sign) for sign in "🌱🐝") == EMOJI
    assert all(sign in STORY for sign in SIGNS)


@pytest.mark.parametrize("apart", [False, True], ids=["at once", "one second apart"])
async def test_a_as_an_idea_it_is_one_summary_and_arrives_whole(town: Town, apart: bool) -> None:
    karim = await town.citizen("Karim")
    since = await town.last_call()
    newest = await karim.newest()
    if apart:
        first, rest = split_as_the_phone_does(STORY)
        town.words.append(STORY)
        await karim.writes(first, wait=False)
        await a_second_passes(town)
        await karim.writes(rest)
    else:
        await karim.writes(STORY)
    answers = await karim.hears(after=newest)
    said = [one for one in answers if one.key(labels.text(labels.SEND))]
    assert len(said) == 1, f"exactly one summary\n{await karim.screen()}"
    assert len(answers) <= 2, "and at most the notice beside it"
    assert sum(one.text.count("?") for one in answers) == 1, "and one question"
    assert words(said[0].text) <= 100, f"{words(said[0].text)} words"
    assert "hele din tekst er med" in said[0].text.lower()
    number = await town.sent(karim)
    bo = await town.bo.in_topic(number)
    parts = await marked_parts(bo)
    assert len(parts) == math.ceil(LENGTH / MOST_TEXT), f"as few as possible, not {len(parts)}"
    joined([one.text for one in parts], STORY)
    await nothing_was_refused(town, since)
    await invariants.one_responsible(town, number, "Bo Lind")


def split_as_the_phone_does(text: str) -> tuple[str, str]:
    """4,096 characters and the rest."""
    end = MOST_TEXT
    while units(text[:end]) > MOST_TEXT:
        end -= 1
    return text[:end], text[end:]


async def a_second_passes(town: Town) -> None:
    """One second in which nothing else happens."""
    seq = (await town.sandbox.get("state"))["seq"]
    for _ in range(20):
        answer = await town.sandbox.get("wait", after=seq, timeout=1)
        if answer["seq"] == seq:
            return
        seq = answer["seq"]


async def test_b_inside_a_dialogue_it_arrives_whole(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim, TOPIC)
    bo = await town.taken(number, town.bo)
    since, newest = await town.last_call(), await bo.newest()
    act = await karim.writes(STORY)
    assert len(act.answers) <= 1
    parts = await marked_parts(bo, newest)
    assert len(parts) == math.ceil(LENGTH / MOST_TEXT), f"as few as possible, not {len(parts)}"
    joined([one.text for one in parts], STORY)
    await nothing_was_refused(town, since)
    await invariants.one_responsible(town, number, "Bo Lind")


async def test_c_an_answer_of_4096_characters_reaches_the_citizen_whole_with_the_agents_name(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim, TOPIC)
    bo = await town.taken(number, town.bo)
    answer = long_text(MOST_TEXT, 6, 60)
    since, newest = await town.last_call(), await karim.newest()
    town.words.append(answer)
    await town.replied(bo, "Karim", answer)
    parts = await karim.hears(after=newest)
    assert 1 <= len(parts) <= 2, f"{len(parts)} messages"
    assert "Bo Lind" in parts[0].text
    joined([one.text for one in parts], answer)
    await nothing_was_refused(town, since)
    await invariants.one_responsible(town, number, "Bo Lind")
