"""The talk between the citizen and the agent: words, pictures, voice and places, carried on with a name above them."""

from dataclasses import replace

from bot.core import card, marks, partners, places
from bot.core.card import say
from bot.core.effects import (
    Button,
    Content,
    Erase,
    Field,
    Note,
    Quote,
    Redact,
    Ref,
    Rewrite,
    Say,
    SendMedia,
    SendPlace,
    Tag,
    TellHumans,
    To,
    Words,
)
from bot.core.events import Delivery, Edited, Media, Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative, Stage
from bot.core.promise import CORRECTION
from bot.core.world import Link, Move

CAPTION = 900
"""UTF-16 units that still fit beneath a picture together with a name; the Bot API takes 1,024."""
WITHOUT_CAPTION = frozenset({"sticker", "video_note"})
REPLY_WITH_MEDIA = "media"
"""The detail of a relay whose words can't be rewritten: beneath a picture, or together with those of other messages."""
REPLY_BY_COMMAND = "command"
FELLOW = "fellow"
"""The role of one citizen's words in the chat of another who takes part."""
BETWEEN = "between"
"""The role of words between two who have not both said yes, see `between`."""
OF_CITIZENS = frozenset({"relay", FELLOW, BETWEEN})
"""The roles of messages that carry a citizen's words on just as they were written."""
ONE_MESSAGE = 3900
"""UTF-16 units that still fit in one text together with a name; the Bot API takes 4,096."""


def to_desk(move: Move, initiative: Initiative, said: Said, *, urgent: bool = False) -> None:
    """Carry what the citizen said to the desk: into the topic, or into the agent's chat under name and title.

    What stands there already is not carried again.
    """
    if said.carried == initiative.number:
        return
    told: dict[str, Field] = {"text": said.text, "message": said.message_ids[0], "media": len(said.media)}
    partner = partners.of(initiative, said.sender.id)
    speaker = partner.name if partner is not None else initiative.owner_name
    move.do(Note(initiative.number, "citizen_said", speaker, "owner", told))
    now = move.world.now
    current = replace(move.initiative(initiative.number) or initiative, touched=now)
    move.save(marks.mark(current, **{marks.HEARD: now.isoformat()}))
    desks = places.listening(move, initiative)
    if not desks:
        move.do(TellHumans(say("desk.no_desk", n=initiative.number, title=initiative.title)))
    for desk in desks:
        _to_one_desk(move, initiative, places.at_desk(initiative, desk), said, urgent)
    _to_the_others(move, initiative, said)


def _to_the_others(move: Move, initiative: Initiative, said: Said) -> None:
    """One talk: what one citizen in it writes, the others read under their first name."""
    name = partners.name_of(initiative, said.sender.id)
    first, *parts = said.message_ids
    detail = REPLY_WITH_MEDIA if said.media or parts else ""
    tag = Tag(FELLOW, initiative.number, said.chat.id, first, said.sender.id, detail, tuple(parts))
    for chat, lang in partners.circle(initiative) if initiative.partners else ():
        if chat not in (said.sender.id, 0):
            heading = Words("bridge.writes", lang, {"name": name, "n": initiative.number})
            _carry(move, To(chat), said, heading, tag)
            if said.place is not None:
                if not said.text.strip() and not said.media:
                    move.do(Say(To(chat), heading, tag=tag))
                move.do(SendPlace(To(chat), said.place, tag))


def _to_one_desk(move: Move, initiative: Initiative, to: To, said: Said, urgent: bool) -> None:
    name = partners.name_of(initiative, said.sender.id)
    heading = _heading(initiative, to, urgent, name)
    if said.gathered:
        heading = card.stack(heading, say("desk.relay.gathered", n=said.gathered))
    first, *parts = said.message_ids
    tag = Tag("relay", initiative.number, said.chat.id, first, said.sender.id, parts=tuple(parts))
    answer = ((card.reply_button(initiative),),)
    _carry(move, to, said, heading, tag, buttons=answer)
    if said.place is not None:
        if not said.text.strip() and not said.media:
            place = headed(initiative, to, name, say("desk.relay.place", name=name, n=initiative.number))
            move.do(Say(to, place, tag=tag))
        move.do(SendPlace(to, said.place, tag))


def to_citizen(move: Move, initiative: Initiative, agent: Agent, said: Said, *, by_command: bool = False) -> None:
    """Carry an agent's words to the citizen under the agent's full name; staff hear of it once it has arrived."""
    heading = _from(initiative, agent, initiative.lang)
    first, *parts = said.message_ids
    detail = REPLY_BY_COMMAND if by_command and not said.media else REPLY_WITH_MEDIA if said.media or parts else ""
    tag = Tag("reply", initiative.number, said.chat.id, first, agent.telegram or 0, detail, tuple(parts))
    _carry(move, To(initiative.owner), said, heading, tag, tell=said.place is None)
    if said.place is not None:
        place = Words("citizen_step.place_from_agent", initiative.lang, {"agent": agent.name})
        move.do(SendPlace(To(initiative.owner), said.place, tag))
        move.do(Say(To(initiative.owner), place, tag=tag, tell=True))
    for partner in initiative.partners:
        _carry(move, To(partner.person), said, _from(initiative, agent, partner.lang), tag)
        if said.place is not None:
            named = Words("citizen_step.place_from_agent", partner.lang, {"agent": agent.name})
            move.do(SendPlace(To(partner.person), said.place, tag), Say(To(partner.person), named, tag=tag))
    current = move.initiative(initiative.number) or initiative
    if current.taken is None and current.responsible == agent.id and not current.stage.closed:
        current = replace(current, taken=move.world.now, stage=Stage.WITH_AGENT)
    move.save(replace(current, touched=move.world.now))
    told: dict[str, Field] = {"text": said.text, "message": said.message_ids[0], "media": len(said.media)}
    move.do(Note(initiative.number, "agent_said", agent.name, "owner", told))
    _show_colleagues(move, initiative, agent, said)


def _show_colleagues(move: Move, initiative: Initiative, agent: Agent, said: Said) -> None:
    """One thread: what one of them writes from another chat, the others read at their desks."""
    head = say("colleague.with.wrote", agent=agent.name, name=card.first_name(initiative), n=initiative.number)
    for desk in places.listening(move, initiative):
        if desk.chat != said.chat.id:
            to = places.at_desk(initiative, desk)
            files = say("colleague.with.files", n=len(said.media)) if said.media else None
            shown = card.stack(head, files) if files else head
            move.do(Say(to, Quote(said.text, shown) if said.text.strip() else shown, silent=True))


def _from(initiative: Initiative, agent: Agent, lang: str) -> Words:
    """Who writes: the responsible, or somebody who helps them."""
    fields: dict[str, Field] = {"agent": agent.name, "role": agent.title}
    if agent.id == initiative.responsible:
        return Words("citizen_step.from_agent", lang, fields)
    return Words("lead.from_helper", lang, {**fields, "lead": initiative.responsible_name})


def citizen_edited(move: Move, event: Edited) -> None:
    """Show the desk what the citizen changed in words that it has read; the old words stay where they are."""
    for fellow in {link.chat: link for link in move.world.copies if link.role == FELLOW}.values():
        _edited_for_a_fellow(move, fellow, event)
    newest = {link.chat: link for link in move.world.copies if link.role == "relay"}
    for link in newest.values():
        initiative = move.initiative(link.about)
        if initiative is None or not partners.takes_part(initiative, event.sender.id):
            continue
        known = [words for words in initiative.words if words.holds(event.message_id)]
        if known and all(words.edited(event.message_id, event.text.strip()) == words for words in known):
            continue
        gone = link.chat < 0 and all(desk.chat != link.chat for desk in initiative.desks)
        to = (places.main_desk(initiative) if gone else None) or places.in_chat(initiative, link.chat)
        name = partners.name_of(initiative, event.sender.id)
        changed = say("desk.relay.edited", name=name, n=initiative.number, at=event.at)
        parts = (event.message_id,) if link.first != event.message_id else ()
        tag = Tag("relay", initiative.number, event.chat.id, link.first, event.sender.id, parts=parts)
        before = None if gone or not link.message_id else Ref(link.chat, link.message_id)
        changed = headed(initiative, to, name, changed)
        move.do(Say(to, Quote(event.text, changed), ((card.reply_button(initiative),),), tag, reply_to=before))
        told: dict[str, Field] = {"text": event.text, "message": link.first}
        move.do(Note(initiative.number, "citizen_edited", name, "owner", told))


def _edited_for_a_fellow(move: Move, link: Link, event: Edited) -> None:
    """The copy is changed where it holds these words alone; else the changed words come below."""
    shared = move.initiative(link.about)
    if shared is None or not partners.takes_part(shared, event.sender.id):
        return
    lang = dict(partners.circle(shared)).get(link.chat, "da")
    name = partners.name_of(shared, event.sender.id)
    words = Quote(event.text, Words("bridge.writes_edited", lang, {"name": name, "n": shared.number}))
    if not link.detail and link.message_id:
        move.do(Rewrite(Ref(link.chat, link.message_id), words))
        return
    parts = (event.message_id,) if link.first != event.message_id else ()
    tag = Tag(FELLOW, shared.number, event.chat.id, link.first, event.sender.id, REPLY_WITH_MEDIA, parts)
    before = Ref(link.chat, link.message_id) if link.message_id else None
    move.do(Say(To(link.chat), words, tag=tag, reply_to=before))


def correction(move: Move, initiative: Initiative, before: str, after: str) -> None:
    """Show the desk the idea as it was and as the citizen now words it, one beneath the other."""
    to = places.main_desk(initiative)
    if to is None:
        return
    name = card.first_name(initiative)
    head = say("desk.relay.corrected", name=name, n=initiative.number, at=move.world.now)
    move.do(
        Say(to, Quote(before, headed(initiative, to, name, card.stack(head, say("desk.relay.before"))))),
        Say(
            to, Quote(after, headed(initiative, to, name, say("desk.relay.after"))), ((card.reply_button(initiative),),)
        ),
    )


def erase_for_citizen(move: Move, initiative: Initiative, message_id: int) -> None:
    """Take the citizen's own message away at the desk, as they asked; they are told once it is gone."""
    roles = ("relay", FELLOW)
    copies = [link for link in move.world.copies if link.role in roles and link.about == initiative.number]
    copies.sort(key=lambda link: link.role == "relay")
    if not copies:
        move.tell(Words("citizen_step.erase_none", initiative.lang))
        return
    name = partners.name_of(initiative, move.person.id)
    there = [link for link in copies if link.message_id]
    for link in there:
        gone = say("desk.relay.erased", name=name, at=move.world.now)
        instead = headed(initiative, places.in_chat(initiative, link.chat), name, gone)
        if link.role == FELLOW:
            instead = Words("bridge.erased", dict(partners.circle(initiative)).get(link.chat, "da"), {"name": name})
        how = "overwritten" if move.world.now - link.at >= CORRECTION else "deleted"
        tag = Tag("erased", initiative.number, move.person.id, message_id, detail=how)
        move.do(Erase(Ref(link.chat, link.message_id), instead, tag, tell=link is there[-1]))
    if not there:
        # It has not left yet, and does not leave any more (see `Redact`).
        move.tell(Words("citizen_step.erased", initiative.lang, {"agent": initiative.responsible_name}))
    words = tuple(said.taken_out() if said.message_id == message_id else said for said in initiative.words)
    if words != initiative.words:
        initiative = replace(initiative, words=words)
        move.save(initiative)
        card.refresh(move, initiative)
    move.do(Note(initiative.number, "erased", name, "owner", {"message": message_id}))
    move.do(Redact(initiative.number, message_id, move.person.id))


def erased_for_citizen(move: Move, event: Delivery) -> None:
    """Tell the citizen, and the desk in one line, what became of the copy."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    gone = event.outcome == "delivered"
    overwritten = gone and event.reason == "overwritten"
    key = "overwritten" if overwritten else "erased" if gone else "erase_failed"
    agent = initiative.responsible_name
    asked = event.origin_chat if partners.of(initiative, event.origin_chat) is not None else initiative.owner
    lang = dict(partners.circle(initiative))[asked]
    move.do(Say(To(asked), Words(f"citizen_step.{key}", lang, {"agent": agent})))
    to = places.main_desk(initiative)
    if to is not None and gone:
        name = partners.name_of(initiative, asked)
        words = headed(initiative, to, name, say("desk.relay.erased", name=name, at=move.world.now))
        move.do(Say(to, words, silent=True))


def agent_edited(move: Move, initiative: Initiative, agent: Agent, text: str, copies: tuple[Link, ...]) -> None:
    """Change what stands at the citizen to what the agent's message says now, marked as changed."""
    newest = copies[-1]
    fields: dict[str, Field] = {"agent": agent.name, "role": agent.title}
    for chat, lang in partners.circle(initiative):
        heading = Words("citizen_step.from_agent_edited", lang, fields)
        there = [link for link in copies if link.chat == chat]
        alone = newest.detail in ("", REPLY_BY_COMMAND) and len(there) == 1 and there[0].message_id
        if not alone or card.units(text) > ONE_MESSAGE:
            parts = (newest.origin_message,) if newest.first != newest.origin_message else ()
            detail = newest.detail if newest.detail == REPLY_BY_COMMAND else REPLY_WITH_MEDIA
            tag = Tag("reply", initiative.number, newest.origin_chat, newest.first, newest.by, detail, parts)
            move.do(Say(To(chat), Quote(text, heading), tag=tag))
        else:
            move.do(Rewrite(Ref(chat, there[0].message_id), Quote(text, heading)))
    to = places.in_chat(initiative, newest.origin_chat)
    done = say("desk.reply.edited", name=card.first_name(initiative))
    move.do(Say(to, done, reply_to=Ref(newest.origin_chat, newest.origin_message), silent=True))
    told: dict[str, Field] = {"text": text, "message": newest.origin_message}
    move.do(Note(initiative.number, "agent_edited", agent.name, "owner", told))


def take_back(move: Move, initiative: Initiative, origin: tuple[int, int], message_ids: tuple[int, ...]) -> None:
    """Remove an agent's words from the citizen's chat; staff hear of it once they are gone."""
    agent = writer(move, initiative)
    instead = Words("citizen_step.taken_back", initiative.lang, {"agent": agent})
    for message_id in message_ids:
        tag = Tag("undone", initiative.number, *origin)
        last = message_id == message_ids[-1]
        move.do(Erase(Ref(initiative.owner, message_id), instead, tag, tell=last))
    from_partners(move, initiative, "citizen_step.taken_back", agent)


def from_partners(move: Move, initiative: Initiative, key: str, agent: str) -> None:
    """Remove the copies of an agent's words from the chats of those who take part."""
    for partner in initiative.partners:
        instead = Words(key, partner.lang, {"agent": agent})
        for link in move.world.copies:
            if link.chat == partner.person and link.role == "reply":
                move.do(Erase(Ref(link.chat, link.message_id), instead))


def reported(move: Move, event: Delivery, key: str, *presses: Button) -> None:
    """Tell staff, beneath the message itself, what became of it, with buttons to take it back or to mend it."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    chat = event.origin_chat
    # In a group as it was before it got another number nobody reads, and nothing can be answered.
    gone = chat < 0 and chat not in move.world.frame.staff_chats
    to = (places.main_desk(initiative) if gone else None) or places.in_chat(initiative, chat)
    origin = None if gone or not event.origin_message else Ref(chat, event.origin_message)
    rows = (presses,) if presses else ()
    words = say(key, name=card.first_name(initiative), n=initiative.number, reason=event.reason)
    tag = Tag("sent", event.about, event.origin_chat, event.origin_message)
    move.do(Say(to, words, rows, tag, reply_to=origin, silent=True))


def writer(move: Move, initiative: Initiative) -> str:
    """Whoever wrote the message that this is about; the responsible where that is no longer known."""
    writers = (move.world.frame.agent_of(link.by) for link in move.world.copies if link.by)
    return next((agent.name for agent in writers if agent is not None), initiative.responsible_name)


def left_out(move: Move, event: Delivery) -> None:
    """A picture sent as a file could not be cleaned, and its words went without it: whoever sent it hears so, once."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    if event.role == "reply" and event.chat == initiative.owner:
        reported(move, event, "desk.reply.left_out")
    others = {desk.chat for desk in initiative.desks[1:]}
    if event.role == "relay" and event.chat not in others and partners.takes_part(initiative, event.origin_chat):
        lang = dict(partners.circle(initiative))[event.origin_chat]
        told = Words("citizen.other.picture_left_out", lang)
        move.do(Say(To(event.origin_chat), told, tag=Tag("notice", about=initiative.number)))


def reply_mark(chat: int, message_id: int) -> str:
    """How an agent's message is named in an initiative's marks."""
    return f"{chat}:{message_id}"


def headed(initiative: Initiative, to: To, name: str, words: Words) -> Words:
    """What is told of a citizen's message; where no topic says whose it is, under name and title as the message was."""
    return words if to.topic_of else card.stack(_heading(initiative, to, False, name), words)


def _heading(initiative: Initiative, to: To, urgent: bool, name: str) -> Words:
    key = "topic" if to.topic_of else "chat"
    return say(
        f"desk.relay.{key}{'_urgent' if urgent else ''}",
        name=name,
        title=card.short_title(initiative),
        n=initiative.number,
    )


def _carry(
    move: Move,
    to: To,
    said: Said,
    heading: Words,
    tag: Tag,
    *,
    buttons: tuple[tuple[Button, ...], ...] = (),
    tell: bool = False,
) -> None:
    """Words above, files beneath; words that fit beneath the files stand there."""
    text = said.text.strip()
    if not said.media:
        if text:
            move.do(Say(to, Quote(said.text, heading), buttons, tag, tell=tell))
        return
    apart = card.units(text) > CAPTION or _takes_no_caption(said.media)
    if apart:
        above: Content = Quote(said.text, heading) if text else heading
        move.do(Say(to, above, buttons, tag))
    caption = None if apart else Quote(said.text, heading) if text else heading
    move.do(SendMedia(to, said.media, caption, tag, tell=tell))


def _takes_no_caption(media: tuple[Media, ...]) -> bool:
    return any(item.kind in WITHOUT_CAPTION for item in media)
