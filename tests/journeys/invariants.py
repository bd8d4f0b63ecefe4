"""The six invariants of acceptance 1.2, checked on all traffic of the sandbox at the end of every journey."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.journeys import labels
from tests.journeys.phone import Act, Person
from tests.journeys.town import ADMINS, AGENTS, CLOCK, Town
from tests.journeys.wording import View, promises, without

NEW_MESSAGE = re.compile(r"^(send(?!ChatAction)|copyMessage|forwardMessage)")
TEXTS = ("text", "caption", "name", "title", "message_thread_name")
STAFF = {person.id: person for person in (*AGENTS.values(), *ADMINS.values())}
CLOSED = ("done", "may_not", "can_not", "withdrawn", "joined")
SILENT = ("clock", "delete", "block", "unblock")
SPENT = ("ja", "nej")
"""Answers that did their work: an edit of one is no content, and B-12 (d) lets the bot keep still."""
GIBBERISH = ("asdkjh qwe qwe",)
"""What B-18 answers once and then lets lie."""
LEADS = "|".join(person.first_name for person in AGENTS.values())
TITLE = re.compile(rf"(?:^|\bNr\. )(\d+) · (?:(?:{LEADS}) · )?([^\n<]+)")
"""A title as it stands on a card or a button, or behind the name of who has it on a topic."""
NAMES = [person.name for person in AGENTS.values()]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a journey began: the newest call, and how many acts and initiatives there were."""

    call: int
    act: int
    initiative: int

    @classmethod
    async def of(cls, town: Town) -> "Start":
        """Here and now."""
        return cls(await town.last_call(), len(town.acts), len(town.numbers))


async def check(town: Town, start: Start | None = None) -> None:
    """All six, over what happened since `start` (or all of it)."""
    start = start or Start(0, 0, 0)
    calls = await town.sandbox.calls(after=start.call)
    acts = town.acts[start.act :]
    spoken = [act.text for act in town.acts if act.text] + town.words
    nothing_leaked(town, calls)
    nothing_promised(calls, spoken)
    quiet(calls, acts, spoken)
    nothing_unanswered(calls, acts)
    nothing_reworded(town, calls)
    if town.bot.runs:
        numbers = open_ones(town, town.numbers[start.initiative :])
        queue = await whole_queue(town) if numbers else ""
        for number in numbers:
            await one_responsible(town, number, queue=queue)


def shown(call: dict[str, Any]) -> str:
    """All of a call that a person could come to see: texts, captions, names, buttons and their payloads."""
    params = {key: value for key, value in call["params"].items() if key not in ("chat_id", "message_id", "user_id")}
    return json.dumps(params, ensure_ascii=False)


def texts(call: dict[str, Any]) -> list[str]:
    """The texts and captions of a call, also those of an album."""
    params = call["params"]
    found = [str(params[key]) for key in TEXTS if params.get(key)]
    media = params.get("media")
    items = json.loads(media) if isinstance(media, str) else media
    if isinstance(items, dict):
        items = [items]
    return found + [str(item["caption"]) for item in items or () if item.get("caption")]


# -- N1 --------------------------------------------------------------------------------------------------------------


async def one_responsible(town: Town, number: int, name: str | None = None, queue: str = "") -> list[View]:
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
    return views


async def whole_queue(town: Town) -> str:
    """The coordinator's list, shown on until nothing is left of it."""
    act = await town.peter.writes(labels.QUEUE)
    pages = [act.text_back]
    more = labels.text(labels.MORE_LINES)
    while onward := [one for one in act.answers if one.key(more)]:
        act = await town.peter.presses(labels.MORE_LINES, onward[0])
        pages.append(act.text_back)
    return "\n".join(pages)


async def four_views(town: Town, number: int, queue: str) -> list[View]:
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


def open_ones(town: Town, numbers: Sequence[int]) -> list[int]:
    """Those of the initiatives that the bot's own database holds as open, and whose owner still lets the bot write."""
    stages = dict(town.bot.rows("SELECT number, stage FROM initiatives"))
    blocked = {act.person.id for act in town.acts if act.kind == "block"}
    return [
        number for number in dict.fromkeys(numbers)
        if stages.get(number) not in CLOSED and town.owners[number].id not in blocked
    ]  # fmt: skip


# -- N2 --------------------------------------------------------------------------------------------------------------


def nothing_unanswered(calls: list[dict[str, Any]], acts: list[Act]) -> None:
    """N2: whatever somebody sends or presses in their own chat is answered there, or carried to somebody."""
    for place, act in enumerate(acts):
        if act.chat != act.person.id or act.kind in SILENT:
            continue
        if (act.kind == "edit" and act.text in SPENT) or act.text in GIBBERISH:
            continue
        following = (one for one in acts[place + 1 :] if one.chat == act.chat or one.person == CLOCK)
        until = None if act.hurried else next((one.after_call for one in following), None)
        later = [call for call in calls if call["n"] > act.after_call and (until is None or call["n"] <= until)]
        assert any(answers(call, act) for call in later), (
            f"N2: {act.kind} {act.text!r} of {act.person.name} got nothing"
        )


def answers(call: dict[str, Any], act: Act) -> bool:
    """Whether this call answers the act in its own chat, or carries what was sent."""
    if call["method"] == "answerCallbackQuery":
        return bool(act.press) and call["params"].get("callback_query_id") == act.press
    if call.get("chat_id") == act.chat:
        return call["method"] != "sendChatAction"
    return call["params"].get("from_chat_id") == act.chat or (bool(act.text) and act.text in shown(call))


async def reached(town: Town, marker: str, chat: int, times: int = 1, since: int = 0) -> None:
    """N2: the marker came to that chat so many times."""
    calls = await town.sandbox.calls(after=since, chat=chat)
    hits = [call for call in calls if call["status"] == 200 and NEW_MESSAGE.match(call["method"])]
    found = sum(any(marker in text for text in texts(call)) for call in hits)
    assert found == times, f"N2: {marker!r} came {found} times, not {times}, to {chat}"


# -- N3 --------------------------------------------------------------------------------------------------------------


def nothing_leaked(town: Town, calls: list[dict[str, Any]]) -> None:
    """N3: no citizen's username, phone, last name or id in a staff chat; no internal marker in a citizen's."""
    citizens = [person for person in town.people.values() if person.id not in STAFF]
    for call in calls:
        chat = call.get("chat_id")
        if chat is None:
            continue
        seen = shown(call)
        if chat in STAFF or int(chat) < 0:
            for person in citizens:
                for secret in secrets_of(person):
                    assert secret not in seen, f"N3: {secret!r} of {person.first_name} in staff chat {chat}: {seen}"
        if chat not in STAFF and int(chat) > 0:
            for marker in town.internal:
                assert marker not in seen, f"N3: the internal {marker!r} came to citizen {chat}: {seen}"
            for person in citizens:
                assert person.id == chat or person.username not in seen, f"N3: {person.username} in {chat}: {seen}"


def secrets_of(person: Person) -> list[str]:
    """What staff must not see of a citizen."""
    return [secret for secret in (person.username, person.last_name, str(person.id)) if secret]


# -- N5 --------------------------------------------------------------------------------------------------------------


def nothing_promised(calls: list[dict[str, Any]], spoken: list[str]) -> None:
    """N5: no text of the bot's own promises a result."""
    for call in calls:
        for text in texts(call):
            hits = promises(text)
            assert not hits or not promises(without(text, spoken)), f"N5: {hits} in {text!r}"


# -- N6 --------------------------------------------------------------------------------------------------------------


def quiet(calls: list[dict[str, Any]], acts: list[Act], spoken: list[str]) -> None:
    """N6: one act of a citizen gives at most 2 messages and at most one question mark."""
    for act, following in zip(acts, (*acts[1:], None), strict=False):
        if act.person.id in STAFF or act.chat != act.person.id or act.hurried:
            continue
        until = following.after_call if following is not None else None
        answers = [
            call for call in calls
            if call["n"] > act.after_call and (until is None or call["n"] <= until)
            and call.get("chat_id") == act.chat and call["status"] == 200 and NEW_MESSAGE.match(call["method"])
        ]  # fmt: skip
        written = [text for call in answers for text in texts(call)]
        assert len(answers) <= 2, f"N6: {len(answers)} messages after {act.kind} {act.text!r}: {written}"
        asked = sum(without(text, spoken).count("?") for text in written)
        assert asked <= 1, f"N6: {asked} question marks after {act.kind} {act.text!r}: {written}"


# -- N4 --------------------------------------------------------------------------------------------------------------


def nothing_reworded(town: Town, calls: list[dict[str, Any]]) -> None:
    """N4: what stands as an idea's title is cut out of its owner's own words, or its owner had said yes to it."""
    for call in calls:
        for number, title in (found for text in texts(call) for found in TITLE.findall(text)):
            owner = town.owners.get(int(number))
            if owner is not None:
                allowed = own_words(town, owner, call["n"])
                assert bare(title) in allowed, f"N4: {title!r} stands for nr. {number}, whose owner said {allowed!r}"


def own_words(town: Town, owner: Person, until: int) -> str:
    """What the owner had written before that call; after a yes to a new title also what staff had written."""
    acts = [act for act in town.acts if act.after_call < until]
    yes = any(act.person == owner and act.text in (labels.text(labels.TITLE_YES), "ja") for act in acts)
    said = [act.text for act in acts if act.person == owner or (yes and act.person.id in STAFF)]
    return bare(" ".join([*said, *map(labels.text, labels.TITLES_WITHOUT_WORDS)]))


def bare(text: str) -> str:
    """The words alone, so that a cut and a line break make no difference."""
    return " ".join(re.findall(r"\w+", text.casefold()))


async def title_of(town: Town, number: int) -> str:
    """N4: the wording that stands for the idea now, as its owner reads it in STATUS."""
    owner = town.phone_of(town.owners[number])
    text = part_about((await owner.writes(labels.STATUS)).text_back, number)
    found = re.search(r"«(.*?)»", text, re.DOTALL)
    assert found, f"no title of nr. {number} in {text!r}"
    return found.group(1)
