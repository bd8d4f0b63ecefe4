"""`make pictures`: the staff group with ten initiatives, as the sandbox's page shows it, for docs/pictures."""

import asyncio
import io
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image
from playwright.async_api import Locator, Page, async_playwright

from bot.demo.script import Stage, address_of, start
from bot.demo.town import SEATS, STAFF_CHAT, STAFF_TITLE, Town

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")
SIZE = {"width": 1280, "height": 900}
COLOURS = 128
METTE, BO, FARID, PETER = SEATS["mette"], SEATS["bo"], SEATS["farid"], SEATS["peter"]
IDEAS = (
    ("Aase", "flere cykelstativer ved Ordrup Station, så man kan komme forbi med rollator"),
    ("Karim", "en bænk for hver hundrede meter på Ordrupvej"),
    ("Inger", "bivenlige vilde blomster i vejkanten langs hele skoven"),
    ("Ole", "sprogcafé på biblioteket for nye i Danmark"),
    ("Sanne", "en sauna for vinterbadere ved Hellerup Strand"),
    ("Amir", "fodboldbane til pigerne i Vangede"),
    ("Grete", "bedre lys på stien bag skolen, så den er tryg"),
    ("Liv", "fælles kompost til alle i Jægersborg"),
    ("Poul", "en gadefest for naboerne på Bernstorffsvej"),
    ("Dina", "teater i parken en gang om måneden"),
)
FIRST = 3001
LATE = 3
UNTAKEN = (9, 10)


@dataclass
class Desk:
    """The group's topics by initiative, as the pictures need them."""

    stage: Stage
    threads: dict[int, int] = field(default_factory=dict)

    async def begins(self, number: int, name: str, idea: str) -> None:
        """Somebody moves in and sends an idea."""
        person, town = FIRST + number, self.stage.town
        await town.act("people", id=person, first_name=name, last_name="Borger", language_code="da")
        await town.act("start", person=person)
        await self.stage.expect(person, "bot", note="velkomst")
        await town.act("send", person=person, chat=person, text=idea)
        asked = await self.stage.expect(person, "?", note="spørgsmål")
        await self._press(person, asked, "Spring spørgsmålet over")
        summary = await self.stage.expect(person, "Sådan lyder", note="opsummering")
        await self._press(person, summary, "Send idéen")
        told = await self.stage.expect(person, note="kvittering eller et valg")
        if f"nr. {number}" not in told["text"]:
            await self._press(person, told, told["reply_markup"]["inline_keyboard"][0][0]["text"])
            await self.stage.expect(person, f"nr. {number}", note="kvittering")

    async def all_threads(self) -> None:
        """The thread of each initiative that has one, out of the topics' names."""
        state = await self.stage.town.look("state")
        group = next(chat for chat in state["chats"] if chat["id"] == STAFF_CHAT)
        named = {topic["name"].partition(" ")[0]: topic["thread_id"] for topic in group["topics"]}
        self.threads = {int(name): thread for name, thread in named.items() if name.isdigit()}

    async def lead_of(self, number: int) -> int:
        """Who has it, by the card; the agents of the group only."""
        card = await self._newest(number, "Ansvarlig:")
        name = card["text"].partition("Ansvarlig: ")[2].partition("\n")[0]
        return SEATS[name.split()[0].lower()]

    async def takes(self, agent: int, number: int) -> None:
        """An agent takes it and answers."""
        card = await self._newest(number, "Ansvarlig:")
        await self._press(agent, card, "Tag den")
        await self.writes(agent, number, "/svar Tak for din idé. Hvornår passer det dig at tale sammen?")
        await self.stage.expect(FIRST + number, "Hvornår passer det", note="svaret")

    async def writes(self, person: int, number: int, text: str) -> None:
        """Somebody of the staff writes in an initiative's topic."""
        where = {"chat": STAFF_CHAT, "thread": self.threads[number]}
        await self.stage.town.act("send", person=person, text=text, **where)

    async def steps(self, agent: int, number: int, kind: str, lines: str) -> None:
        """A next step or an ending, by the card's buttons and a form."""
        card = await self._newest(number, "Ansvarlig:")
        await self._press(agent, card, "Mere" if kind in ("Gennemført", "Kommunen må ikke") else "Næste skridt")
        await self._press(agent, await self._newest(number, "Intet er sendt"), kind)
        prompt = await self._newest(number, "Svar på denne besked")
        where = {"chat": STAFF_CHAT, "thread": self.threads[number]}
        await self.stage.town.act("send", person=agent, text=lines, reply_to=prompt["message_id"], **where)
        await self._press(agent, await self._newest(number, "Sådan læser"), "OK, send det")

    async def _newest(self, number: int, part: str) -> dict[str, Any]:
        """The newest message in the topic that holds this and has not been pressed away."""
        for _ in range(100):
            messages = (await self.stage.town.look(f"chat/{STAFF_CHAT}", viewer=METTE))["messages"]
            here = [one for one in messages if one.get("message_thread_id") == self.threads[number]]
            found = [one for one in here if part in (one.get("text") or "")]
            if found:
                return dict(found[-1])
            await self.stage.town.look("wait", after=0, timeout=0.2)
        raise LookupError(f"{part!r} is not in the topic of {number}")

    async def _press(self, person: int, message: dict[str, Any], label: str) -> None:
        await self.stage.town.act(
            "press", person=person, chat=message["chat"]["id"], message_id=message["message_id"], button=label
        )


async def fill(stage: Stage) -> None:
    """Ten initiatives, each as far as it has come by Wednesday afternoon; one of them is late."""
    town, desk = stage.town, Desk(stage)
    await town.act("limits", enforce=False)
    await town.act("clock", set="2026-11-02T09:10:00+01:00")
    for number, (name, idea) in enumerate(IDEAS, start=1):
        await desk.begins(number, name, idea)
        if number == LATE:
            await town.act("clock", set="2026-11-03T10:20:00+01:00")
    await desk.all_threads()
    for number in range(1, len(IDEAS) + 1):
        if number not in (LATE, *UNTAKEN):
            await desk.takes(await desk.lead_of(number), number)
    await town.act("send", person=FIRST + 1, chat=FIRST + 1, text="Torsdag eftermiddag. Jeg kan vise jer det")
    await desk.writes(METTE, 1, "Bo, har I stativer tilovers?")
    await desk.writes(BO, 1, "Ja, 20 på lageret i Vangede")
    step = "Hvad: måler pladsen op ved stationen\nHvem: Mette Holm\nHvornår: 12. november\nAase selv: tæller cykler"
    await desk.steps(METTE, 1, "Et skridt mere", step)
    await stage.expect(FIRST + 1, "måler pladsen op", note="skridtet")
    await town.act("clock", set="2026-11-04T16:00:00+01:00")
    await stage.expect(PETER, "Overskredet:", note="den ene, der er forsinket")
    await desk.writes(METTE, 1, "/vis")
    await town.act("send", person=PETER, chat=PETER, text="/koe")
    await stage.expect(PETER, "10 åbne sager:", note="køen")


async def pictures(address: str) -> None:
    """The page with the group's topics and the coordinator's list, and one topic from near."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = await browser.new_page(viewport=SIZE, device_scale_factor=1, locale="da-DK", color_scheme="light")
        await page.goto(address)
        await _close(page, "Mette Holm")
        await _close(page, "Aase Winther")
        group, peter = await open_phone(page, STAFF_TITLE), await open_phone(page, "Peter Dam")
        await group.get_by_role("button", name="1 · Mette").first.wait_for()
        listed = peter.get_by_role("article").filter(has_text="10 åbne sager")
        await listed.last.evaluate("(one) => one.scrollIntoView({ block: 'start' })")
        await keep(page.locator("#phones"), "desk.png")
        await _close(page, "Peter Dam")
        await group.get_by_role("button", name="1 · Mette").click()
        await page.set_viewport_size({"width": SIZE["width"], "height": 1130})
        await group.get_by_role("log").wait_for()
        await keep(group, "desk-topic.png")
        await browser.close()


async def _close(page: Page, owner: str) -> None:
    """Close a phone that lies open."""
    phone = page.get_by_role("region", name=owner, exact=True)
    if await phone.count():
        await phone.get_by_role("button", name=f"Mere om {owner}").click()
        await page.get_by_role("menuitem", name="Luk telefonen", exact=True).click()


async def open_phone(page: Page, owner: str) -> Locator:
    await page.get_by_role("navigation", name="Telefoner").get_by_role("button", name=owner).click()
    return page.get_by_role("region", name=owner, exact=True)


async def keep(part: Locator, name: str) -> None:
    """As a small file: few colours are enough for letters on plain ground."""
    drawn = Image.open(io.BytesIO(await part.screenshot())).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)
    print(f"{name}: {(PICTURES / name).stat().st_size // 1024} kB")


async def draw(play: Callable[[Stage], Awaitable[object]], look: Callable[[str], Awaitable[None]]) -> None:
    """Start the real bot in a sandbox, let this be played in it, and look at the page at its address."""
    with tempfile.TemporaryDirectory(prefix="skab-picture-") as folder:
        process = await start(Path(folder))
        try:
            address = await asyncio.wait_for(address_of(process), 90)
            async with aiohttp.ClientSession() as http:
                await play(Stage(Town(http, address), lambda _: None))
            await look(address)
        finally:
            process.terminate()
            await process.wait()


if __name__ == "__main__":
    asyncio.run(draw(fill, pictures))
