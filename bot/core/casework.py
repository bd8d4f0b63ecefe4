"""The case in the municipality's archive: its number, staff's own notes, the whole as a file, and what is taken out."""

import re

from bot.core import card, marks, redaction
from bot.core.card import say
from bot.core.effects import CaseFile, Note, Say, To
from bot.core.events import Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.world import Move

FILE, NUMBER, NOTE = "sagsmappe", "sag", "notat"
"""The commands that fetch the file, set the archive's number, and write a note into the case."""
COMMANDS = frozenset({FILE, NUMBER, NOTE, redaction.COMMAND})
_NUMBER = re.compile(r"[A-ZÆØÅ]{2,6}-\d{4}-\d{3,7}")


def on_command(move: Move, said: Said, agent: Agent, command: str, number: int) -> None:
    """In a topic it is about that initiative; elsewhere the number comes first: "/sagsmappe 12"."""
    if command == redaction.COMMAND:
        redaction.by_command(move, said, agent)
        return
    about = number or move.world.topic
    initiative = move.initiative(about)
    to = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    target = move.world.target
    if initiative is None and not about and target is not None:
        initiative = move.initiative(target.about)
    if initiative is None:
        move.do(Say(to, say("desk.case.which", command=command)))
    elif command == FILE:
        move.do(CaseFile(to, initiative.number, agent.name, say("desk.case.file", n=initiative.number)))
        move.do(Note(initiative.number, "case_file", agent.name, "staff"))
    elif command == NOTE:
        _note_down(move, to, said.text.strip(), agent, initiative)
    else:
        _file_under(move, to, said.text, agent, initiative)


def _note_down(move: Move, to: To, words: str, agent: Agent, initiative: Initiative) -> None:
    """What staff must be able to find again (the duty to keep notes): an explicit act, and never the citizen's to see.

    Everything else that staff say among themselves the bot forgets.
    """
    if not words:
        move.do(Say(to, say("desk.case.note_how")))
        return
    move.do(Note(initiative.number, "note", agent.name, "staff", {"text": words}))
    move.do(Say(to, say("desk.case.noted", n=initiative.number), silent=True))


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
