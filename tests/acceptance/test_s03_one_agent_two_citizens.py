"""S-03: one agent, two citizens, one private chat; no word goes to the wrong person."""

import random

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

HANGOUT = "et sted vi unge kan hænge ud om aftenen, en ungdomsklub"
YARD = "en grønnere skolegård med klatretræer på skolen"
SHUFFLED = 12
SOAK = 500


async def two_talks(town: Town) -> tuple[Phone, Phone, int, int]:
    """Aase and Jonas, each with an idea that Signe has taken."""
    aase, jonas = await town.citizen("Aase"), await town.citizen("Jonas")
    one, two = await town.brought(aase, YARD), await town.brought(jonas, HANGOUT)
    for number in (one, two):
        card = await town.card(number, town.signe)
        await town.signe.presses(labels.TAKE, on=card)
    return aase, jonas, one, two


async def test_a_to_d_nothing_goes_out_without_a_receiver_and_a_choice_holds_only_for_a_while(town: Town) -> None:
    aase, jonas, one, two = await two_talks(town)
    signe = town.signe
    await aase.writes("kan vi mødes mandag aasexx", wait=False)
    await jonas.writes("hvornår kan du jonasxx", wait=False)
    await town.settled()
    assert (await signe.waits_for("aasexx")).text.startswith("Aase · ")
    assert (await signe.waits_for("jonasxx")).text.startswith("Jonas · ")

    before = (await signe.writes("Ja, det er en god idé førtilhvemx")).answers[-1]
    asked = await signe.writes("Ja, mandag kl. 10 passer fint tilhvemx")
    assert "Til hvem?" in asked.text_back
    of_jonas = next(key["callback_data"] for key in before.keys if "Jonas" in key["text"])
    assert "venter ikke længere" in (await signe.presses_data(before.id, of_jonas)).alert, "it was asked of other words"
    named = [key["text"] for key in asked.answers[-1].keys]
    assert any("Aase" in label for label in named)
    assert any("Jonas" in label for label in named)
    assert not await aase.sees("tilhvemx")
    assert not await jonas.sees("tilhvemx")
    await signe.presses_matching(rf"Aase · nr\. {one}")
    await aase.waits_for("tilhvemx")

    await signe.swipes(await signe.waits_for("jonasxx"), "Tirsdag swipexx")
    await jonas.waits_for("swipexx")

    words = await signe.waits_for("aasexx")
    await signe.presses(labels.REPLY, on=words)
    for n in range(3):
        sent = await signe.writes(f"besked {n} trexx{n}")
        assert "Sendt til Aase" in sent.text_back, "each is confirmed with the receiver's name"
        assert await aase.sees(f"trexx{n}")
    await town.later(hours=2)
    late = await signe.writes("to timer efter sentxx")
    assert "Til hvem?" in late.text_back
    assert not await aase.sees("sentxx")
    await signe.presses_matching(rf"Aase · nr\. {one}")
    await aase.waits_for("sentxx")
    gone = await signe.presses(labels.UNDO)
    assert "Fjernet hos Aase" in gone.text_back
    assert not await aase.sees("sentxx")

    await signe.presses(labels.REPLY, on=words)
    await jonas.writes("jeg har lige en ting til midtix")
    asked = await signe.writes("Det er i orden hvemnux")
    assert "Til hvem?" in asked.text_back, "Jonas was heard after Aase was chosen"
    assert not await jonas.sees("trexx0")
    await invariants.one_responsible(town, one, "Signe Krag")
    await invariants.one_responsible(town, two, "Signe Krag")
    await one_that_has_ended_is_heard_too(town, aase, jonas, two)


async def one_that_has_ended_is_heard_too(town: Town, aase: Phone, jonas: Phone, two: int) -> None:
    """Closing one talk sends no later word to the other, nor to the one that is closed."""
    signe = town.signe
    await moved(town, two, labels.DONE, "I mødes nu hver torsdag", signe)
    await signe.presses_matching(r"Svar Aase")
    thanks = next(one for one in reversed(await jonas.hears()) if "hver torsdag" in one.text)
    await jonas.swipes(thanks, "må vi også mødes om fredagen slutx")
    await signe.waits_for("slutx")
    asked = await signe.writes("Ja, det må I gerne fredagx")
    assert "Til hvem?" in asked.text_back, "it may be for Jonas, though his idea has ended"
    assert not await aase.sees("fredagx")
    await signe.presses_matching(rf"Jonas · nr\. {two}")
    await jonas.waits_for("fredagx")
    assert not await aase.sees("fredagx")

    await signe.presses_matching(r"Svar Aase")
    await aase.writes(labels.STATUS)
    await aase.presses(labels.REGRET)
    await aase.presses(labels.WITHDRAW)
    asked = await signe.writes("Så ses vi tirsdag tagettilbagex")
    assert "Til hvem?" in asked.text_back, "what was chosen is closed since"
    for phone in (aase, jonas):
        assert not await phone.sees("tagettilbagex")


async def shuffled(town: Town, seed: int, count: int) -> None:
    """So many messages, some swiped, some chosen by a press, some for nobody; each is where it was meant to go."""
    aase, jonas, one, two = await two_talks(town)
    dice = random.Random(seed)
    where: dict[str, Phone | None] = {}
    for n in range(count):
        mark = f"bland{seed}x{n}x"
        citizen, number, name = dice.choice(((aase, one, "Aase"), (jonas, two, "Jonas")))
        act = dice.choice(("swipe", "press", "nobody"))
        if act == "swipe":
            heard = f"ord{seed}y{n}y"
            await citizen.writes(heard)
            await town.signe.swipes(await town.signe.waits_for(heard), f"svar {mark}")
        else:
            await (jonas if citizen is aase else aase).writes(f"afbryd{seed}y{n}y")
            await citizen.writes(f"ord{seed}y{n}y")
            asked = await town.signe.writes(f"svar {mark}")
            assert "Til hvem?" in asked.text_back, "both were heard since she chose"
            if act == "press":
                await town.signe.presses_matching(rf"{name} · nr\. {number}")
        where[mark] = None if act == "nobody" else citizen
    for mark, citizen in where.items():
        for phone in (aase, jonas):
            assert await phone.sees(mark) == (phone is citizen), f"{mark}: {phone}"


async def test_e_shuffled_messages_reach_the_right_person_or_nobody(town: Town) -> None:
    await shuffled(town, 1, SHUFFLED)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_e_five_hundred_shuffled_messages_reach_the_right_person_or_nobody(town: Town) -> None:
    await shuffled(town, 2, SOAK)
