"""The pages that answer questions, in admins' own chats: they fetch one, send it back, use it or take it back."""

import re
from collections.abc import Mapping

from bot.core.card import say
from bot.core.effects import (
    Button,
    Buttons,
    Content,
    ErrandKind,
    Parts,
    Quote,
    RulesErrand,
    Say,
    SendPages,
    Tag,
    TellHumans,
    To,
    Words,
)
from bot.core.events import Event, Media, Pressed, Said
from bot.core.frame import Frame
from bot.core.page_news import PageBarred, PageFault, PageNews, PagesInForce, PagesListed, PagesRefused, PageTried
from bot.core.world import Move

LARGEST = 100_000
"""Bytes that a page may have; the longest shipped one has 3,000."""
MOST_LOST, MOST_FILES = 5, 10
ASK = frozenset({"viden"})
VERBS: Mapping[str, ErrandKind] = {"p_use": "page_use", "p_drop": "page_drop", "p_back": "page_back"}
"""What each button asks the keeper for."""
CALENDAR = ".ics"
"""How the name of a file with meetings ends."""
_FILE = re.compile(r"\.(?:md|ics)$", re.IGNORECASE)
_PRESS = re.compile(rf"({'|'.join(sorted(VERBS))}):(\d{{1,12}})", re.ASCII)
_WORD = re.compile(r"/?viden(?:\s+(\S.{0,60}))?", re.IGNORECASE)


def concerns(event: Event, frame: Frame) -> bool:
    """Whether it is about the pages: news of them, a press, or an admin's words or page."""
    if isinstance(event, PageNews):
        return True
    if isinstance(event, Pressed):
        return _PRESS.fullmatch(event.data) is not None
    if not isinstance(event, Said) or event.chat.kind != "private" or event.sender.id not in frame.admins:
        return False
    return _asked(event) is not None or (event.reply_to is None and _page(event) is not None)


def on_event(move: Move, event: Event) -> None:
    """An admin's wish goes to the keeper; what the keeper found is told."""
    if isinstance(event, PageNews):
        _on_news(move, event)
    elif isinstance(event, Pressed):
        _on_pressed(move, event)
    elif isinstance(event, Said):
        _on_said(move, event)


def _on_said(move: Move, said: Said) -> None:
    file, chat = _page(said), said.chat.id
    if file is None:
        _errand(move, "page_list", text=(_asked(said) or "").strip())
    elif file.size > LARGEST:
        move.do(Say(To(chat), say("pagebook.refused.too_large", file=file.file_name)))
    else:
        _errand(move, "page_judge", text=file.file_name, file_id=file.file_id)


def _on_pressed(move: Move, event: Pressed) -> None:
    if event.sender.id not in move.world.frame.admins or event.chat.id != event.sender.id:
        move.answers(event.callback_id, say("rulebook.not_admin"), alert=True)
        return
    pressed = _PRESS.fullmatch(event.data)
    if pressed is not None:
        verb, number = pressed[1], int(pressed[2])
        _errand(move, VERBS[verb], number)
        if verb == "p_drop":
            move.do(Say(To(event.chat.id), say("pagebook.dropped")))
    move.answers(event.callback_id)


def _on_news(move: Move, news: PageNews) -> None:
    match news:
        case PagesRefused():
            _to(move, news.chat, _refused(news))
        case PagesInForce():
            _to(move, 0, _in_force(news), _back(news.before))
        case PageTried():
            move.do(Say(To(news.chat), _tried(news), _use(news.draft)))
        case PageBarred():
            move.do(Say(To(news.chat), say(f"pagebook.barred.{news.why}")))
        case PagesListed():
            _listed(move, news)


def _refused(news: PagesRefused) -> Content:
    why = "meetings" if news.why == "faults" and news.file.endswith(CALENDAR) else news.why
    parts: list[Words | Quote] = [say(f"pagebook.refused.{why}", file=news.file)]
    if news.faults:
        parts.append(Quote("\n".join(_fault(one) for one in news.faults)))
    if news.more:
        parts.append(say("rulebook.refused.more", n=news.more))
    parts.append(say("pagebook.old_hold"))
    return Parts(tuple(parts))


def _fault(fault: PageFault) -> str:
    file, line, what = fault
    return f"{file}, linje {line}: {what}."


def _in_force(news: PagesInForce) -> Content:
    parts: list[Words | Quote] = [say("pagebook.again")] if news.mended else []
    if news.files:
        key = "restored" if news.restored else "person" if news.who else "disk"
        files = news.files[:MOST_FILES]
        parts.append(say(f"pagebook.in_force.{key}", agent=news.who, files=files, n=len(news.files)))
    return Parts(tuple(parts))


def _tried(news: PageTried) -> Content:
    if news.file.endswith(CALENDAR):
        meetings = say("pagebook.tried.meetings", file=news.file, n=news.ways)
        return Quote(news.text, meetings) if news.text else meetings
    parts: list[Words | Quote] = [
        say("pagebook.tried.new" if news.is_new else "pagebook.tried.changed", file=news.file, n=news.ways),
        Quote(news.text, say("pagebook.reads")),
        say("citizen.source", source=news.source),
    ]
    if news.lost:
        parts.append(Quote("\n".join(news.lost[:MOST_LOST]), say("pagebook.lost")))
    return Parts(tuple(parts))


def _listed(move: Move, news: PagesListed) -> None:
    to = To(news.chat)
    if news.files:
        for file in news.files:
            move.do(SendPages(to, file, say("pagebook.file", file=file), Tag("pages", detail=file)))
    elif news.asked:
        move.do(Say(to, say("pagebook.no_such", asked=news.asked)))
    else:
        move.do(Say(to, Quote("\n".join(news.titles), say("pagebook.list", n=len(news.titles)))))
        move.do(SendPages(to, "", say("pagebook.all"), Tag("pages")))


def _use(draft: int) -> Buttons:
    use, drop = Button("rulebook.button.use", f"p_use:{draft}"), Button("rulebook.button.drop", f"p_drop:{draft}")
    return ((use,), (drop,))


def _back(before: int) -> Buttons:
    return ((Button("pagebook.button.back", f"p_back:{before}"),),) if before else ()


def _to(move: Move, chat: int, content: Content, buttons: Buttons = ()) -> None:
    move.do(Say(To(chat), content, buttons) if chat else TellHumans(content, buttons))


def _errand(move: Move, kind: ErrandKind, number: int = 0, *, text: str = "", file_id: str = "") -> None:
    agent = move.world.frame.agent_of(move.person.id)
    who = agent.name if agent is not None else move.person.name or str(move.person.id)
    move.do(RulesErrand(kind, move.person.id, who, number, text=text, file_id=file_id))


def _page(said: Said) -> Media | None:
    return next((one for one in said.media if one.kind == "document" and _FILE.search(one.file_name)), None)


def _asked(said: Said) -> str | None:
    """What stands behind "viden" ("" for the bare word); None for other words."""
    if said.command:
        return said.text.strip() if said.command.casefold() in ASK else None
    found = _WORD.fullmatch(said.text.strip())
    return (found[1] or "") if found and not said.media else None
