"""What is fuzzed by coverage: `python -m tests.fuzz.targets translate -runs=100000` (or another of TARGETS)."""

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import atheris

with atheris.instrument_imports(include=["bot"]):
    from bot.conversation.intake import address
    from bot.core.events import Said
    from bot.core.match import Match
    from bot.keeper.own_texts import read_own
    from bot.knowledge.calendar import Listing, dead_dates, gatherings, read_listing, topics_of, write_calendar
    from bot.knowledge.reader import load
    from bot.routing.live import Accepted, accept
    from bot.routing.load import load_rules
    from bot.telegram_io.intake import spare
    from bot.telegram_io.translate import Translator

from tests.book import BOOK
from tests.routing.small import small_rules

FIELDS = [
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member", "from", "chat", "id", "type",
    "text", "caption", "photo", "voice", "document", "location", "venue", "contact", "sticker", "reply_to_message",
    "message_id", "message_thread_id", "is_topic_message", "sender_chat", "forward_origin", "media_group_id",
    "new_chat_members", "migrate_to_chat_id", "date", "data", "first_name", "file_id", "file_name", "entities",
    "new_chat_member", "status",
]  # fmt: skip
NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
TRANSLATE = Translator("skab_bot")


def calendar(*lines: str) -> bytes:
    """A calendar of one meeting."""
    meeting = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Grønt Råd", *lines, "END:VEVENT")
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *meeting, "END:VCALENDAR", "")).encode()


SEEDS = {
    "translate": [
        b'{"update_id":1,"message":{"message_id":5,"date":1,"from":{"id":7,"is_bot":false,"first_name":"A"},'
        b'"chat":{"id":7,"type":"private"},"text":"hej"}}',
        b'{"update_id":2,"callback_query":{"id":"1","from":{"id":7},"message":{"message_id":5,"chat":{"id":7,"type":'
        b'"private"}},"data":"take:1"}}',
    ],
    "rules": [b"kommune: {navn: X}\nemner:\n  natur:\n    navn: {da: N}\n    ord: [a, b]\n"],
    "match": [
        b"Flere cykelstativer ved Ordrup Station, og ikke flere parkeringspladser",
        "Der er brand i kælderen. Hullet i vejen er ikke lavet, og kunne man ikke lave en plan?".encode(),
        "більше велосипедних стоянок біля станції".encode(),
    ],
    "texts": [
        'da:\n  citizen.later: "Helt i orden. Du hører ikke mere om den."\n'.encode(),
        b"da:\n  citizen:\n    own:\n      gone: {one: 'Slettet: {n}', other: 'Slettet: {n}'}\nen:\n",
        "uk:\n  citizen.carried.until: 'Надіслано: {agent}. **{first}** відповість {due:until}.'\n".encode(),
    ],
    "calendar": [
        calendar("DTSTART;TZID=Europe/Copenhagen:20261110T170000", "CATEGORIES:natur,trafik", "LOCATION:Byens Hus"),
        calendar("DTSTART:20261110T170000Z", "DTEND:20261110T190000Z", "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU"),
        calendar("DTSTART:20261101T090000", "DURATION:PT2H", "RRULE:FREQ=MONTHLY", "EXDATE:20261201T090000"),
    ],
    "knowledge": ["---\ntitel: Hej\nkilde: x\nspørgsmål: [hvad]\n---\n# Hej\n\nord\n".encode()],
}


def bent(data: bytes) -> Any:
    """A good update with some of its values replaced, left out or moved, as the bytes say."""
    provider = atheris.FuzzedDataProvider(data)
    update = json.loads(provider.PickValueInList(SEEDS["translate"]))
    for _ in range(provider.ConsumeIntInRange(1, 8)):
        at = update
        while True:
            name = provider.PickValueInList([*at, *FIELDS])
            if isinstance(at.get(name), dict) and at[name] and provider.ConsumeBool():
                at = at[name]
                continue
            at[name] = value(provider)
            break
    return update


def value(provider: Any) -> Any:
    """Anything that JSON can carry."""
    kinds: list[Callable[[], Any]] = [
        lambda: provider.ConsumeUnicode(20),
        lambda: provider.ConsumeInt(9),
        provider.ConsumeBool,
        provider.ConsumeFloat,
        lambda: None,
        lambda: [value(provider)] if provider.remaining_bytes() else [],
        lambda: {provider.PickValueInList(FIELDS): value(provider)} if provider.remaining_bytes() else {},
    ]
    return provider.PickValueInList(kinds)()


def translate(data: bytes) -> None:
    """An update of any shape becomes an event or is `Unknown`; it is never an error."""
    update = bent(data)
    arrival = address(update)
    assert arrival.key
    if not isinstance(update, dict) or arrival.fault:
        return
    event = TRANSLATE([spare(update)], NOW)
    if isinstance(event, Said):
        event.text.encode()


def rules(data: bytes) -> None:
    """A rules file of any bytes is used or refused with reasons."""
    loaded = load_rules(data)
    assert (loaded.rules is None) == bool(loaded.faults)


@cache
def short() -> Accepted:
    """Short rules, learned once."""
    found = accept(small_rules((Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8")).encode())
    assert isinstance(found, Accepted)
    return found


def match(data: bytes) -> None:
    """Any words get a kind and a person, the same ones each time, and whole sentences and places besides."""
    router, text = short().router, data.decode("utf-8", "replace")
    found: Match = router.match(text, today=NOW.date())
    assert found.agent in router.rules.agents
    assert found == router.match(text, today=NOW.date())
    assert set(router.places(text)) == set(found.places)


FOLDER = Path(tempfile.mkdtemp(prefix="skab-fuzz-"))


def knowledge(data: bytes) -> None:
    """A page of any bytes is read or is a problem with its file."""
    page = FOLDER / "da" / "page.md"
    page.parent.mkdir(exist_ok=True)
    page.write_bytes(data)
    load(FOLDER)


def texts(data: bytes) -> None:
    """A file of own texts of any bytes is used, or refused with every fault at its place; what is used can be said."""
    found = read_own(data, BOOK)
    assert not (found.faults and found.own.entries) or found.problems
    for lang, entries in found.own.entries.items():
        assert found.faults or set(entries) <= set(BOOK.known(lang))


def meetings(data: bytes) -> None:
    """A calendar of any bytes is read or has its faults; what is read is told, and can be written again."""
    found = read_listing(data, "raad.ics")
    if not isinstance(found, Listing):
        assert found
        return
    assert list(topics_of(found)) is not None
    told = gatherings([found], NOW)
    list(dead_dates([found], NOW))
    again = read_listing(write_calendar(told, NOW).encode(), "told.ics")
    assert not told or isinstance(again, Listing)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "translate": translate,
    "rules": rules,
    "match": match,
    "knowledge": knowledge,
    "texts": texts,
    "calendar": meetings,
}


def main() -> None:
    """Fuzz the named target; what follows are libFuzzer's own options."""
    name = sys.argv.pop(1)
    seeds = FOLDER / "seeds"
    seeds.mkdir()
    for n, seed in enumerate(SEEDS[name]):
        (seeds / str(n)).write_bytes(seed)
    atheris.Setup([*sys.argv, str(seeds)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
