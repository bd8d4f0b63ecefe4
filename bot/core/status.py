"""What a citizen is told about where things stand: the stage, who has it, the next step, and when."""

import re
from collections.abc import Iterable

from bot.core import appointment, card, drafting, marks, offering, partners, wording
from bot.core.effects import Buttons, Field, Parts, Words
from bot.core.face import NO_IDEAS
from bot.core.initiative import Initiative, Stage, Turn
from bot.core.match import Match
from bot.core.world import Move

MOST_LINES = 8
LINE_TITLE = 40
MOST_ASKING = 5
"""Words at most in a message that asks for the status and nothing else, in the middle of a talk."""
MOST_ASKING_ALONE = 20
"""The same for a question while nobody has taken the initiative yet: who says more than that has something to tell."""
NOES = frozenset({Stage.MAY_NOT, Stage.CAN_NOT})
"""The endings that are a no: each is shown with its reason and with what is possible instead."""

_NUMBER = re.compile(r"\b(?:nr|nummer|no|number|№)\.?\s*(\d{1,9})\b", re.IGNORECASE)

_QUESTION = re.compile(
    r"\s*(?:hva|hvad|hvor|hvordan|hvornår|hvorfor|hvem|er|har|får|kommer|bliver|what|where|when|why|who|how|is|are|has|have"
    r"|did|will|що|де|коли|чому|хто|як|чи)\b|.*\?",
    re.IGNORECASE | re.DOTALL,
)
_WHEN = re.compile(
    r"\b(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|i morgen|i aften|i eftermiddag|weekend\w*|kl|klokken"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|o'clock"
    r"|понеділ\w*|вівтор\w*|серед[аиуі]|четвер\w*|п[’'ʼ]?ятниц\w*|субот\w*|неділ\w*|завтра)\b|\d[.:]\d\d",
    re.IGNORECASE,
)
"""A day or an hour: "hvad med torsdag?" answers the agent, and asks for nothing of ours."""


def tell(move: Move) -> None:
    """Answer "hvad sker der nu?": the draft first, then the citizen's own initiatives, else an invitation."""
    own = sorted(own_initiatives(move), key=lambda initiative: -initiative.number)
    if move.talk.draft is not None:
        key = "bridge.offer.draft" if move.talk.draft.kind == offering.KIND else "citizen.status.draft"
        move.tell(move.words(key, title=draft_words(move)), _draft_buttons(move))
        if own:
            tell_all(move, own)
        return
    if not own:
        move.tell(move.words("citizen.status.none"))
    elif len(own) == 1:
        tell_one(move, own[0])
    else:
        tell_all(move, own)


def asked(move: Move, text: str, match: Match) -> bool:
    """Answer words that ask where things stand; False when they don't, or say more than that in an open talk.

    "hvad sker der med nr. 12?" asks for one of the citizen's own. What says more than a question needs goes to the
    agent: a question that was never answered is worse than a status too few.
    """
    named = _NUMBER.search(text)
    initiative = move.initiative(int(named[1])) if named else None
    if match.kind in ("status", "question") and initiative is not None and initiative.owner == move.person.id:
        tell_one(move, initiative)
        return True
    if match.kind != "status" or len(text.split()) > _most_asking(move, text):
        return False
    tell(move)
    return True


def _most_asking(move: Move, text: str) -> int:
    """Words at most in a question of where things stand: the more there is to tell an agent, the fewer."""
    sent = open_initiatives(move) if move.talk.draft is None else []
    if any(initiative.stage is not Stage.RECEIVED for initiative in sent):
        return 0 if _WHEN.search(text) else MOST_ASKING
    if sent:
        return MOST_ASKING_ALONE if _QUESTION.match(text) else MOST_ASKING
    return len(text.split())


def tell_one(move: Move, initiative: Initiative) -> None:
    """One initiative in full, with what can be done about it."""
    lines = [one(move, initiative)]
    agents = move.world.frame.agents
    helping = tuple(agents[helper].name for helper in initiative.helpers if helper in agents)
    if helping and not initiative.stage.closed:
        lines.append(move.words("lead.helping", names=helping))
    if others := _others(move, initiative):
        lines.append(move.words("bridge.with", names=others))
    if initiative.step.own_part and not initiative.stage.closed:
        own = move.words("citizen.status.own_part", part=initiative.step.own_part, n=initiative.number)
        lines.append(own)
    proposal = appointment.of(initiative) if appointment.standing(initiative) else None
    if proposal is not None:
        lines.append(move.words("citizen.status.where", where=proposal.where))
    if initiative.stage in NOES and initiative.ending is not None:
        lines.append(move.words("citizen.status.instead", instead=initiative.ending.instead))
    move.tell(Parts(tuple(lines)), _buttons(move, initiative))


def _others(move: Move, initiative: Initiative) -> tuple[str, ...]:
    """The first names of those who take part besides the one who reads."""
    if not initiative.partners:
        return ()
    named = [(initiative.owner, partners.name_of(initiative, initiative.owner))]
    named += [(partner.person, partner.name) for partner in initiative.partners]
    return tuple(name for person, name in named if person != move.person.id)


def tell_all(move: Move, initiatives: list[Initiative]) -> None:
    """A short list, one line each; a press tells more."""
    lines = tuple(_line(move, initiative) for initiative in initiatives[:MOST_LINES])
    presses = tuple(
        (move.button("citizen.button.more_about", f"i_status:{initiative.number}", n=initiative.number),)
        for initiative in initiatives[:4]
    )
    only_ideas = not any(initiative.kind in NO_IDEAS for initiative in initiatives)
    head = move.words("citizen.status.many" if only_ideas else "citizen.status.many_things", n=len(initiatives))
    move.tell(Parts((head, *lines)), presses)


def one(move: Move, initiative: Initiative) -> Words:
    """The stage in plain words, the responsible person with role, the next step and its date."""
    step = initiative.step
    fields: dict[str, Field] = {
        "n": initiative.number,
        "title": initiative.title,
        "stage": stage(move, initiative),
        "agent": initiative.responsible_name,
        "first": initiative.responsible_name.split()[0],
        "role": initiative.responsible_title,
        "step": next_step(move, initiative),
        "who": step.who,
        "due": step.due,
        "since": marks.moment(initiative, marks.LATE_SINCE) or step.due,
    }
    if initiative.stage is Stage.WITHDRAWN:
        return move.words("citizen.status.withdrawn", **fields)
    if initiative.stage.closed:
        ending = initiative.ending
        fields |= {"what": ending.what if ending else "", "why": ending.why if ending else ""}
        return move.words(f"citizen.status.{initiative.stage.value}", **fields)
    if initiative.paused:
        return move.words("citizen.status.paused", **fields)
    if initiative.overdue(move.world.now):
        return move.words("citizen.status.overdue", **fields)
    if marks.value(initiative, marks.LATE_SINCE):
        return move.words("citizen.status.late", **fields)
    if step.turn is Turn.CITIZEN:
        return move.words("citizen.status.your_turn", **fields)
    if appointment.standing(initiative):
        return move.words("citizen.status.appointment", **fields)
    if step.turn is Turn.OUTSIDE:
        return move.words("citizen.status.waiting", **fields)
    if initiative.stage is Stage.RECEIVED:
        return move.words("citizen.status.received", **fields)
    return move.words("citizen.status.moving", **fields)


def next_step(move: Move, initiative: Initiative) -> str | Words:
    """The next step as a human wrote it, or the bot's own words for it, which only the owner reads as "you"."""
    step = initiative.step
    key = step.key or "step.first_answer"
    if initiative.kind == offering.KIND and key == "step.first_answer":
        key = "step.offer_kept"
    if not partners.takes_part(initiative, move.person.id):
        key = f"step_of_another.{key.rpartition('.')[2]}"
    return step.what or move.words(key, first=initiative.responsible_name.split()[0], n=initiative.number)


def stage(move: Move, initiative: Initiative) -> Words:
    """The stage in the citizen's words."""
    return move.words(card.stage(initiative).key)


def own_initiatives(move: Move) -> Iterable[Initiative]:
    """Those that the citizen began or takes part in, as this step has them."""
    numbers = {*move.world.initiatives, *move.changed}
    found = (move.initiative(number) for number in numbers)
    return (initiative for initiative in found if initiative and partners.takes_part(initiative, move.person.id))


def open_initiatives(move: Move) -> list[Initiative]:
    """Those that the citizen began or takes part in and that have not ended, newest first."""
    own = (initiative for initiative in own_initiatives(move) if not initiative.stage.closed)
    return sorted(own, key=lambda initiative: -initiative.number)


def owned(move: Move) -> list[Initiative]:
    """The open ones that the citizen began: only those are theirs to change or end."""
    return [initiative for initiative in open_initiatives(move) if initiative.owner == move.person.id]


def _line(move: Move, initiative: Initiative) -> Words:
    fields: dict[str, Field] = {
        "n": initiative.number,
        "title": wording.title(initiative.title, LINE_TITLE),
        "stage": stage(move, initiative),
        "agent": initiative.responsible_name,
        "step": next_step(move, initiative),
        "due": initiative.step.due,
    }
    if initiative.stage in NOES and initiative.ending is not None:
        return move.words("citizen.status.line_no", why=initiative.ending.why, **fields)
    if initiative.stage.closed:
        return move.words("citizen.status.line_closed", **fields)
    if initiative.overdue(move.world.now):
        return move.words("citizen.status.line_overdue", **fields)
    if (late := marks.moment(initiative, marks.LATE_SINCE)) is not None:
        return move.words("lead.line_late", **fields, since=late)
    if appointment.standing(initiative):
        return move.words("citizen.status.line_appointment", **fields)
    return move.words("citizen.status.line", **fields)


def _buttons(move: Move, initiative: Initiative) -> Buttons:
    n = initiative.number
    if initiative.owner != move.person.id:
        leave = move.button("bridge.button.leave", f"{partners.LEAVE}:{n}")
        return ((leave,), (move.button("citizen.button.human", "human:0"),))
    if initiative.kind == offering.KIND and not initiative.stage.closed:
        back = move.button("bridge.button.back", f"of_back:{n}")
        return ((back,), (move.button("citizen.button.human", "human:0"),))
    if initiative.stage.closed:
        human = (move.button("citizen.button.human", "human:0"),)
        again = (move.button("citizen.button.reopen", f"i_reopen:{n}"),)
        return (human,) if initiative.stage is Stage.JOINED else (again, human)
    sharing: Buttons = ()
    if initiative.public:
        seeks = bool(marks.value(initiative, marks.SEEKS))
        seek = ("bridge.button.seek_off", f"i_seek_off:{n}") if seeks else ("bridge.button.seek", f"i_seek:{n}")
        sharing = ((move.button(*seek),), (move.button("citizen.button.hide", f"i_hide:{n}"),))
    elif initiative.kind not in NO_IDEAS:
        sharing = ((move.button("citizen.button.public", f"i_public:{n}"),),)
    edit = "matter.button.edit" if initiative.kind in NO_IDEAS else "citizen.button.edit_sent"
    return (
        (move.button(edit, f"i_edit:{n}"),),
        *sharing,
        (move.button("citizen.button.regret", f"i_regret:{n}"),),
        (move.button("citizen.button.human", "human:0"),),
    )


def draft_words(move: Move) -> str:
    """The words of a draft so far, in at most 90 letters."""
    draft = move.talk.draft
    from_words = " ".join(said.text for said in draft.standing) if draft else ""
    return from_words if len(from_words) <= 90 else from_words[:89].rsplit(" ", 1)[0] + "…"


def _draft_buttons(move: Move) -> Buttons:
    draft = move.talk.draft
    if draft is None:
        return ()
    if draft.kind == offering.KIND:
        return ((move.button("bridge.button.see", "of_list:0:d"),),)
    if not draft.version:
        return ((move.button("citizen.button.summary", f"d_skip:{draft.version}"),),)
    return drafting.summary_buttons(move, draft.version)
