"""`make pictures`: the whole page of the sandbox after one idea's way, as the README shows it."""

import asyncio
import tempfile
from pathlib import Path

import aiohttp
from playwright.async_api import async_playwright

from bot.demo.script import Stage, address_of, start, talk
from bot.demo.town import Town
from tests.sandbox.page.desk_picture import CHROMIUM, QUIET, keep, open_phone

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


async def main() -> None:
    """Start the real bot in a sandbox, let the talk be played, and look."""
    with tempfile.TemporaryDirectory(prefix="skab-picture-") as folder:
        process = await start(Path(folder))
        try:
            address = await asyncio.wait_for(address_of(process), 90)
            async with aiohttp.ClientSession() as http:
                town = Town(http, address)
                await town.act("clock", set="2026-11-02T09:10:00+01:00")
                await talk(Stage(town, lambda _: None))
            await picture(address)
        finally:
            process.terminate()
            await process.wait()


if __name__ == "__main__":
    asyncio.run(main())
