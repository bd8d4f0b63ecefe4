"""The rules in admins' own chats: they fetch the file, send it back, try a sentence, use it or go back."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.core import rule_telling
from bot.core.card import say
from bot.core.effects import ErrandKind, RulesErrand, Say, To
from bot.core.events import Event, Media, Pressed, Said
from bot.core.frame import Frame
from bot.core.people import Asking, Form, Talk
from bot.core.rule_news import RuleNews, RulesInForce
from bot.core.world import Move, Needs

LARGEST = 2_000_000
"""Bytes that a rules file may have; the shipped one has 340,000."""
VERBS = frozenset(
    {
        "r_use", "r_sure", "r_drop", "r_try", "r_old", "r_get", "r_tell", "r_back", "r_backsure", "r_heir", "r_to",
        "r_propose", "r_words",
    }
)  # fmt: skip
LOOKS: Mapping[str, ErrandKind] = {"r_tell": "tell", "r_propose": "propose", "r_words": "words"}
"""Buttons that ask for nothing but themselves, and the errand that each is."""
ASK = frozenset({"rules", "regler", "reglerne"})
TRIED = "rules_try"
HEIR = "rules_heir"
HEIRS = "rules_heirs"
MOST_NAMES = 5
PAYLOAD = 64
"""Bytes that a button can send back (Bot API)."""
_TRY = re.compile(r"/?(?:prøv|proev)\b[\s:]*(.*)", re.IGNORECASE | re.DOTALL)
_FILE = re.compile(r"routing_rules|\.ya?ml$", re.IGNORECASE)
_VERSION = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"routing_rules\D{0,3}(\d{1,9})", re.IGNORECASE)


def concerns(event: Event, talk: Talk, frame: Frame) -> bool:
    """Whether it is about the rules: news of their keeper, a press or words of an admin, a rules file of anybody."""
    if isinstance(event, RuleNews):
        return True
    if isinstance(event, Pressed):
        return _parse(event.data)[0] in VERBS
    if not isinstance(event, Said) or event.chat.kind != "private":
        return False
    if _rules_file(event) is not None:
        return True
    if event.sender.id not in frame.admins or event.reply_to is not None or event.media:
        # A swipe on a message is an answer to whoever wrote it, also when the sentence to try was asked for.
        return False
    asking = talk.asking is not None and talk.asking.kind in (TRIED, HEIR)
    asked = _asked_version(event) is not None or _sentence(event) is not None
    return asked or (asking and not event.command and bool(event.text.strip()))


def rulebook_needs(event: Event) -> Needs:
    """All open ideas when other rules are in force: some may have lost their agent."""
    return Needs(queue=isinstance(event, RulesInForce))


def on_event(move: Move, event: Event) -> None:
    """Whoever is no admin is turned away kindly; an admin's wish goes to the keeper of the rules."""
    if isinstance(event, RuleNews):
        rule_telling.on_news(move, event)
    elif isinstance(event, Pressed):
        _on_pressed(move, event)
    elif isinstance(event, Said):
        _on_said(move, event)


def _on_said(move: Move, said: Said) -> None:
    file, asking = _rules_file(said), move.talk.asking
    if file is not None:
        _on_file(move, said, file)
    elif (wanted := _asked_version(said)) is not None:
        _errand(move, "list", said.sender.id, wanted)
    elif (sentence := _sentence(said)) is not None:
        _try(move, said, sentence)
    elif asking is not None and asking.kind == TRIED:
        _try(move, said, said.text.strip())
    elif asking is not None:
        _choose(move, asking, said.text)


def _on_file(move: Move, said: Said, file: Media) -> None:
    """A file that may be rules: only an admin's is fetched, and only if it is no larger than rules are."""
    chat = said.chat.id
    if said.sender.id not in move.world.frame.admins:
        contact = move.world.frame.contact
        words = move.words("citizen.rules_file", municipality=move.world.frame.municipality, phone=contact.phone)
        move.do(Say(To(chat), words), RulesErrand("barred", chat, text="sent a rules file"))
        return
    if file.size > LARGEST:
        move.do(Say(To(chat), say("rulebook.too_large", file=file.file_name, n=LARGEST // 1_000_000)))
        _errand(move, "barred", chat, text="too large")
        return
    move.talk = replace(move.talk, form=None, asking=None)
    move.do(Say(To(chat), say("rulebook.looking", file=file.file_name)))
    _errand(move, "judge", chat, _based_on(move, file), text=file.file_name, file_id=file.file_id)


def _based_on(move: Move, file: Media) -> int:
    """The version that a file was made from, by its name or by the message that it answers; 0 if neither tells."""
    named = _NUMBER.search(file.file_name)
    if named is not None:
        return int(named[1])
    target = move.world.target
    return int(target.detail) if target is not None and target.role == "rules" and target.detail.isdigit() else 0


def _try(move: Move, said: Said, sentence: str) -> None:
    if sentence:
        move.talk = replace(move.talk, asking=None)
        _errand(move, "look", said.sender.id, text=sentence)
    else:
        _ask_sentence(move, said.chat.id)


def _ask_sentence(move: Move, chat: int) -> None:
    move.talk = replace(move.talk, asking=Asking(TRIED))
    move.do(Say(To(chat), say("rulebook.try_what")))


def _on_pressed(move: Move, event: Pressed) -> None:
    frame, who = move.world.frame, event.sender.id
    if who not in frame.admins or event.chat.id != who:
        move.answers(event.callback_id, say("rulebook.not_admin"), alert=True)
        move.do(RulesErrand("barred", who, text="pressed a button"))
        return
    verb, number, detail = _parse(event.data)
    if verb in ("r_use", "r_sure"):
        _use(move, who, number, sure=verb == "r_sure")
    elif verb in ("r_back", "r_backsure") and detail.isdigit():
        _errand(move, "back", who, number, newest=int(detail), sure=verb == "r_backsure")
    elif verb == "r_drop":
        move.talk = replace(move.talk, form=None, asking=None)
        _errand(move, "drop", who, number)
        move.do(Say(To(who), say("rulebook.dropped")))
    elif verb == "r_try":
        _ask_sentence(move, who)
    elif verb in ("r_old", "r_get"):
        _errand(move, "list", who, text="versions" if verb == "r_old" else "file")
    elif verb in LOOKS:
        _errand(move, LOOKS[verb], who)
    elif verb == "r_heir":
        _ask_heir(move, who, number, detail)
    elif verb == "r_to":
        leaver, _, heir = detail.partition(".")
        _keep_heir(move, who, number, leaver, heir)
    move.answers(event.callback_id)


def _use(move: Move, who: int, draft: int, *, sure: bool) -> None:
    form = move.talk.form
    chosen = dict(form.filled) if form is not None and form.kind == HEIRS and form.about == draft else {}
    name = _name(move)
    move.do(RulesErrand("use", who, name, draft, sure=sure, heirs=chosen))


def _ask_heir(move: Move, chat: int, draft: int, leaver: str) -> None:
    """Who is to have the ideas of somebody who leaves: a button for each, or a typed name."""
    agents = move.world.frame.agents
    if leaver not in agents:
        move.do(Say(To(chat), say("rulebook.no_draft")))
        return
    move.talk = replace(move.talk, asking=Asking(HEIR, about=draft, text=leaver))
    others = [agent for agent in agents.values() if agent.id != leaver]
    data = {agent.name: f"r_to:{draft}:{leaver}.{agent.id}" for agent in others}
    fitting = [(name, sent) for name, sent in data.items() if len(sent.encode()) <= PAYLOAD][:MOST_NAMES]
    rows = tuple((move.button("rulebook.button.person", sent, agent=name[:28]),) for name, sent in fitting)
    move.do(Say(To(chat), say("rulebook.heir_who", agent=agents[leaver].name), rows))


def _choose(move: Move, asking: Asking, written: str) -> None:
    """A name that was typed: whole, or the first name alone."""
    wanted = written.strip().casefold()
    agents = [agent for agent in move.world.frame.agents.values() if agent.id != asking.text]
    found = [agent for agent in agents if wanted in (agent.name.casefold(), agent.first_name.casefold(), agent.id)]
    chat = move.person.id
    if len(found) == 1:
        _keep_heir(move, chat, asking.about, asking.text, found[0].id)
    else:
        move.do(Say(To(chat), say("rulebook.heir_unknown", names=tuple(agent.name for agent in agents))))


def _keep_heir(move: Move, chat: int, draft: int, leaver: str, heir: str) -> None:
    agents = move.world.frame.agents
    if leaver not in agents or heir not in agents:
        move.do(Say(To(chat), say("rulebook.no_draft")))
        return
    form = move.talk.form
    before = form.filled if form is not None and form.kind == HEIRS and form.about == draft else ()
    filled = (*((left, chosen) for left, chosen in before if left != leaver), (leaver, heir))
    move.talk = replace(move.talk, form=Form(HEIRS, draft, filled), asking=None)
    words = say("rulebook.heir_chosen", agent=agents[heir].name, old=agents[leaver].name)
    move.do(Say(To(chat), words, rule_telling.use_buttons(draft)))


def _errand(
    move: Move, kind: ErrandKind, chat: int, number: int = 0, *, newest: int = 0, text: str = "", file_id: str = "",
    sure: bool = False,
) -> None:  # fmt: skip
    move.do(RulesErrand(kind, chat, _name(move), number, newest, text, file_id, sure))


def _name(move: Move) -> str:
    """Who it is, for the versions and the log: an agent by the whole name, else as Telegram gives it."""
    agent = move.world.frame.agent_of(move.person.id)
    return agent.name if agent is not None else move.person.name or str(move.person.id)


def _rules_file(said: Said) -> Media | None:
    """The file that may be rules, by its name; None where there is none."""
    return next((one for one in said.media if one.kind == "document" and _FILE.search(one.file_name)), None)


def _asked_version(said: Said) -> int | None:
    """The version of the rules that is asked for, 0 for the one in force; None for other words."""
    words = [said.command, *said.text.split()] if said.command else said.text.lstrip("/ ").split()
    if not words or words[0].casefold() not in ASK:
        return None
    named = [word for word in words[1:] if word.casefold() != "version"]
    if not named:
        return 0
    return int(named[0]) if len(named) == 1 and _VERSION.fullmatch(named[0]) else None


def _sentence(said: Said) -> str | None:
    """The sentence behind "prøv" ("" for the bare word); None for other words."""
    if said.command:
        return said.text.strip() if said.command.casefold() == "proev" else None
    found = _TRY.fullmatch(said.text.strip())
    return found[1].strip() if found else None


def _parse(data: str) -> tuple[str, int, str]:
    verb, _, rest = data.partition(":")
    number, _, detail = rest.partition(":")
    if verb not in VERBS or not (number.isascii() and number.isdigit()) or len(number) > 12:
        return "", 0, ""
    return verb, int(number), detail
