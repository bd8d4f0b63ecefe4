"""N1, asked for: what STATUS, the card, the coordinator's list and the open list say of an initiative just now."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.journeys import labels
from tests.journeys.invariants.traffic import NEW_MESSAGE, texts
from tests.journeys.invariants.views import CLOSED, Claim, claims
from tests.journeys.residents import AGENTS
from tests.journeys.wording import View

if TYPE_CHECKING:
    from tests.journeys.town import Town

NAMES = [person.name for person in AGENTS.values()]


async def one_responsible(town: "Town", number: int, name: str | None = None, queue: str = "") -> list[View]:
    """N1: STATUS, the card, the coordinator's list and the public list name one person, one step, one date."""
    views = await four_views(town, number, queue or await whole_queue(town))
    for view in views:
        assert view.names, f"N1: nobody is named for nr. {number} in {view.where}: {view.text!r}"
        assert view.dates, f"N1: no date for nr. {number} in {view.where}: {view.text!r}"
    first = {view.where: view.names[0] for view in views}
    assert len(set(first.values())) == 1, f"N1: not one responsible for nr. {number}: {first}"
    common = set.intersection(*(set(view.dates) for view in views))
    assert common, f"N1: no date in common for nr. {number}: { {view.where: view.dates for view in views} }"
    if name is not None:
        assert views[0].names[0] == name, f"N1: {views[0].names[0]} instead of {name} has nr. {number}"
    said = [_said(view, number) for view in views]
    for one in said[1:]:
        differs = said[0].differs(one)
        assert not differs, f"N1: nr. {number}: {differs}"
    return views


def _said(view: View, number: int) -> Claim:
    """What a view says of that initiative; all of it is there, or the view cannot be read."""
    found = [claim for claim in claims(view.text) if claim.number == number]
    assert found, f"N1: no person with a step and a date for nr. {number} in {view.where}: {view.text!r}"
    return found[0]


async def whole_queue(town: "Town") -> str:
    """The coordinator's list, shown on until nothing is left of it."""
    act = await town.peter.writes(labels.QUEUE)
    pages = [act.text_back]
    more = labels.text(labels.MORE_LINES)
    while onward := [one for one in act.answers if one.key(more)]:
        act = await town.peter.presses(labels.MORE_LINES, onward[0])
        pages.append(act.text_back)
    return "\n".join(pages)


async def four_views(town: "Town", number: int, queue: str) -> list[View]:
    """What the four views say; the public one only when it is public."""
    owner = town.phone_of(town.owners[number])
    status = await owner.writes(labels.STATUS)
    if (
        not re.search(rf"(?:nr\.|no\.|№) {number}(?!\d)", status.text_back.lower())
        or len(town.numbers_of(owner.person)) > 1
    ):
        status = await owner.presses_matching(rf"(?<!\d){number}(?!\d)")
    card = await town.card(number, await town.reader_of(number))
    views = [
        View.of("STATUS", status.text_back, NAMES),
        View.of("card", card.text, NAMES),
        View.of("queue", part_about(queue, number), NAMES),
    ]
    public = await owner.writes(labels.PUBLIC)
    if re.search(rf"nr\. {number}(?!\d)", public.text_back, re.IGNORECASE):
        views.append(View.of("public", part_about(public.text_back, number), NAMES))
    return views


def part_about(text: str, number: int) -> str:
    """The part of a list that tells of one initiative: from its number to the next one's."""
    found = re.search(rf"(?:nr\. ?|#){number}(?!\d).*?(?=(?:\n[^\n]*(?:nr\. ?|#)\d)|\Z)", text, re.S | re.I)
    assert found, f"nr. {number} is not in the list: {text!r}"
    return found.group(0)


def open_ones(town: "Town", numbers: Sequence[int]) -> list[int]:
    """Those of the initiatives that the bot's own database holds as open, and whose owner still lets the bot write."""
    stages = dict(town.bot.rows("SELECT number, stage FROM initiatives"))
    blocked = {act.person.id for act in town.acts if act.kind == "block"}
    return [
        number for number in dict.fromkeys(numbers)
        if number in stages and stages[number] not in CLOSED and town.owners[number].id not in blocked
    ]  # fmt: skip


async def reached(town: "Town", marker: str, chat: int, times: int = 1, since: int = 0) -> None:
    """N2: the marker came to that chat so many times."""
    calls = await town.sandbox.calls(after=since, chat=chat)
    hits = [call for call in calls if call["status"] == 200 and NEW_MESSAGE.match(call["method"])]
    found = sum(any(marker in text for text in texts(call)) for call in hits)
    assert found == times, f"N2: {marker!r} came {found} times, not {times}, to {chat}"


async def title_of(town: "Town", number: int) -> str:
    """N4: the wording that stands for the idea now, as its owner reads it in STATUS."""
    owner = town.phone_of(town.owners[number])
    text = part_about((await owner.writes(labels.STATUS)).text_back, number)
    found = re.search(r"«(.*?)»", text, re.DOTALL)
    assert found, f"no title of nr. {number} in {text!r}"
    return found.group(1)
