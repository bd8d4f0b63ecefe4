"""The open list as a file in a chat: a row for each initiative, with the very words of the chat's pages."""

from collections.abc import Iterable
from datetime import datetime

from bot.conversation.ports import Call, Json, Speak
from bot.conversation.spreadsheet import IDEA, spreadsheet
from bot.core.effects import SendList, Words
from bot.core.face import Face, next_step
from bot.core.frame import Frame
from bot.core.initiative import Stage

TYPE = "text/csv"


def call(effect: SendList, faces: Iterable[Face], frame: Frame, speak: Speak, now: datetime) -> Call:
    """The upload, ready for the outbox."""
    lang = effect.caption.lang
    upload = {"name": speak(Words("open.file.name", lang)).plain, "type": TYPE}
    upload["text"] = table(faces, lang, frame, speak, now)
    params: dict[str, Json] = {"chat_id": effect.to.chat, "caption": speak(effect.caption).plain}
    return Call("sendDocument", str(effect.to.chat), {**params, "document": {"upload": upload}})


def table(faces: Iterable[Face], lang: str, frame: Frame, speak: Speak, now: datetime) -> str:
    """All of it, newest first."""
    head = (speak(Words(f"open.file.{column}", lang)).plain for column in IDEA)
    newest = sorted(faces, key=lambda face: -face.number)
    return spreadsheet(head, (_row(face, lang, frame, speak, now) for face in newest))


def _row(face: Face, lang: str, frame: Frame, speak: Speak, now: datetime) -> list[str]:
    """One idea by the columns of `IDEA`."""
    step, closed = face.step, face.stage.closed
    ending, late = face.ending, face.late(now)
    topics = (frame.topics[topic].label for topic in face.topics if topic in frame.topics)
    what = next_step(face, lang)
    passed = [f"{one.at:%Y-%m-%d} {_stage(one.stage, lang, speak)}" for one in face.stages]
    return [
        str(face.number),
        face.title,
        face.words,
        ", ".join(label.get(lang, label["da"]) for label in topics),
        _stage(face.stage, lang, speak),
        face.responsible,
        frame.title_in(lang, face.role),
        "" if closed else what if isinstance(what, str) else speak(what).plain,
        "" if closed else step.who,
        "" if closed else f"{step.due:%Y-%m-%d %H:%M}",
        f"{late:%Y-%m-%d}" if late else "",
        face.seeks,
        f"{face.sent:%Y-%m-%d}",
        " / ".join(passed),
        *((ending.what, ending.why, ending.instead) if ending else ("", "", "")),
    ]


def _stage(stage: Stage, lang: str, speak: Speak) -> str:
    return speak(Words(f"stage.{stage.value}", lang)).plain
