"""An initiative that everybody may follow, its followers, and the agent's next step for it."""

from tests.journeys import labels
from tests.journeys.phone import Act, Phone
from tests.journeys.town import Town

PARKING = "flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder"


async def public_idea(town: Town) -> int:
    """Karim's idea, taken by Mette, made public by Karim in the words that he was shown."""
    karim = await town.citizen("Karim")
    number = await town.brought(karim, PARKING)
    await town.taken(number, town.mette)
    await karim.writes(labels.STATUS)
    await karim.presses(labels.MAKE_PUBLIC)
    await karim.presses(labels.PUBLIC_OK)
    return number


async def followed(town: Town, number: int, count: int) -> list[Phone]:
    """So many citizens who each followed the link of the initiative."""
    followers = []
    for _ in range(count):
        phone = await town.citizen("Nabo", started=False)
        act = await phone.starts(f"follow_{number}")
        assert str(number) in act.text_back, act.text_back
        followers.append(phone)
    return followers


async def next_step(town: Town, number: int, what: str, wait: bool = True, due: str = "12. november") -> Act:
    """NEXT-STEP by Mette in the topic: what, who, when, the citizen's own part; seen in a preview, then OK."""
    mette = await town.mette.in_topic(number)
    act = await mette.presses(labels.NEXT_STEP)
    for answer in (what, due, "måler også"):
        if await mette.sees(lambda one: one.key(labels.text(labels.OK)) is not None, after=act.message_ids[-1:][0]
                            if act.message_ids else 0):
            break
        act = await mette.swipes(act.answers[-1], answer)
    return await mette.presses(labels.OK, wait=wait)
