"""The case in the municipality's archive: its number there, the whole case as one file, and what is taken out of it."""

import re

from bot.core import card, marks, redaction
from bot.core.card import say
from bot.core.effects import CaseFile, Note, Say, To
from bot.core.events import Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.world import Move

FILE, NUMBER = "sagsmappe", "sag"
"""The commands that fetch the file and set the archive's number."""
COMMANDS = frozenset({FILE, NUMBER, redaction.COMMAND})
_NUMBER = re.compile(r"[A-ZÆØÅ]{2,6}-\d{4}-\d{3,7}")


def on_command(move: Move, said: Said, agent: Agent, command: str, number: int) -> None:
    """In a topic it is about that initiative; elsewhere the number comes first: "/sagsmappe 12"."""
    if command == redaction.COMMAND:
        redaction.by_command(move, said, agent)
        return
    about = number or move.world.topic
    initiative = move.initiative(about)
    to = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    if initiative is None:
        move.do(Say(to, say("desk.unknown_number" if about else "desk.case.which")))
    elif command == FILE:
        move.do(CaseFile(to, initiative.number, agent.name, say("desk.case.file", n=initiative.number)))
        move.do(Note(initiative.number, "case_file", agent.name, "staff"))
    else:
        _file_under(move, to, said.text, agent, initiative)


def _file_under(move: Move, to: To, written: str, agent: Agent, initiative: Initiative) -> None:
    case = written.strip().upper()
    if not _NUMBER.fullmatch(case):
        move.do(Say(to, say("desk.case.unreadable")))
        return
    changed = marks.mark(initiative, **{marks.CASE: case})
    move.save(changed)
    move.do(Say(to, say("desk.case.kept", n=changed.number, case=case), silent=True))
    move.do(Note(changed.number, "case_number", agent.name, "staff", {"case": case}))
    card.refresh(move, changed)
