"""S-10: a stranger, a guest or an anonymous admin among the agents, and a bot in a family's group."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Person
from tests.journeys.town import AGENTS, BIKES, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

NANNA = Person(710009001, "Nanna", "Vest", "nanna_vest_avisen")
STATE = "SELECT number, stage, responsible, body FROM initiatives ORDER BY number"
FORGED = (
    "take:{n}", "over:{n}", "help:{n}", "pass:{n}", "pass_to:{n}:bo", "pass_yes:{n}", "form:{n}:done",
    "form_ok:{n}:1", "out:{n}:1", "undo:{n}:5", "away:0:week", "reply:{n}", "i_withdraw:{n}", "i_public_ok:{n}",
    "i_hide:{n}", "title_ok:{n}:1", "i_erase:{n}:1", "i_pause:{n}",
)  # fmt: skip


async def test_a_b_d_whoever_is_no_agent_changes_nothing_and_reaches_nobody(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase, BIKES)
    mette = await town.taken(number, town.mette)
    ulla = town.agent("ulla")
    await town.moves_in(NANNA)
    newest = await ulla.newest()
    await town.sandbox.post("member", chat=town.group, person=NANNA.id, status="member", by=ulla.person.id)
    await town.settled()
    warned = [one.text for one in await ulla.hears(after=newest)]
    assert len([text for text in warned if "Nanna" in text]) == 1, f"the admins are told: {warned}"
    assert NANNA.last_name not in "".join(warned)

    before, since = town.bot.rows(STATE), await town.last_call()
    nanna = await town.phone_of(NANNA).in_topic(number)
    card = await town.card(number)
    for payload in FORGED[:12]:
        act = await nanna.presses_data(card.id, payload.format(n=number), forged=True)
        assert "Kun kommunens sparringsagenter" in act.alert, f"{payload}: {act.alert!r}"
    prompt = await mette.presses(labels.REPLY)
    await nanna.swipes(prompt.answers[-1], "Kære Aase, jeg er fra avisen nannax")
    for typed in (
        "/svar hej nannax", "/koe", "/mine", "/personer", "/videre Bo nannax", "/vaek 2/11-13/11", "/rules",
        "/inviter Bo Lind", "/fjern Bo Lind",
    ):  # fmt: skip
        answer = await nanna.writes(typed)
        assert "Kun kommunens sparringsagenter" in answer.text_back, f"{typed}: {answer.text_back!r}"
        assert "Nr. " not in answer.text_back
    farid = await town.farid.in_topic(number)
    hidden = await farid.sends(text="/svar Kære Aase anonymx", anonymous=True)
    told = [one.text for one in hidden.answers if "anonym" in one.text]
    assert len(told) == 1
    assert len(told[0].split()) <= 40

    thief = await town.citizen("Jonas")
    greeting = (await thief.hears())[-1]
    for payload in FORGED:
        act = await thief.presses_data(greeting.id, payload.format(n=number), forged=True)
        assert "rollator" not in act.text_back + act.alert
    assert town.bot.rows(STATE) == before, "0 changes of state"
    assert not await town.sandbox.calls(after=since, chat=aase.chat), "0 words to citizens"
    for what in ("words by a stranger", "press by a stranger", "press on another's initiative"):
        assert what in town.bot.log(), f"logged: {what}"
    assert "nannax" not in town.bot.log(), "without content"
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_c_in_a_family_group_there_is_one_line_and_no_personal_data(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit, BIKES)
    family = (
        await town.sandbox.post(
            "groups", title="Familien Friis", forum=False, kind="group", members=[birgit.person.id, AGENTS["bo"].id],
            bot="member", rights={}, creator=birgit.person.id,
        )
    )["id"]  # fmt: skip
    await town.settled()
    here = birgit.in_chat(family)
    for typed in ("/status", "status", "/status", f"hvad sker der med nr. {number}?"):
        await here.writes(typed)
    heard = [one.text for one in await here.hears()]
    assert len(heard) == 1, f"one line, then silence: {heard}"
    assert "privat chat" in heard[0]
    assert "rollator" not in heard[0]
    assert str(number) not in heard[0]
