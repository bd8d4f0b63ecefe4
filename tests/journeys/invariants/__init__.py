"""The six invariants of acceptance 1.2, held against all traffic of a town: by every test of it, and when it closes."""

import re
from typing import TYPE_CHECKING

from tests.journeys.invariants.delivery import nothing_lost
from tests.journeys.invariants.four_views import (
    one_responsible,
    open_ones,
    part_about,
    reached,
    title_of,
    whole_queue,
)
from tests.journeys.invariants.ownership import nothing_reworded
from tests.journeys.invariants.quiet import nothing_promised, quiet
from tests.journeys.invariants.responsibility import one_responsible_at_each_move
from tests.journeys.invariants.secrecy import nothing_leaked, secrets_of
from tests.journeys.invariants.traffic import NEW_MESSAGE, Start, Traffic, shown, texts

if TYPE_CHECKING:
    from tests.journeys.town import Town

__all__ = [
    "NEW_MESSAGE", "Start", "Traffic", "all_hold", "check", "one_responsible", "part_about", "reached", "secrets_of",
    "shown", "texts", "title_of", "whole_queue",
]  # fmt: skip
TEXT_FILE = re.compile(r"\.(csv|txt|html?|json|ics|md)$")


async def check(town: "Town") -> None:
    """All six, over what happened since the last time; the views are asked for as they stand now, too."""
    start = town.judged
    town.judged = Start(await town.last_call(), len(town.acts), len(town.numbers))
    if town.bot.runs:
        numbers = open_ones(town, town.numbers[start.initiative :])
        queue = await whole_queue(town) if numbers else ""
        for number in numbers:
            await one_responsible(town, number, queue=queue)
    all_hold(await traffic_of(town, start))


def all_hold(traffic: Traffic) -> None:
    """All that can be read from the traffic alone."""
    nothing_leaked(traffic)
    nothing_promised(traffic)
    quiet(traffic)
    nothing_lost(traffic)
    nothing_reworded(traffic)
    one_responsible_at_each_move(traffic)


async def traffic_of(town: "Town", start: Start) -> Traffic:
    """The town's calls and acts so far; what stands in a file that was sent belongs to its call."""
    heard = town.heard
    for call in await town.sandbox.calls(after=heard[-1]["n"] if heard else 0):
        sent = (call["result"] if isinstance(call["result"], dict) else {}).get("document") or {}
        if TEXT_FILE.search(str(sent.get("file_name", ""))):
            async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{sent['file_id']}") as answer:
                call["file"] = (await answer.read()).decode("utf-8", errors="replace")
        heard.append(call)
    known = {int(str(number)) for (number,) in town.bot.rows("SELECT number FROM initiatives")} if heard else set()
    lost = set(town.owners) - known
    return Traffic(heard, town.acts, town.people, town.owners, town.internal, town.words, start, town.groups, lost)
