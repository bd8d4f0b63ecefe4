"""The whole case as one JSON document: the citizen's words, who had it, what came of it, and all that happened."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation.ports import Call, Json
from bot.conversation.storage import Transaction
from bot.core import marks
from bot.core.astray import ROLE as ASTRAY
from bot.core.effects import CaseFile, Words
from bot.core.initiative import Initiative

FORMAT = "skab-sagsmappe-1"
LEFT_OUT = frozenset({"message"})
"""What a line of the timeline holds that means nothing outside Telegram."""


def document(transaction: Transaction, initiative: Initiative, asked_by: str, made: datetime) -> dict[str, Json]:
    """What an archive needs, without Telegram ids. Staff's own talk is not in it: the bot has never kept it."""
    step, ending = initiative.step, initiative.ending
    return {
        "format": FORMAT,
        "hentet": made.isoformat(timespec="seconds"),
        "hentet_af": asked_by,
        "nummer": initiative.number,
        "sagsnummer": marks.value(initiative, marks.CASE),
        "titel": initiative.title,
        "borger": initiative.owner_name,
        "sprog": initiative.lang,
        "emner": [found.topic for found in initiative.topics],
        "trin": initiative.stage.value,
        "sendt": initiative.sent.isoformat(timespec="seconds"),
        "første_løfte": initiative.first_due.isoformat(timespec="seconds"),
        "besvaret": initiative.answered.isoformat(timespec="seconds") if initiative.answered else None,
        "ansvarlig": {"navn": initiative.responsible_name, "titel": initiative.responsible_title},
        "næste_skridt": None
        if initiative.stage.closed
        else {"hvad": step.what or step.key, "hvem": step.who, "senest": step.due.isoformat(timespec="seconds")},
        "slutning": None
        if ending is None
        else {"hvad": ending.what, "hvorfor": ending.why, "i_stedet": ending.instead, "svaret_af": ending.by},
        "offentlig": initiative.public_words if initiative.public else None,
        "ord": [{"tid": said.at.isoformat(timespec="seconds"), "tekst": said.text} for said in initiative.standing],
        "filer": len(initiative.media),
        "historie": history_of(transaction, initiative),
    }


def history_of(transaction: Transaction, initiative: Initiative) -> list[dict[str, Json]]:
    """All that happened to it, a line each; of words that went to the wrong person only that they did."""
    history = transaction.timeline.of(initiative.number)
    astray = {entry.data.get("message") for entry in history if entry.kind == ASTRAY} - {None}
    return [
        {
            "tid": entry.at.isoformat(timespec="seconds"),
            "hvad": entry.kind,
            "hvem": entry.actor,
            "må_ses_af": entry.seen_by,
            "oplysninger": _told(entry.data, in_full=entry.data.get("message") not in astray),
        }
        for entry in history
    ]


def call(transaction: Transaction, effect: CaseFile, made: datetime, caption: str) -> Call | None:
    """The upload, ready for the outbox; None where there is no such initiative."""
    initiative = transaction.initiatives.some([effect.about]).get(effect.about)
    if initiative is None:
        return None
    text = json.dumps(document(transaction, initiative, effect.asked_by, made), ensure_ascii=False, indent=2)
    params: dict[str, Json] = {"chat_id": effect.to.chat, "caption": caption}
    if effect.to.topic_of:
        params["message_thread_id"] = {"topic": effect.to.topic_of}
    elif effect.to.thread:
        params["message_thread_id"] = effect.to.thread
    params["document"] = {"upload": {"name": f"sag-{effect.about}.json", "type": "application/json", "text": text}}
    return Call("sendDocument", str(effect.to.chat), params)


def _told(data: Mapping[str, Any], *, in_full: bool) -> dict[str, Json]:
    """A line's facts; of a message that went to the wrong person only that it did."""
    left_out = LEFT_OUT if in_full else LEFT_OUT | {"text"}
    return {name: _plain(value) for name, value in data.items() if name not in left_out}


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Words):
        return value.key
    return list(value) if isinstance(value, tuple) else value
