"""An initiative that everybody may follow, its followers, and the agent's next step for it."""

from tests.journeys import labels
from tests.journeys.phone import Act, Phone
from tests.journeys.town import Town

UNDER_NEXT = (labels.STEP, labels.TRIAL, labels.WAITING, labels.BACK)
UNDER_OTHER = (labels.TITLE, labels.MEETING, labels.SHOW, labels.SEEKS)
PARKING = "flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder"


async def public_idea(town: Town, name: str = "Karim") -> int:
    """Karim's idea, taken by Mette, made public by Karim in the words that he was shown."""
    karim = await town.citizen(name)
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


async def filled(town: Town, number: int, form: str, lines: str, agent: Phone | None = None) -> Act:
    """An agent chooses a form under NEXT-STEP or MORE and answers its prompt; nothing is sent yet."""
    there = agent or await town.mette.in_topic(number)
    await there.presses(labels.NEXT_STEP if form in UNDER_NEXT else labels.MORE)
    if form in UNDER_OTHER:
        await there.presses(labels.OTHER)
    asked = await there.presses(form)
    assert asked.answers, f"no prompt\n{await there.screen()}"
    return await there.swipes(asked.answers[-1], lines)


async def moved(town: Town, number: int, form: str, lines: str, agent: Phone | None = None, wait: bool = True) -> Act:
    """The whole form: chosen, filled, seen in the preview, and OK."""
    there = agent or await town.mette.in_topic(number)
    shown = await filled(town, number, form, lines, there)
    assert shown.answers, f"no preview\n{await there.screen()}"
    # For a citizen without Telegram nothing is sent, and the button says so.
    oks = [one for one in (labels.OK, labels.OK_BY_VOICE) if shown.answers[-1].key(labels.text(one))]
    assert oks, f"no preview to say OK to\n{await there.screen()}"
    return await there.presses(oks[0], on=shown.answers[-1], wait=wait)


async def next_step(town: Town, number: int, what: str, wait: bool = True, due: str = "12. november") -> Act:
    """NEXT-STEP by Mette in the topic: what, who, when, the citizen's own part; seen in a preview, then OK."""
    lines = f"Hvad: {what}\nHvem: Mette Holm\nHvornår: {due}\nSelv: måler også"
    return await moved(town, number, labels.STEP, lines, wait=wait)
