"""`make pictures`: the whole page of the sandbox after one idea's way, as the README shows it."""

import asyncio

from playwright.async_api import async_playwright

from bot.demo.script import Stage, talk
from tests.sandbox.page.desk_picture import CHROMIUM, QUIET, draw, keep, open_phone

SIZE = {"width": 1440, "height": 900}


async def picture(address: str) -> None:
    """Aase, the topic of her idea in the staff group, and Mette's own phone side by side."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = await browser.new_page(viewport=SIZE, device_scale_factor=1, locale="da-DK", color_scheme="light")
        await page.goto(address)
        group = page.get_by_role("region", name="Sparringsagenter Gentofte", exact=True)
        if not await group.count():
            group = await open_phone(page, "Sparringsagenter Gentofte")
        await group.get_by_role("button", name="1 · ").first.click()
        await group.get_by_text("Sendt til Aase").last.wait_for()
        await (
            page.get_by_role("region", name="Aase Winther", exact=True)
            .get_by_text("hvad sker der nu?", exact=True)
            .wait_for()
        )
        await keep(page.locator("body"), "sandbox.png")
        await browser.close()


async def a_talk_on_monday(stage: Stage) -> None:
    """One idea's way, begun on a working day in the morning."""
    await stage.town.act("clock", set="2026-11-02T09:10:00+01:00")
    await talk(stage)


if __name__ == "__main__":
    asyncio.run(draw(a_talk_on_monday, picture))
