"""D-03: other people's names, health, pictures that tell where they were taken, and what an agent takes out."""

import pytest

from tests.journeys import labels
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

NEIGHBOUR = "min nabo Hans Jensen på Vangedevej 12 er alkoholiker og burde med i et fællesskab"
SWIMMING = "jeg har sclerose og vil lave en svømmegruppe for handicappede i svømmehallen"
WALKS = "en gågruppe for ensomme ældre på plejehjemmet, så vi kan gå ture sammen hver uge"


async def summed_up(town: Town, words: str, name: str = "Birgit") -> tuple[object, str]:
    """The citizen and the summary of these words."""
    birgit = await town.citizen(name)
    act = await birgit.writes(words)
    for _ in range(3):
        if act.answers[-1].key(labels.text(labels.SEND)):
            break
        act = await birgit.presses(labels.SKIP)
    return birgit, act.answers[-1].text


async def test_a_and_b_others_are_noticed_kindly_before_send_and_ones_own_health_is_not_commented_on(
    town: Town,
) -> None:
    _, about_hans = await summed_up(town, NEIGHBOUR)
    assert "et andet menneske" in about_hans
    assert "Tryk Ret" in about_hans
    _, own = await summed_up(town, SWIMMING)
    assert "andet menneske" not in own
    assert "sygdom" not in own


async def test_public_texts_are_never_the_raw_message(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit, f"{SWIMMING}. Min nabo Hans Jensen på Vangedevej 12 er alkoholiker.")
    await birgit.writes(labels.STATUS)
    offered = (await birgit.presses(labels.MAKE_PUBLIC)).answers[-1]
    assert "svømmegruppe" in offered.text
    assert "Hans" not in offered.text
    assert "Vangedevej" not in offered.text
    assert "helbred" in offered.text, "she is told that it can be read"
    assert town.bot.rows("SELECT public FROM initiatives WHERE number = ?", number) == [(0,)], "nothing before her OK"
    await birgit.presses(labels.PUBLIC_OK)
    kept = str(town.bot.rows("SELECT body FROM initiatives WHERE number = ?", number))
    shown = kept.split('"public_words":')[1].split('","')[0]
    assert "sclerose" in shown
    assert "Hans" not in shown


async def test_d_a_picture_as_a_file_goes_nowhere_and_she_is_told_how_to_send_it(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit, WALKS)
    await town.lone.presses(labels.TAKE)
    newest = await town.lone.newest()
    for file in (
        {"file_name": "IMG_1.JPG", "mime_type": "image/jpeg"},
        {"file_name": "a.bin", "mime_type": "image/heic"},
    ):
        told = await birgit.sends(document=file)
        assert "almindeligt billede" in told.text_back
    with_words = await birgit.sends(
        document={"file_name": "film.mov", "mime_type": "video/quicktime"}, caption="filmord"
    )
    assert "almindeligt billede" in with_words.text_back
    await town.lone.waits_for("filmord")
    await birgit.sends(document={"file_name": "plan.pdf", "mime_type": "application/pdf"}, caption="planord")
    await town.lone.waits_for("planord")
    files = [one for one in await town.lone.hears(after=newest) if one.kind == "document"]
    assert [one.raw["document"]["file_name"] for one in files] == ["plan.pdf"]
    assert number


async def test_c_an_agent_takes_a_picture_and_words_out_and_they_are_gone_in_every_copy(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit, WALKS)
    await town.lone.presses(labels.TAKE)
    sent = await birgit.sends(photo={}, caption="skolebørnord")
    pictured = await town.lone.waits_for("skolebørnord")
    await town.lone.swipes(pictured, "/fjern")
    assert not await town.lone.sees("skolebørnord")
    assert not [one for one in await town.lone.reads() if one.id == pictured.id]
    assert not [one for one in await birgit.reads() if one.id in sent.message_ids]
    assert await birgit.sees("har fjernet noget")
    await birgit.writes("og så noget om en anden gammelfjernord")
    old = await town.lone.waits_for("gammelfjernord")
    await town.later(hours=71)
    await town.lone.swipes(old, "/fjern")
    assert not await town.lone.sees("gammelfjernord")
    assert await town.lone.sees("[fjernet]"), "too old to delete: written over"
    for word in ("skolebørnord", "gammelfjernord"):
        for table, column in (("timeline", "data"), ("initiatives", "body"), ("talks", "body"), ("outbox", "params")):
            query = f"SELECT count(*) FROM {table} WHERE {column} LIKE ?"  # noqa: S608
            assert town.bot.rows(query, f"%{word}%") == [(0,)], f"{word} in {table}"
    code, printed = await town.bot.once("register")
    assert code == 0
    assert "ord eller billede fjernet" in printed
    assert number in town.numbers
