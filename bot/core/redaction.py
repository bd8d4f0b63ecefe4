"""An agent takes words or a picture of a citizen's away for good: in the store, at every desk and in the chats."""

from dataclasses import replace

from bot.core import card, places, wording
from bot.core.card import say
from bot.core.effects import Erase, Field, Note, Redact, Ref, Say, Tag, To, Words
from bot.core.events import Delivery, Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.world import Link, Move

COMMAND = "fjern"
"""The command; it is an answer to the message that is to go."""
ROLE = "redacted"
BENEATH = frozenset({"photo", "video", "voice", "document", "audio", "animation"})
"""Kinds of which only the words beneath can be written over, once they are too old to be deleted."""


def by_command(move: Move, said: Said, agent: Agent) -> None:
    """Take away what the answered message carries; what can't be taken away is told once it is known."""
    target = move.world.target
    initiative = move.initiative(target.about) if target is not None and target.role == "relay" else None
    to = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    if target is None or initiative is None or not target.origin_message:
        move.do(Say(to, say("desk.redact.how")))
        return
    message = target.origin_message
    copies = [link for link in move.world.copies if link.about == initiative.number and link.chat != initiative.owner]
    for link in copies:
        tag = Tag(ROLE, initiative.number, said.chat.id, message, detail=link.kind)
        beneath = link.kind in BENEATH
        words = None if link.kind in ("place", "sticker", "video_note") else say("desk.redact.instead")
        move.do(Erase(Ref(link.chat, link.message_id), words, tag, tell=True, beneath=beneath))
    for own in dict.fromkeys((message, *_of_one_act(initiative, copies))):
        move.do(Erase(Ref(initiative.owner, own), None))
    _out_of_the_store(move, initiative, target.origin_chat, message)
    move.do(Note(initiative.number, ROLE, agent.name, "staff"), Note(0, ROLE, "staff"))
    fields: dict[str, Field] = {"agent": agent.name, "first": agent.first_name}
    told = Words("citizen_step.redacted", initiative.lang, fields)
    move.do(Say(To(initiative.owner), told, tag=Tag("notice", about=initiative.number)))
    move.do(Say(to, say("desk.redact.done", name=card.first_name(initiative), n=initiative.number), silent=True))


def on_delivery(move: Move, event: Delivery) -> None:
    """A copy that could not be taken away is told where it stands, so that a human does it."""
    initiative = move.initiative(event.about)
    gone = event.outcome == "delivered" and event.reason != "overwritten"
    link = next((one for one in move.world.copies if one.chat == event.chat), None)
    words_only = event.outcome == "delivered" and (link is None or link.kind not in BENEATH)
    if initiative is None or gone or words_only:
        return
    move.do(Say(places.in_chat(initiative, event.chat), say("desk.redact.left", n=initiative.number)))


def _of_one_act(initiative: Initiative, copies: list[Link]) -> tuple[int, ...]:
    """The messages of the album that was carried on as one."""
    several = len(copies) > 1 and initiative.media and initiative.media[0].message_id == copies[0].origin_message
    return tuple(item.message_id for item in initiative.media) if several else ()


def _out_of_the_store(move: Move, initiative: Initiative, chat: int, message: int) -> None:
    """Words, files, title and public text without it; an idea that others followed is theirs no more until asked."""
    removed = " ".join(said.text for said in initiative.words if said.message_id == message)
    words = tuple(said.taken_out() if said.message_id == message else said for said in initiative.words)
    album = bool(initiative.media) and initiative.media[0].message_id == message
    media = () if album else tuple(item for item in initiative.media if item.message_id != message)
    changed = replace(initiative, words=words, media=media, touched=move.world.now)
    if removed and initiative.title.rstrip("…").strip().casefold() in removed.casefold():
        rest = "\n".join(said.text for said in changed.standing)
        changed = replace(changed, title=wording.title(rest) or move.world.spoken(say("desk.redact.instead")))
    if removed and changed.public:
        changed = replace(changed, public=False, public_words="")
    move.save(changed)
    move.do(Redact(initiative.number, message, chat))
    card.refresh(move, changed)
