"""All that is kept about one person, as a page to read and as JSON for machines; nothing of anybody else's."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from html import escape
from itertools import chain

from bot.conversation import casefile
from bot.conversation.ports import Call, Json
from bot.conversation.rooms import Rooms
from bot.conversation.storage import Transaction
from bot.core import bridges
from bot.core.authors import called
from bot.core.card import stage
from bot.core.effects import Field, OwnFile, Words
from bot.core.events import Media, Place, Said
from bot.core.history import Entry
from bot.core.initiative import Initiative
from bot.core.own_data import FORGET
from bot.core.partners import names
from bot.core.people import Talk, Utterance
from bot.core.retention import ends

FORMAT = "skab-mine-oplysninger-1"
OWN = frozenset({"owner", "public"})
"""The lines of a timeline that its citizen may see."""
WAITS_WITH_WORDS = frozenset({"which", "outside", FORGET})
"""The questions to a citizen that keep what they are about until they are answered (`Asking.kind`)."""
STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem;color:#111;background:#fff}"
    "h1{font-size:1.4rem}h2{font-size:1.2rem;margin-top:2rem}li{margin:.6rem 0;white-space:pre-wrap}small{color:#444}"
)


def call(transaction: Transaction, effect: OwnFile, made: datetime, rooms: Rooms) -> Call:
    """The upload, ready for the outbox."""
    found = document(transaction, effect.person, made, rooms)
    if effect.kind == "html":
        name, kind, text = "mine-oplysninger.html", "text/html", page(found, effect, rooms)
    else:
        name, kind = "mine-oplysninger.json", "application/json"
        text = json.dumps(found, ensure_ascii=False, indent=2)
    caption = rooms.speak(effect.caption).plain
    upload = {"upload": {"name": name, "type": kind, "text": text}}
    return Call("sendDocument", str(effect.person), {"chat_id": effect.person, "caption": caption, "document": upload})


def document(transaction: Transaction, person: int, made: datetime, rooms: Rooms) -> dict[str, Json]:
    """What is kept: name, language, draft, the person's own initiatives with what was said, whom they follow."""
    known, talk = transaction.people.person(person), transaction.people.talk(str(person))
    bar = transaction.barred.of(person)
    owned = transaction.initiatives.owned_by(person)
    drafts = (talk.draft, talk.dropped, talk.aside) if talk is not None else ()
    held = talk.held if talk is not None else ()
    # Also what they have left again, or asked to join.
    parts = owned | transaction.initiatives.some(set(transaction.timeline.numbers_of(person)) - owned.keys())
    return {
        "format": FORMAT,
        "hentet": _at(made),
        "navn": known.name if known is not None else "",
        "sprog": known.lang if known is not None else "",
        "lukket_for": None
        if bar is None
        else {"fra": _at(bar.since), "til": _at(bar.until), "grund": bar.reason, "af": bar.by},
        "kladder": [
            {"ord": _words(one.standing), "filer": _files(one.media), "sted": _place(one.place)}
            for one in drafts
            if one is not None
        ],
        "gemt_et_døgn": [
            {"ord": _words([_as_said(one.said)]), "filer": _files(one.said.media), "sted": _place(one.said.place)}
            for one in held
        ],
        "venter_på_svar": _waiting(talk, made) if talk is not None else [],
        "idéer": [_initiative(transaction, one, rooms) for one in owned.values() if one.owner == person],
        "med_i": [_part_in(transaction, one, person) for one in parts.values() if one.owner != person],
        "ugens_nyt": known is not None and known.weekly,
        "følger": sorted(transaction.initiatives.followed_by(person)),
    }


def _waiting(talk: Talk, made: datetime) -> list[dict[str, Json]]:
    """What was written or sent and waits for an answer of the citizen's: which idea it is for, whether it is ours."""
    asking = talk.asking
    if asking is None or asking.kind not in WAITS_WITH_WORDS or not asking.message_ids:
        return []
    said = Utterance(asking.text, 0, talk.last or made)
    return [{"ord": _words([said] if asking.text else []), "filer": _files(asking.media), "sted": _place(asking.place)}]


def _initiative(transaction: Transaction, initiative: Initiative, rooms: Rooms) -> dict[str, Json]:
    step, ending = initiative.step, initiative.ending
    gone = ends(initiative, rooms.frame().promises) if initiative.stage.closed else None
    return {
        "nummer": initiative.number,
        "titel": initiative.title,
        "slags": rooms.speak(Words(f"desk.why.{initiative.kind}", initiative.lang)).plain,
        "trin": rooms.speak(Words(stage(initiative).key, initiative.lang)).plain,
        "sendt": _at(initiative.sent),
        "ansvarlig": {"navn": initiative.responsible_name, "titel": initiative.responsible_title},
        "næste_skridt": None
        if initiative.stage.closed
        else {"hvad": step.what, "hvem": step.who, "senest": _at(step.due)},
        "slutning": None
        if ending is None
        else {"hvad": ending.what, "hvorfor": ending.why, "i_stedet": ending.instead, "svaret_af": ending.by},
        "offentlig": initiative.public_words if initiative.public else None,
        "ord": _words(initiative.words),
        "filer": _files(initiative.media),
        "sted": _place(initiative.place),
        "historie": casefile.history_of(transaction, initiative, partial(_is_for_owner, initiative)),
        "oplysninger_slettes": _at(gone) if gone is not None else None,
    }


def _part_in(transaction: Transaction, initiative: Initiative, person: int) -> dict[str, Json]:
    """What somebody said in an initiative that another began: their own words and nothing else of it."""
    asked = [one.text for one in bridges.of(initiative) if one.person == person]
    lines = casefile.history_of(transaction, initiative, partial(_is_by, initiative, person))
    return {"nummer": initiative.number, "spurgt": asked, "historie": lines}


def _is_by(initiative: Initiative, person: int, line: Entry) -> bool:
    """Whether the person wrote the line; the name is asked only where nobody is known to have."""
    named = {who for who, name in called(initiative) if name == line.actor}
    return person == line.person if line.person else named == {person}


def _is_for_owner(initiative: Initiative, line: Entry) -> bool:
    """Whether whoever began it may have the line in their copy: their own and staff's, and no other citizen's."""
    others = names(initiative)
    theirs = line.person in (0, initiative.owner) and (line.person or line.actor not in others)
    return bool(theirs) and line.seen_by in OWN


def page(found: Mapping[str, Json], effect: OwnFile, rooms: Rooms) -> str:
    """The same as a page that opens on a phone: one file, no script, nothing fetched from anywhere."""

    def told(key: str, **fields: Field) -> str:
        return escape(rooms.speak(Words(f"citizen.file.{key}", effect.lang, fields)).plain)

    sign = escape(rooms.speak(Words("open.file.number", effect.lang)).plain)
    body = [f"<h1>{told('title')}</h1>", f"<p>{told('name')} {escape(found['navn'])}</p>"]
    if bar := found["lukket_for"]:
        until = datetime.fromisoformat(bar["til"])
        body.append(f"<p>{told('barred', until=until, agent=bar['af'])} {escape(bar['grund'])}</p>")
    for kind, key in (("kladder", "draft"), ("gemt_et_døgn", "held"), ("venter_på_svar", "waiting")):
        for one in found[kind]:
            body += [f"<h2>{told(key)}</h2>", _list(_said(one, told("files", n=len(one["filer"]))))]
    for idea in found["idéer"]:
        body.append(f"<h2>{sign} {idea['nummer']}: {escape(idea['titel'])}</h2>")
        body.append(f"<p>{escape(idea['trin'])}. {told('lead')} {escape(idea['ansvarlig']['navn'])}.</p>")
        body.append(_list(_said(idea, told("files", n=len(idea["filer"])))))
        body += [f"<h3>{told('history')}</h3>", _list(_lines(idea["historie"]))]
        until = idea["oplysninger_slettes"]
        body.append(f"<p>{told('until', due=datetime.fromisoformat(until)) if until else told('open')}</p>")
    for part in found["med_i"]:
        asked = (escape(text) for text in part["spurgt"])
        body += [f"<h2>{sign} {part['nummer']}</h2>", _list(chain(asked, _lines(part["historie"])))]
    if found["følger"]:
        followed = ", ".join(f"{sign.lower()} {number}" for number in found["følger"])
        body.append(f"<p>{told('follows')} {followed}</p>")
    body.append(f"<p>{told('not_in', due=effect.answers_by)}</p>")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{told("title")}</title>'
    written = "\n".join(body)
    opened = f'<!doctype html>\n<html lang="{effect.lang}"><head>{head}<style>{STYLE}</style></head>'
    return f"{opened}\n<body>{written}</body></html>\n"


def _said(kept: Mapping[str, Json], files: str) -> Iterator[str]:
    for words in kept["ord"]:
        yield f"<small>{_moment(words['tid'])}</small> {escape(words['tekst'])}"
    if kept["filer"]:
        yield files
    if kept["sted"]:
        yield f"{kept['sted']['bredde']}, {kept['sted']['længde']}"


def _lines(history: Sequence[Mapping[str, Json]]) -> Iterator[str]:
    for line in history:
        facts = [str(value) for name, value in line["oplysninger"].items() if isinstance(value, str) and value]
        yield f"<small>{_moment(line['tid'])} {escape(line['hvem'])}</small> {escape(' · '.join(facts))}"


def _list(lines: Iterator[str]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _as_said(said: Said) -> Utterance:
    return Utterance(said.text, said.message_ids[0], said.at)


def _words(said: Sequence[Utterance]) -> list[dict[str, Json]]:
    return [{"tid": _at(one.at), "tekst": one.text} for one in said]


def _files(media: Sequence[Media]) -> list[dict[str, Json]]:
    return [{"slags": one.kind, "navn": one.file_name, "bytes": one.size, "sekunder": one.duration} for one in media]


def _place(place: Place | None) -> dict[str, Json] | None:
    return None if place is None else {"bredde": place.latitude, "længde": place.longitude}


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _moment(written: str) -> str:
    return written[:16].replace("T", " ")
