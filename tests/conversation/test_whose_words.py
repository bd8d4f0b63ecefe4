"""Of what several do together each gets their own words, and each one's go with them, whatever they are called."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot.conversation import forgetting, own_file
from bot.core import bridges, naming, partners, retention
from bot.core.authors import author
from bot.core.effects import Effect, Erase, Forget, Note, OwnFile, Ref, SetTimer, Words
from bot.core.events import Place
from bot.core.initiative import Initiative, Partner
from bot.core.people import Asking, Person, Talk
from bot.core.world import Link, Move, World
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.book import BOOK
from tests.core.town import AASE, FRAME, JONAS, KARIM, METTE, NOW, PHOTO, an_idea, said
from tests.store.conftest import database, where
from tests.store.plan import plan_of, whole_tables

__all__ = ["database", "where"]

TOGETHER = an_idea(owner_name="Anna Maria", partners=(Partner(JONAS, "Anna", "da", NOW),))
OTHERS = an_idea(2, owner=KARIM, owner_name="Karim")
ROOMS: Any = SimpleNamespace(speak=lambda words: SimpleNamespace(plain=words.key), frame=lambda: FRAME)


def step(person: Person, *ideas: Initiative) -> Move:
    return Move.of(World(NOW, FRAME, person, Talk(lang="da"), initiatives={one.number: one for one in ideas}))


def told(kind: str, actor: str, text: str, about: int = 1) -> Note:
    return Note(about, kind, actor, "owner", {"text": text})


def write(one: Transaction) -> None:
    """Anna Maria begins it, another Anna comes in, both write, both are called otherwise; Anna asks Karim, and leaves.

    Lines of before, of which nobody knows whose they are, stand there too.
    """
    owner, fellow = step(Person(AASE, "Anna Maria"), TOGETHER), step(Person(JONAS, "Anna"), TOGETHER, OTHERS)
    one.timeline.add([told("citizen_said", "Anna Maria", "førord"), told("asked", "Mette Holm", "spørgeord")], NOW)
    one.timeline.add([told("citizen_said", "Anna Maria", "ejerord")], NOW, lambda note: author(owner, note))
    one.timeline.add([told("citizen_said", "Anna", "med")], NOW, lambda note: author(fellow, note))
    fellow.save(TOGETHER)
    assert naming.asked(fellow, said(JONAS, "kald mig Bo Winther", chat=JONAS))
    one.timeline.add([told("citizen_said", "Bo", "senere")], NOW, lambda note: author(fellow, note))
    bridges.ask(fellow, OTHERS, "join", "spurgt om det")
    notes = [effect for effect in fellow.effects if isinstance(effect, Note)]
    one.timeline.add(notes, NOW, lambda note: author(fellow, note))
    for changed in fellow.changed.values():
        one.initiatives.save(changed)
        for partner in changed.partners:
            one.initiatives.take_part(partner.person, changed.number, on=True)


def lines(one: Transaction, about: int = 1) -> str:
    return " ".join(f"{line.actor} {line.data.get('text', '')}" for line in one.timeline.of(about))


async def test_each_gets_a_copy_of_their_own_words_and_of_no_others(database: Database) -> None:
    def work(one: Transaction) -> tuple[dict[str, Any], dict[str, Any]]:
        write(one)
        return own_file.document(one, AASE, NOW, ROOMS), own_file.document(one, JONAS, NOW, ROOMS)

    owner, fellow = await database.write(work)
    hers, theirs = json.dumps(owner, ensure_ascii=False), json.dumps(fellow, ensure_ascii=False)
    assert [word for word in ("førord", "ejerord", "spørgeord") if word not in hers] == []
    assert [word for word in ('"med"', "senere", "spurgt") if word in hers] == []
    assert [word for word in ('"med"', "senere", "spurgt om det") if word not in theirs] == []
    assert [word for word in ("førord", "ejerord", "spørgeord", "Karim") if word in theirs] == []


@pytest.mark.parametrize("left", [False, True])
async def test_with_each_their_words_go_and_the_others_stay(database: Database, left: bool) -> None:
    def work(one: Transaction) -> tuple[str, str, str]:
        write(one)
        if left:
            together = one.initiatives.some([1])[1]
            one.initiatives.save(replace(together, partners=()))
            one.initiatives.take_part(JONAS, 1, on=False)
        forgetting.carry_out(one, Forget(JONAS, "da"), NOW, lambda _: "Fælles idé")
        once = lines(one) + lines(one, 2) + str(bridges.of(one.initiatives.some([2])[2]))
        return once, str(one.initiatives.some([1])[1]), lines(one)

    once, idea, _ = await database.write(work)
    assert [word for word in ("førord", "ejerord", "spørgeord") if word not in once] == []
    assert [word for word in (" med", "senere", "Bo", "spurgt") if word in once] == []
    assert "'Bo'" not in idea


async def test_with_whoever_began_it_go_their_words_under_every_name(database: Database) -> None:
    def work(one: Transaction) -> str:
        write(one)
        forgetting.carry_out(one, Forget(AASE, "da"), NOW, lambda _: "Fælles idé")
        assert whole_tables(one, plan_of(one, lambda one: one.timeline.numbers_of(JONAS))) == []
        return lines(one)

    left = await database.write(work)
    assert [word for word in ("førord", "ejerord", "Maria") if word in left] == []
    assert [word for word in (" med", "senere", "spørgeord") if word not in left] == []


async def test_a_question_goes_from_the_chat_where_it_was_asked_and_no_table_is_read_whole(
    database: Database,
) -> None:
    def work(one: Transaction) -> tuple[list[Effect], list[str], Link | None]:
        write(one)
        for message, number in ((77, 2), (78, 0)):
            one.messages.add(Link(KARIM, message, "bridge", 2, 0, 0, JONAS if number else 0, "", NOW))
        plan = plan_of(one, lambda one: one.messages.of_person(JONAS, [1], [2]))
        gone = forgetting.carry_out(one, Forget(JONAS, "da"), NOW, lambda _: "Fælles idé")
        assert one.messages.at(KARIM, 77) is None
        return gone, whole_tables(one, plan), one.messages.at(KARIM, 78)

    gone, read_whole, stays = await database.write(work)
    assert [effect.target for effect in gone if isinstance(effect, Erase)] == [Ref(KARIM, 77)]
    assert read_whole == []
    assert stays is not None


async def test_what_stands_in_the_place_of_a_message_is_in_its_readers_language(database: Database) -> None:
    def work(one: Transaction) -> list[Effect]:
        write(one)
        one.people.save(Person(JONAS, "Anna", lang="en"))
        for chat, role in ((JONAS, "fellow"), (METTE, "relay")):
            one.messages.add(Link(chat, 70, role, 1, AASE, 5, AASE, "", NOW))
        return forgetting.carry_out(one, Forget(AASE, "uk"), NOW, lambda lang: lang)

    gone = [effect for effect in await database.write(work) if isinstance(effect, Erase)]
    assert {one.target.chat: one.otherwise.lang for one in gone if one.otherwise} == {JONAS: "en", METTE: "da"}


def test_who_takes_part_is_called_what_they_choose_and_renames_nobody_else() -> None:
    move = step(Person(JONAS, "Anna"), TOGETHER)
    assert naming.asked(move, said(JONAS, "kald mig Bo Winther", chat=JONAS))
    assert (move.changed[1].owner_name, partners.names(move.changed[1])) == ("Anna Maria", ("Bo",))
    own = step(Person(AASE, "Anna Maria"), TOGETHER)
    assert naming.asked(own, said(AASE, "kald mig Rie", chat=AASE))
    assert (own.changed[1].owner_name, partners.names(own.changed[1])) == ("Rie", ("Anna",))


def test_who_takes_part_in_what_goes_on_is_not_forgotten_for_being_quiet() -> None:
    quiet = step(Person(JONAS, "Anna"), TOGETHER)
    retention.on_idle(quiet)
    assert [type(effect) for effect in quiet.effects] == [SetTimer]
    alone = step(Person(JONAS, "Anna"))
    retention.on_idle(alone)
    assert any(isinstance(effect, Forget) for effect in alone.effects)


async def test_a_copy_holds_what_waits_for_an_answer_of_the_citizens(database: Database) -> None:
    waits = Asking("which", text="ventende ord", media=(PHOTO,), place=Place(55.75, 12.54), message_ids=(7,))
    spoken: Any = SimpleNamespace(speak=BOOK.speak, frame=lambda: FRAME)

    def kept(one: Transaction, asking: Asking) -> dict[str, Any]:
        one.people.save_talk(str(AASE), AASE, Talk(lang="da", asking=asking))
        return own_file.document(one, AASE, NOW, spoken)

    found = await database.write(kept, waits)
    [waiting] = found["venter_på_svar"]
    assert waiting["ord"][0]["tekst"] == "ventende ord"
    assert (len(waiting["filer"]), waiting["sted"]) == (1, {"bredde": 55.75, "længde": 12.54})
    page = own_file.page(found, OwnFile(AASE, "da", "html", Words("x"), NOW), spoken)
    assert "ventende ord" in page
    assert "Ord, der venter på dit svar" in page
    found = await database.write(kept, Asking("between", about=3, text="7"))
    assert found["venter_på_svar"] == [], "which question the next words answer is nobody's words"


async def test_a_copy_in_english_or_ukrainian_tells_number_kind_and_stage_in_that_language(database: Database) -> None:
    spoken: Any = SimpleNamespace(speak=BOOK.speak, frame=lambda: FRAME)
    for lang, kind, sign in (("en", "wish to be called", "No."), ("uk", "прохання подзвонити", "№")):
        call = an_idea(7, lang=lang, kind="call", title="20 30", words=())

        def kept(one: Transaction, call: Initiative = call) -> dict[str, Any]:
            one.initiatives.save(call)
            return own_file.document(one, AASE, NOW, spoken)

        found = await database.write(kept)
        assert found["idéer"][-1]["slags"] == kind
        page = own_file.page(found, OwnFile(AASE, lang, "html", Words("x"), NOW), spoken)
        assert f"<h2>{sign} 7: 20 30</h2>" in page
        assert not re.search(r"Nr\. |Modtaget|Vi har fået", page)
