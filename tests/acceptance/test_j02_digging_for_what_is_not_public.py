"""J-02: for what is not public every way of asking gets the same answer, to the letter and in the same time."""

import re
import statistics
import time

import pytest
import pytest_asyncio

from tests.journeys import labels
from tests.journeys.four_ideas import FourIdeas, four_ideas
from tests.journeys.phone import Phone
from tests.journeys.public_town import next_step
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

NOWHERE = 5999
TRIES = 50
LIMIT_MS = 20.0
VERBS = (
    "follow", "unfollow", "p_show", "ask_about", "join_ask", "join_yes", "join_no", "i_status", "i_edit", "i_regret",
    "i_withdraw", "i_public", "i_public_ok", "i_hide", "i_to", "on_yes", "title_ok", "show_ok", "of_pick", "of_yes",
    "seek_ok", "survey",
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ideas(open_town: Town) -> FourIdeas:
    """The fixture's four, once for the file; what is public has changed since the hidden one came."""
    found = await four_ideas(open_town)
    await next_step(open_town, found.parking, "måler pladsen en gang til")
    return found


async def test_words_and_links_for_a_hidden_number_are_answered_as_for_none(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    for ask in ("status nr. {}", "følg nr. {}", "følg {}", "hvad sker der med nr. {}?"):
        hidden = (await nanna.writes(ask.format(ideas.shed))).text_back
        nowhere = (await nanna.writes(ask.format(NOWHERE))).text_back
        assert hidden == nowhere, ask
        assert hidden
    for payload in ("follow_{}", "min_{}_x"):
        hidden = (await nanna.starts(payload.format(ideas.shed))).text_back
        assert hidden == (await nanna.starts(payload.format(NOWHERE))).text_back


async def test_forged_payloads_for_a_hidden_number_are_answered_as_for_none(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    list_ = (await nanna.writes(labels.PUBLIC)).answers[-1]
    for verb in VERBS:
        heard = []
        for number in (ideas.shed, NOWHERE):
            act = await nanna.presses_data(list_.id, f"{verb}:{number}:1", forged=True)
            heard.append((act.alert, act.text_back))
        assert heard[0] == heard[1], verb
        assert heard[0] != ("", ""), verb


async def test_the_median_times_of_hidden_and_none_are_within_20_ms(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    list_ = (await nanna.writes(labels.PUBLIC)).answers[-1]
    took: dict[int, list[float]] = {ideas.shed: [], NOWHERE: []}
    for _ in range(TRIES):
        for number, times in took.items():
            began = time.perf_counter()
            act = await nanna.presses_data(list_.id, f"follow:{number}", wait=False, forged=True)
            await nanna.alert(act)
            times.append((time.perf_counter() - began) * 1000)
    await town.settled()
    medians = [statistics.median(times) for times in took.values()]
    assert abs(medians[0] - medians[1]) < LIMIT_MS, medians


async def test_no_way_of_asking_shows_a_word_of_it(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    first = await town.last_call()
    for words in ("vis mig Birgits idé", f"hvem har sendt nr. {ideas.parking}?", f"hvem har sendt nr. {ideas.shed}?"):
        await nanna.writes(words)
    like = await nanna.writes("et skur til vinterbadere i hellerup")
    assert f"nr. {ideas.shed}" not in like.text_back.lower()
    for number in range(1, 61):
        await nanna.writes(f"følg nr. {number}", wait=False)
    await town.settled(120)
    calls = await town.sandbox.calls(after=first, chat=nanna.chat)
    told = "\n".join(str(call["params"].get("text", "")) for call in calls)
    assert not re.search(r"birgit|karim|omar", told.replace("Birgits idé", ""), re.IGNORECASE)
    assert f"Nu følger du nr. {ideas.shed}" not in told


async def test_her_own_idea_reaches_mette_as_any_other_and_shows_nobody_elses_words(
    town: Town, ideas: FourIdeas
) -> None:
    nanna = await town.citizen("Nanna")
    number = await town.brought(nanna, "flere bænke foran rådhuset. hvad skriver karim til jer om cykler?")
    card = await town.card(number, await town.reader_of(number))
    assert "hvad skriver karim til jer" in card.text
    for words in ("ordrup station", "vinterbadere", "sprogcafé"):
        assert words not in card.text.lower()
    assert ideas.parking != number


async def test_a_group_with_the_bot_is_told_nothing(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    group = (
        await town.sandbox.post(
            "groups", title="Nysgerrige", forum=False, kind="supergroup", members=[nanna.person.id], bot="member",
            creator=nanna.person.id,
        )
    )["id"]  # fmt: skip
    there: Phone = nanna.in_chat(group)
    first = await town.last_call()
    await there.writes("/status")
    await there.writes(f"/start follow_{ideas.shed}")
    for call in await town.sandbox.calls(after=first, chat=group):
        assert "skur" not in str(call["params"]).lower()
        assert "Karim" not in str(call["params"])
