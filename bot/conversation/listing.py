"""The open list as a file that spreadsheets read: a row for each initiative, with the very words of the pages."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from bot.conversation.ports import Call, Json, Speak
from bot.core.effects import SendList, Words
from bot.core.face import Face, next_step
from bot.core.frame import Frame
from bot.core.initiative import Stage

MARK = "\ufeff"
"""Tells Excel that the file is UTF-8; without it æøå come out wrong."""
TYPE = "text/csv"
COLUMNS = (
    "number", "title", "words", "topics", "stage", "responsible", "role", "step", "who", "due", "late", "seeks",
    "sent", "way", "ending",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula (OWASP, CSV injection)."""


def call(effect: SendList, faces: Iterable[Face], frame: Frame, speak: Speak, now: datetime) -> Call:
    """The upload, ready for the outbox."""
    lang = effect.caption.lang
    upload = {"name": speak(Words("open.file.name", lang)).plain, "type": TYPE}
    upload["text"] = table(faces, lang, frame, speak, now)
    params: dict[str, Json] = {"chat_id": effect.to.chat, "caption": speak(effect.caption).plain}
    return Call("sendDocument", str(effect.to.chat), {**params, "document": {"upload": upload}})


def table(faces: Iterable[Face], lang: str, frame: Frame, speak: Speak, now: datetime) -> str:
    """All of it, newest first; semicolons, since a Danish spreadsheet takes a comma for a decimal point."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(speak(Words(f"open.file.{column}", lang)).plain for column in COLUMNS)
    for face in sorted(faces, key=lambda face: -face.number):
        writer.writerow(map(_harmless, _row(face, lang, frame, speak, now)))
    return MARK + written.getvalue()


def _row(face: Face, lang: str, frame: Frame, speak: Speak, now: datetime) -> list[str]:
    step, closed = face.step, face.stage.closed
    ending = face.ending
    topics = (frame.topics[topic].label for topic in face.topics if topic in frame.topics)
    what = next_step(face, lang)
    late = not closed and (face.overdue(now) or face.late_since is not None)
    passed = [f"{one.at:%Y-%m-%d} {_stage(one.stage, lang, speak)}" for one in face.stages]
    return [
        str(face.number),
        face.title,
        face.words,
        ", ".join(label.get(lang, label["da"]) for label in topics),
        _stage(face.stage, lang, speak),
        face.responsible,
        face.role,
        "" if closed else what if isinstance(what, str) else speak(what).plain,
        "" if closed else step.who,
        "" if closed else f"{step.due:%Y-%m-%d %H:%M}",
        speak(Words("open.file.is_late", lang)).plain if late else "",
        face.seeks,
        f"{face.sent:%Y-%m-%d}",
        " / ".join(passed),
        " ".join(filter(None, (ending.what, ending.why, ending.instead))) if ending else "",
    ]


def _stage(stage: Stage, lang: str, speak: Speak) -> str:
    return speak(Words(f"stage.{stage.value}", lang)).plain


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
