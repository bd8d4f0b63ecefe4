"""D-03 (e): a message that went to the wrong person is gone again, and who must hear of it hears no word of it."""

from pathlib import Path

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Person
from tests.journeys.rulebook import short_rules
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

DORTHE = Person(2201, "Dorthe", "Vig", "dorthe_vig")
FRESH, OLD = "hansensdiagnosex", "gammelhemmelighedx"


async def with_dorthe(town: Town) -> None:
    """The rules name the data-protection contact before the bot starts."""
    await town.moves_in(DORTHE)
    await town.sandbox.post("start", person=DORTHE.id)
    contact = f"kommune:\n  databeskyttelse: {{navn: {DORTHE.name}, telegram: {DORTHE.id}}}\n"
    rules = town.rules.read_text(encoding="utf-8")
    town.rules.write_text(rules.replace("\nkommune:\n", f"\n{contact}", 1), encoding="utf-8")
    await town.bot.start()
    await town.settled()


async def test_e_sent_to_the_wrong_person_is_removed_told_in_one_line_and_told_on_without_content(
    tmp_path: Path,
) -> None:
    async with Town(tmp_path, asleep=True, begins_with=short_rules()) as town:
        await with_dorthe(town)
        await the_story(town)


async def the_story(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit)
    mette = await town.taken(number, town.mette)
    dorthe = town.phone_of(DORTHE)
    # Too long for one message together with her name: it comes as two, and both must go.
    await town.replied(mette, "Birgit", f"Hej Hans. Tak for det om {FRESH} {'ord ' * 1000}{FRESH}")
    await birgit.waits_for(FRESH)
    newest, told = await birgit.newest(), await dorthe.newest()
    await mette.presses(labels.ASTRAY)
    assert not await birgit.sees(FRESH), "it is gone from the wrong chat"
    (line,) = await birgit.hears(after=newest)
    assert "ikke til dig" in line.text
    (notice,) = await dorthe.hears(after=told)
    for part in ("2. november", "kl. 9", "Modtagere: 1", "tekst", "72 timer"):
        assert part in notice.text, f"{part!r} is not in {notice.text!r}"
    assert FRESH not in notice.text
    assert "Birgit" not in notice.text
    assert await mette.sees("Fjernet hos Birgit")
    # The promise stands again: she has had no answer.
    await invariants.one_responsible(town, number, "Mette Holm")
    assert "4. november" in (await birgit.writes(labels.STATUS)).text_back

    await town.replied(mette, "Birgit", f"Hej Hans igen. {OLD}")
    await birgit.waits_for(OLD)
    await town.later(hours=60)
    since = await birgit.newest()
    await mette.presses(labels.ASTRAY)
    assert not await birgit.sees(OLD), "too old to delete: written over"
    assert not await birgit.hears(after=since), "the line stands in its place"
    assert await birgit.sees(lambda one: one.edited and "ikke til dig" in one.text)
    notice = (await dorthe.hears())[-1]
    assert OLD not in notice.text
    assert dates(notice.text) == [(2, 11), (4, 11)], "when it was sent, and from when the 72 hours run"
    at_desk = await mette.newest()
    await mette.writes("/sagsmappe")
    _, file = [one.raw["document"] for one in await mette.hears(after=at_desk)]
    async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{file['file_id']}") as answer:
        case = await answer.text()
    assert FRESH not in case, "and it does not come to the archive with her case"
    assert OLD not in case
