"""What somebody who looks on asks for in plain words: the list as a file, what they follow, and an end of it."""

import re

from bot.core import public, status
from bot.core.effects import Parts, SendList, To, Words
from bot.core.events import Said
from bot.core.world import Move

INTENTS = frozenset({"list_file", "followed", "unfollow"})
_NUMBER = re.compile(r"(?:(?:nr|no|nummer|number|номер|№)\.? ?)?(\d{1,9})\.?", re.IGNORECASE)


def answered(move: Move, said: Said) -> bool:
    """Answer what is asked for by these words; False for all others."""
    intent = move.world.intent
    if intent not in INTENTS:
        return False
    number = re.search(r"\d{1,9}", said.text)
    if intent == "list_file":
        _send_list(move)
    elif intent == "unfollow" and number is not None:
        public.follow(move, int(number[0]), on=False)
    elif intent == "unfollow" and len(move.world.followed) == 1:
        public.follow(move, min(move.world.followed), on=False)
    else:
        _tell_followed(move)
    return True


def showed(move: Move, said: Said) -> bool:
    """Show the one whose bare number was written; what is not public is answered as what is not there.

    In the midst of anything else a number is a part of that: an answer, a draft, a talk with an agent.
    """
    number = _NUMBER.fullmatch(said.text.strip())
    busy = move.talk.draft is not None or move.talk.asking is not None or bool(status.open_initiatives(move))
    if number is None or busy:
        return False
    public.show(move, int(number[1]))
    return True


def _send_list(move: Move) -> None:
    if move.world.public.topics():
        move.do(SendList(To(move.person.id), move.words("open.file.caption")))
    else:
        public.tell(move)


def _tell_followed(move: Move) -> None:
    """All that they follow, each with its page, where one press ends it."""
    faces = [move.world.public.face(number) for number in sorted(move.world.followed, reverse=True)]
    shown = [face for face in faces if face is not None and face.listed][: public.MOST]
    if not shown:
        move.tell(move.words("open.followed.none"))
        return
    head: Words = move.words("open.followed.head", n=len(shown))
    move.tell(Parts((head, *(public.line(move, face) for face in shown))), public.openers(move, shown))
