"""The card of an initiative at each desk: who has it, what comes next and when, and the citizen's own words."""

from collections.abc import Mapping

from bot.core import marks, places
from bot.core.effects import (
    Button,
    Buttons,
    Content,
    Field,
    MakeTopic,
    NameTopic,
    Parts,
    Pin,
    Quote,
    Recount,
    Ref,
    Rewrite,
    Say,
    SendMedia,
    SendPlace,
    Tag,
    To,
    Words,
)
from bot.core.face import NO_IDEAS
from bot.core.frame import Agent
from bot.core.initiative import APPOINTMENTS, NOBODY, OUT_OF_REACH, Desk, Initiative, Stage, Turn
from bot.core.match import TopicScore
from bot.core.world import Move

WORDS_ON_CARD = 2200
"""UTF-16 units of the citizen's words that a card holds; the Bot API takes 4,096 in one text."""
CUT_WORDS = 1500
MOST_TOPICS = 3
MOST_REASONS = 5
MOST_PLACES = 5
TITLE = 100
NAME_ON_BUTTON = 20


def post(move: Move, initiative: Initiative) -> None:
    """Put the card up at every desk; the first one also gets all words, pictures and the place."""
    for desk in initiative.desks:
        put_up(move, initiative, desk)
    if initiative.desks:
        post_all_of_it(move, initiative, places.at_desk(initiative, initiative.desks[0]))


def renew(move: Move, initiative: Initiative, chat: int) -> None:
    """Make a deleted topic anew: the topic, the card as it stands now, one line that says why, and what was said."""
    for desk in initiative.desks:
        if desk.chat == chat and desk.topic:
            here = places.at_desk(initiative, desk)
            put_up(move, initiative, desk)
            move.do(Say(here, say("desk.topic_anew")))
            post_all_of_it(move, initiative, here)
            move.do(Recount(here, initiative.number))


def put_up(move: Move, initiative: Initiative, desk: Desk) -> None:
    """Put the card up at one desk, in a topic of its own where the desk has topics."""
    to = places.at_desk(initiative, desk)
    if desk.topic:
        move.do(MakeTopic(desk.chat, initiative.number, topic_name(initiative)))
    shown = content(move, initiative, desk.chat)
    move.do(Say(to, shown, buttons(initiative), Tag("card", about=initiative.number)))
    if desk.topic:
        move.do(Pin(Ref(desk.chat, role="card", about=initiative.number)))


def refresh(move: Move, initiative: Initiative) -> None:
    """Let every desk's card show how it stands now."""
    for desk in initiative.desks:
        target = Ref(desk.chat, role="card", about=initiative.number)
        move.do(Rewrite(target, content(move, initiative, desk.chat), buttons(initiative)))


def content(move: Move, initiative: Initiative, chat: int) -> Content:
    """What the card says in that chat, in Danish; the citizen's own words stay as they are."""
    parts: list[Words | Quote] = [stack(*_facts(move, initiative))]
    whole = own_words(initiative)
    if whole:
        cut = units(whole) > WORDS_ON_CARD
        head = "desk.card.words_cut" if cut else "desk.card.words"
        parts.append(Quote(cut_to(whole, CUT_WORDS) if cut else whole, say(head, name=initiative.owner_name)))
    lines = [_topic(move, found) for found in initiative.topics[:MOST_TOPICS]] or [say("desk.card.no_topic")]
    # Looked up each time: what is taken out of the words, or of the rules, is not named here any longer.
    if whole and (named := tuple(move.world.places(whole)[:MOST_PLACES])):
        lines.append(say("desk.card.places", names=named))
    parts.append(stack(*lines))
    if not initiative.stage.closed:
        parts.append(say(f"desk.card.{_who_reads(initiative, chat)}", first=first_name(initiative)))
    return Parts(tuple(parts))


def buttons(initiative: Initiative) -> Buttons:
    """At most five: take it (while nobody has) or pass it on, answer, next step, help, more."""
    n = initiative.number
    answer = reply_button(initiative)
    if initiative.stage.closed:
        # What the citizen has ended is the citizen's to open again.
        ended_by_citizen = initiative.stage in (Stage.WITHDRAWN, Stage.JOINED)
        return ((answer,),) if ended_by_citizen else ((answer,), (Button("desk.button.reopen", f"reopen:{n}"),))
    take, give = Button("desk.button.take", f"take:{n}"), Button("colleague.button.pass", f"pass:{n}")
    return (
        (give if initiative.taken else take,),
        (answer,),
        (Button("desk.button.next", f"next:{n}"), Button("desk.button.help", f"help:{n}")),
        (Button("desk.button.more", f"more:{n}"),),
    )


def reply_button(initiative: Initiative) -> Button:
    """The button that opens the answer field towards the citizen."""
    return Button("desk.button.reply", f"reply:{initiative.number}", fields={"name": button_name(initiative)})


def button_name(initiative: Initiative) -> str:
    """The citizen's first name, short enough for a button."""
    name = first_name(initiative)
    return name if len(name) <= NAME_ON_BUTTON else name[: NAME_ON_BUTTON - 1] + "…"


def first_name(initiative: Initiative) -> str:
    """What the citizen is called in running text."""
    return (initiative.owner_name.split() or ["?"])[0]


def short_title(initiative: Initiative) -> str:
    """The title, cut at a word where it would fill a line."""
    title = initiative.title
    return title if len(title) <= 40 else title[:39].rsplit(" ", 1)[0] + "…"


def topic_name(initiative: Initiative) -> str:
    """The name of the forum topic: in the group's list it is seen who has it. The Bot API takes 128 characters."""
    first = cut_to(initiative.responsible_name.split()[0], NAME_ON_BUTTON)
    return f"{initiative.number} · {first} · {cut_to(initiative.title, TITLE)}"


def name_topics(move: Move, initiative: Initiative) -> None:
    """Let the topics be called as the initiative stands now."""
    for desk in initiative.desks:
        if desk.topic:
            move.do(NameTopic(desk.chat, initiative.number, topic_name(initiative)))


def own_words(initiative: Initiative) -> str:
    """All that the citizen has said and not taken back, a line each."""
    return "\n".join(said.text for said in initiative.standing if said.text.strip())


def say(key: str, **fields: Field) -> Words:
    """A text to staff, who read Danish."""
    return Words(key, "da", fields)


def next_step(initiative: Initiative) -> Field:
    """The next step in the words of whoever set it, or in the bot's own words for staff."""
    step = initiative.step
    if step.what:
        return step.what
    name = step.key.rpartition(".")[2] or "first_answer"
    agent = initiative.responsible_name.split()[0]
    return say(f"desk.next.{name}", first=agent, name=first_name(initiative))


def units(text: str) -> int:
    """The length of a text as the Bot API counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def cut_to(text: str, limit: int) -> str:
    """The beginning of a text, at most `limit` UTF-16 units, cut between words."""
    if units(text) <= limit:
        return text
    kept = text[:limit]
    while units(kept) > limit - 2:
        kept = kept[:-1]
    return (kept.rsplit(None, 1)[0] if " " in kept or "\n" in kept else kept) + " …"


def stack(*lines: Words) -> Words:
    """Lines under each other in one text; at least one."""
    stacked = lines[-1]
    for line in reversed(lines[:-1]):
        stacked = say("desk.stack", above=line, below=stacked)
    return stacked


def _beside(initiative: Initiative, agents: Mapping[str, Agent]) -> list[Words]:
    """Who helps the responsible, who is asked to, and to whom it is offered."""
    lines = []
    helpers = tuple(agents[helper].name for helper in initiative.helpers if helper in agents)
    if helpers:
        lines.append(say("desk.card.helpers", names=helpers))
    beside = (n for n in marks.value(initiative, marks.INVITED).split() if n not in initiative.helpers)
    asked = tuple(agents[name].name for name in beside if name in agents and name != initiative.responsible)
    if asked and not initiative.stage.closed:
        lines.append(say("colleague.card.invited", names=asked))
    offered = agents.get(marks.value(initiative, marks.OFFERED))
    if offered is not None and not initiative.stage.closed:
        lines.append(say("colleague.card.offered", agent=offered.name))
    return lines


def _facts(move: Move, initiative: Initiative) -> tuple[Words, ...]:
    step, now = initiative.step, move.world.now
    agents = move.world.frame.agents
    first = first_name(initiative)
    lines = [say("desk.card.head", n=initiative.number, title=cut_to(initiative.title, TITLE))]
    lines.append(say("desk.card.from", name=initiative.owner_name))
    if initiative.kind in NO_IDEAS:
        lines.append(say(f"desk.card.{initiative.kind}"))
    if initiative.partners:
        lines.append(say("desk.card.partners", names=tuple(one.name for one in initiative.partners)))
    lines.append(say("desk.card.lead", agent=initiative.responsible_name))
    lines += _beside(initiative, agents)
    lines.append(say("desk.card.stage", stage=stage(initiative)))
    if initiative.stage.closed:
        return tuple(lines)
    key = "appointment" if step.key in APPOINTMENTS else "next"
    lines.append(say(f"desk.card.{key}", step=next_step(initiative), who=step.who, due=step.due))
    if step.own_part:
        lines.append(say("desk.card.own_part", first=first, part=step.own_part))
    if initiative.paused:
        lines.append(say("desk.card.paused", first=first))
    elif step.turn is Turn.CITIZEN:
        since = marks.moment(initiative, marks.TURNED) or initiative.touched
        lines.append(say("desk.card.waiting", first=first, since=since))
    if initiative.out_of_reach:
        lines.append(_out_of_reach(initiative))
    if initiative.overdue(now):
        lines.append(say("desk.card.overdue", due=step.due))
    elif (late := marks.moment(initiative, marks.LATE_SINCE)) is not None:
        lines.append(say("desk.card.late", since=late))
    if seeks := marks.value(initiative, marks.SEEKS):
        lines.append(say("desk.card.seeks", seeks=seeks))
    if case := marks.value(initiative, marks.CASE):
        lines.append(say("desk.card.case", case=case))
    if initiative.lang != "da":
        lines.append(say("desk.card.language", first=first, language=_language(initiative.lang)))
    if reach := marks.value(initiative, marks.REACH):
        lines.append(say("desk.card.absent", first=first, source=marks.value(initiative, marks.SOURCE), reach=reach))
    return (*lines, *_beside_the_words(initiative))


def _who_reads(initiative: Initiative, chat: int) -> str:
    """What reaches the citizen from here: in a group only what is chosen, in an own chat what is answered as well."""
    if initiative.owner == NOBODY:
        return "told_by_you"
    return "internal" if chat < 0 else "answered"


def _beside_the_words(initiative: Initiative) -> list[Words]:
    """The place and the files that came with it."""
    lines = [say("desk.card.place")] if initiative.place is not None else []
    return [*lines, say("desk.card.media", n=len(initiative.media))] if initiative.media else lines


def _out_of_reach(initiative: Initiative) -> Words:
    since = marks.moment(initiative, OUT_OF_REACH) or initiative.touched
    return say("desk.card.out_of_reach", first=first_name(initiative), since=since)


def stage(initiative: Initiative) -> Words:
    """Where it stands, in the very words that the citizen reads."""
    if initiative.stage is Stage.RECEIVED and initiative.kind in NO_IDEAS:
        # A call or a question has no name of its own in the long list of stages; the short one says it of anything.
        return say("offer.stage.received" if initiative.kind == "offer" else "board.stage.received")
    return say(f"stage.{initiative.stage.value}")


def _language(lang: str) -> Field:
    return say(f"desk.language.{lang}") if lang in ("en", "uk") else lang


def _topic(move: Move, found: TopicScore) -> Words:
    topic = move.world.frame.topics.get(found.topic)
    label = topic.label["da"] if topic else found.topic
    if not found.because:
        return say("desk.card.topic", topic=label)
    words = tuple(cut_to(w, 60) for w in _once(found.because)[:MOST_REASONS])
    return say("desk.card.topic_because", topic=label, words=words)


def _once(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons without those that stand within another one ("rollator" beside "med rollator")."""
    return tuple(one for one in reasons if not any(f" {one} " in f" {other} " for other in reasons if other != one))


def post_all_of_it(move: Move, initiative: Initiative, to: To) -> None:
    """The words in full where the card had to cut them; pictures as one album in their order; the place."""
    tag = Tag("relay", about=initiative.number, origin_chat=initiative.owner, by=initiative.owner)
    if units(own_words(initiative)) > WORDS_ON_CARD:
        for said in initiative.standing:
            if said.text.strip():
                parts = tuple(piece for piece, _ in said.pieces[1:])
                own = Tag("relay", initiative.number, initiative.owner, said.message_id, initiative.owner, parts=parts)
                move.do(Say(to, Quote(said.text, say("desk.card.whole", name=initiative.owner_name)), tag=own))
    if initiative.media:
        caption = say("desk.card.media_from", name=initiative.owner_name, n=initiative.number)
        own = Tag("relay", initiative.number, initiative.owner, initiative.media[0].message_id, initiative.owner)
        move.do(SendMedia(to, initiative.media, _caption(initiative, caption), own))
    if initiative.place is not None:
        move.do(SendPlace(to, initiative.place, tag))


def _caption(initiative: Initiative, heading: Words) -> Content:
    """The captions that came with the pictures, where they fit beneath them (the Bot API takes 1,024)."""
    spoken = "\n".join(item.caption for item in initiative.media if item.caption.strip())
    return Quote(spoken, heading) if spoken and units(spoken) <= 900 else heading
