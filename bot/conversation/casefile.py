"""The whole case as one JSON document: the citizen's words, who had it, what came of it, and all that happened."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.conversation import casesheet
from bot.conversation.ports import Call, Json, Speak
from bot.conversation.storage import Transaction
from bot.core import marks
from bot.core.astray import ROLE as ASTRAY
from bot.core.effects import CaseFile, Words
from bot.core.frame import Frame
from bot.core.history import BY_AGENTS, Entry
from bot.core.initiative import Initiative

FORMAT = "skab-sagsmappe-1"
LEFT_OUT = frozenset({"message"})
"""What a line of the timeline holds that means nothing outside Telegram."""
TAKEN_AWAY = frozenset({ASTRAY, "erased"})
"""The kinds of lines by which a message was taken away: that it was there is told, its words are not."""


def document(
    transaction: Transaction, initiative: Initiative, asked_by: str, made: datetime, frame: Frame
) -> dict[str, Json]:
    """What an archive needs, without Telegram ids. Staff's own talk is not in it: the bot has never kept it."""
    step, ending, place, agents = initiative.step, initiative.ending, initiative.place, frame.agents
    return {
        "format": FORMAT,
        "hentet": made.isoformat(timespec="seconds"),
        "hentet_af": asked_by,
        "nummer": initiative.number,
        "sagsnummer": marks.value(initiative, marks.CASE),
        "titel": initiative.title,
        "borger": initiative.owner_name,
        "sammen_med": [partner.name for partner in initiative.partners],
        "sprog": initiative.lang,
        "kom_fra": marks.value(initiative, marks.SOURCE),
        "emner": [found.topic for found in initiative.topics],
        "trin": initiative.stage.value,
        "sendt": initiative.sent.isoformat(timespec="seconds"),
        "første_løfte": initiative.first_due.isoformat(timespec="seconds"),
        "besvaret": initiative.answered.isoformat(timespec="seconds") if initiative.answered else None,
        "ansvarlig": {"navn": initiative.responsible_name, "titel": initiative.responsible_title},
        "medspillere": [agents[name].name for name in initiative.helpers if name in agents],
        "næste_skridt": None
        if initiative.stage.closed
        else {"hvad": step.what or step.key, "hvem": step.who, "senest": step.due.isoformat(timespec="seconds")},
        "slutning": None
        if ending is None
        else {"hvad": ending.what, "hvorfor": ending.why, "i_stedet": ending.instead, "svaret_af": ending.by},
        "offentlig": initiative.public_words if initiative.public else None,
        "ord": [{"tid": said.at.isoformat(timespec="seconds"), "tekst": said.text} for said in initiative.standing],
        "sted": None if place is None else {"breddegrad": place.latitude, "længdegrad": place.longitude},
        "filer": len(initiative.media),
        "historie": history_of(transaction, initiative),
    }


def history_of(
    transaction: Transaction, initiative: Initiative, wanted: Callable[[Entry], bool] = lambda _: True
) -> list[dict[str, Json]]:
    """All that happened to it, or what is wanted of it, a line each; of words that were taken away only that."""
    history = transaction.timeline.of(initiative.number)
    gone = {(entry.kind == ASTRAY, entry.data.get("message")) for entry in history if entry.kind in TAKEN_AWAY}
    gone -= {(True, None), (False, None)}
    return [
        {
            "tid": entry.at.isoformat(timespec="seconds"),
            "hvad": entry.kind,
            "hvem": entry.actor,
            "må_ses_af": entry.seen_by,
            "oplysninger": _told(entry.data, in_full=(entry.kind in BY_AGENTS, entry.data.get("message")) not in gone),
        }
        for entry in history
        if wanted(entry)
    ]


def calls(transaction: Transaction, effect: CaseFile, made: datetime, frame: Frame, speak: Speak) -> Iterator[Call]:
    """The uploads, ready for the outbox: one for people and one for machines; none where there is no such initiative.

    The paper waits as the lines that stand on it, and is printed when its call is made.
    """
    initiative = transaction.initiatives.some([effect.about]).get(effect.about)
    if initiative is None:
        return
    case = document(transaction, initiative, effect.asked_by, made, frame)
    params: dict[str, Json] = {"chat_id": effect.to.chat}
    if effect.to.topic_of:
        params["message_thread_id"] = {"topic": effect.to.topic_of}
    elif effect.to.thread:
        params["message_thread_id"] = effect.to.thread
    caption = speak(effect.caption).plain
    sheet = casesheet.sheet(case, initiative, frame, speak)
    paper = {"upload": {"name": f"sag-{effect.about}.pdf", "type": "application/pdf", "sheet": sheet}}
    yield Call("sendDocument", str(effect.to.chat), {**params, "document": paper, "caption": caption})
    text = json.dumps(case, ensure_ascii=False, indent=2)
    plain = {"upload": {"name": f"sag-{effect.about}.json", "type": "application/json", "text": text}}
    yield Call("sendDocument", str(effect.to.chat), {**params, "document": plain})


def _told(data: Mapping[str, Any], *, in_full: bool) -> dict[str, Json]:
    """A line's facts; of a message that was taken away only that it was there."""
    left_out = LEFT_OUT if in_full else LEFT_OUT | {"text"}
    return {name: _plain(value) for name, value in data.items() if name not in left_out}


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Words):
        return value.key
    return list(value) if isinstance(value, tuple) else value
