"""A day in a topic in any order: only the words that are marked for the citizen reach them."""

import random
from dataclasses import replace

import pytest

from bot.core import desk
from bot.core.events import Media
from tests.core.town import (
    AASE,
    BO,
    GROUP,
    METTE,
    PETER,
    PHOTO,
    Story,
    an_idea,
    edit,
    prompt_of,
    relayed,
    said,
)


@pytest.mark.parametrize("seed", range(100))
def test_in_a_shuffled_day_only_the_marked_words_reach_the_citizen(seed: int) -> None:
    """The eleven acts of S-02 in any order: 3 and 8 arrive once each, no internal marker ever does."""
    story = Story(an_idea())
    dice = random.Random(seed)
    link = relayed(story)
    sent_line = story.link(GROUP, "sent", 1, origin_chat=GROUP, origin_message=1)
    prompt = prompt_of(story, METTE)
    first = said(METTE, "MARK1 lidt besværlig")
    acts = [
        lambda: story.step(desk.on_said, first, topic=1),
        lambda: story.step(desk.on_said, said(BO, "MARK2 nej", reply_to=1), topic=1),
        lambda: story.step(desk.on_said, said(METTE, "OUT3 Tak", command="svar"), topic=1),
        lambda: story.step(desk.on_said, said(BO, "MARK4", media=(Media("document", "MARK4", 9),)), topic=1),
        lambda: story.step(desk.on_edited, edit(METTE, first, "MARK5"), topic=1),
        lambda: story.step(desk.on_said, said(METTE, "MARK6 hvad siger du?"), topic=1, target=link),
        lambda: story.step(desk.on_said, said(BO, "MARK7 godt svar"), topic=1, target=sent_line),
        lambda: story.step(desk.on_said, said(METTE, "OUT8", media=(replace(PHOTO, file_id="OUT8"),)), target=prompt),
        lambda: story.step(desk.on_said, said(METTE, "MARK9 👍"), topic=1, target=link),
        lambda: story.step(desk.on_said, said(METTE, other="poll"), topic=1),
        lambda: story.step(desk.on_said, said(PETER, "MARK11", thread=None)),
    ]
    dice.shuffle(acts)
    for act in acts:
        act()
    out = [repr(effect) for effect in story.effects if _reaches(effect, AASE)]
    assert not [effect for effect in out if "MARK" in effect]
    assert sum("OUT3" in effect for effect in out) == 1
    assert sum("OUT8" in effect for effect in out) == 1


def _reaches(effect: object, chat: int) -> bool:
    place = getattr(effect, "to", None) or getattr(effect, "target", None)
    return getattr(place, "chat", None) == chat
