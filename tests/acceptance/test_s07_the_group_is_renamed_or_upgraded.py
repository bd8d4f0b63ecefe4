"""S-07: the staff's group gets another title or another id, or loses the bot: no words are lost and admins know."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys import invariants, labels
from tests.journeys.public_town import followed, moved
from tests.journeys.rulebook import short_rules
from tests.journeys.town import GROUP_RIGHTS, MONDAY_9, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

TITLE = "Medskabere i Gentofte 🌱"


@pytest_asyncio.fixture(loop_scope="module")
async def plain(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose group is an ordinary one, named by its number in the rules."""
    async with Town(tmp_path, kind="group", asleep=True, begins_with=short_rules()) as opened:
        rules = opened.rules.read_text(encoding="utf-8")
        assert "\npersonale:\n" in rules
        opened.rules.write_text(rules.replace("\npersonale:\n", f"\npersonale:\n  gruppe: {opened.group}\n", 1))
        await opened.bot.start()
        await opened.settled()
        yield opened


async def in_group(town: Town, word: str) -> int:
    """How many of the bot's messages in the group, in any topic, hold this word."""
    found = await town.sandbox.get(f"chat/{town.group}", viewer=town.mette.person.id)
    texts = [raw.get("text") or raw.get("caption") or "" for raw in found["messages"] if not raw.get("deleted")]
    return sum(word in text for text in texts)


async def test_a_another_title_changes_nothing(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    await town.sandbox.post("title", chat=town.group, title=TITLE, person=town.agent("ulla").person.id)
    await aase.writes("lige en ting mere nytnavnx")
    assert await mette.sees("nytnavnx")
    await town.replied(mette, "Aase", "Det kigger vi på svarnavnx")
    assert await aase.sees("svarnavnx")
    await invariants.one_responsible(town, number, "Mette Holm")


@pytest.mark.parametrize("down", [False, True], ids=["told by the event", "told by the 400"])
async def test_b_c_another_number_loses_nothing_and_the_admin_gets_the_line_to_change(plain: Town, down: bool) -> None:
    aase, karim, ulla = await plain.citizen("Aase"), await plain.citizen("Karim"), plain.agent("ulla")
    await plain.brought(aase)
    await plain.brought(karim)
    before, newest = plain.rules.read_bytes(), await ulla.newest()
    if down:
        await plain.bot.stop()
    old = plain.group
    plain.group = (await plain.sandbox.post("migrate", chat=old))["id"]
    if down:
        # Telegram's word of it is gone by then: only a call that is refused tells.
        await plain.sandbox.set_clock(forward=25 * 3600)
        await aase.writes("der er flere cykler flyttex", wait=False)
        await plain.bot.start()
    await plain.settled()
    if not down:
        await aase.writes("der er flere cykler flyttex")
    assert await in_group(plain, "flyttex") == 1, "not lost, not doubled"
    told = [one.text for one in await ulla.hears(after=newest) if str(old) in one.text]
    assert len(told) == 1, told
    assert f"gruppe: {plain.group}" in told[0], "the very line"
    assert plain.rules.read_bytes() == before, "the file is the admins' own"
    mette = plain.mette.in_general()
    await mette.presses(labels.TAKE)
    assert await karim.sees("Mette Holm har taget"), "the open cards work in the new group"
    await plain.sandbox.until(lambda: has_the_desks_menu(plain), 10, "the desk's commands are offered there too")
    await plain.bot.restart()
    await aase.writes("og her til morgen var der flere cykler genstartx")
    assert await in_group(plain, "genstartx") == 1
    assert len([one for one in await ulla.hears(after=newest) if str(old) in one.text]) == 1


async def test_b_a_wrong_step_of_before_is_mended_in_the_new_group_also_for_those_who_follow(plain: Town) -> None:
    karim, mette = await plain.citizen("Karim"), plain.mette.in_general()
    number = await plain.brought(karim)
    await karim.writes(labels.STATUS)
    await karim.presses(labels.MAKE_PUBLIC)
    await karim.presses(labels.PUBLIC_OK)
    (follower,) = await followed(plain, number, 1)
    lines = "Hvad: måler plasder op\nHvem: Mette Holm\nHvornår: 12. november"
    await moved(plain, number, labels.STEP, lines, mette)
    read, told = await follower.waits_for("plasder"), await karim.waits_for("plasder")
    plain.group = (await plain.sandbox.post("migrate", chat=plain.group))["id"]
    await plain.settled()

    mette = plain.mette.in_general()
    await mette.presses(labels.NEXT_STEP)
    asked = await mette.presses(labels.FIX_SENT)
    shown = await mette.swipes(asked.answers[-1], "Hvad: måler pladser op")
    await mette.presses(labels.OK, on=shown.answers[-1])
    assert (await karim.waits_for("pladser op")).id == told.id, "in the very message"
    assert not await karim.sees("plasder")
    mended, again = await follower.hears(after=read.id - 1)
    assert (mended.id, "pladser op" in mended.text) == (read.id, True)
    assert "fejl" in again.text, "whoever read it wrong is told what is right, once"
    assert "pladser op" in again.text
    await invariants.one_responsible(plain, number, "Mette Holm")


@pytest.mark.parametrize("button", [labels.UNDO, labels.ASTRAY], ids=["fortryd", "sendt forkert"])
async def test_b_what_was_sent_before_is_found_and_taken_back_in_the_new_group(plain: Town, button: str) -> None:
    karim, mette = await plain.citizen("Karim"), plain.mette.in_general()
    number = await plain.brought(karim)
    await mette.presses(labels.TAKE)
    await plain.replied(mette, "Karim", "Vi mødes tirsdag tilbagex")
    assert await karim.sees("tilbagex")
    plain.group = (await plain.sandbox.post("migrate", chat=plain.group))["id"]
    await plain.settled()

    mette = plain.mette.in_general()
    assert await mette.sees("/fortryd"), "whoever looks for the dead buttons reads how it is done"
    found = await mette.writes(f"/fortryd {number}")
    assert "tilbagex" in found.text_back, "they see which words it is about"
    assert "Sendt til Karim" in found.text_back
    gone = await mette.presses(button, on=found.answers[-1])
    assert "Fjernet hos Karim" in gone.text_back
    assert not await karim.sees("tilbagex")
    waits = invariants.part_about(await invariants.whole_queue(plain), number)
    assert "Venter på" not in waits, "what was answered by it stands open again"
    again = await mette.writes(f"/fortryd {number}")
    assert "Der står ikke noget hos Karim" in again.text_back
    await invariants.one_responsible(plain, number, "Mette Holm")


async def has_the_desks_menu(town: Town) -> bool:
    """Whether the desk's commands are offered in the group of now."""
    menus = [str(one["params"]) for one in await town.sandbox.calls(method="setMyCommands", chat=None)]
    return any(str(town.group) in menu and "koe" in menu for menu in menus)


async def test_d_e_put_out_of_the_group_ideas_go_to_a_persons_own_chat_and_the_admins_know(town: Town) -> None:
    await town.at(MONDAY_9)
    aase, ulla = await town.citizen("Aase"), town.agent("ulla")
    number = await town.brought(aase)
    await town.taken(number, town.mette)
    newest = await ulla.newest()
    await town.sandbox.post("member", chat=town.group, person="bot", status="left", by=ulla.person.id)
    await town.settled()
    told = [one.text for one in await ulla.hears(after=newest)]
    assert any("ikke længere" in text for text in told), told
    await aase.writes("der er flere cykler i dag udenx")
    assert await town.mette.sees("udenx"), "her words go to the one who has it"
    assert not await aase.sees("fejl")
    karim = await town.citizen("Karim")
    other = await town.brought(karim)
    card = await town.mette.waits_for(lambda one: one.text.startswith(f"Nr. {other} ·"))
    await town.mette.presses(labels.TAKE, on=card)
    assert await karim.sees("Mette Holm har taget")
    await town.replied(town.mette, "Karim", "Jeg skriver herfra så længe privatsvarx")
    assert await karim.sees("privatsvarx")
    status = await karim.writes(labels.STATUS)
    assert "Mette Holm" in status.text_back
    lost = [one.text for one in await ulla.hears(after=newest)]
    assert len(lost) == 1, f"one thing is told once: {lost}"
    first_line = (await town.mette.waits_for("udenx")).text.partition("\n")[0]
    assert re.fullmatch(rf"Aase · .*alle de cykler.* \(nr\. {number}\)", first_line, re.IGNORECASE), first_line

    newest = await ulla.newest()
    await town.sandbox.post("member", chat=town.group, person="bot", status="member", by=ulla.person.id)
    await town.settled()
    told = [one.text for one in await ulla.hears(after=newest)]
    assert any("administrere emner" in text for text in told), told
    await town.sandbox.post(
        "member", chat=town.group, person="bot", status="administrator", rights=GROUP_RIGHTS, by=ulla.person.id
    )
    await town.settled()
    third = await town.citizen("Birgit")
    await town.taken(await town.brought(third), town.mette)
