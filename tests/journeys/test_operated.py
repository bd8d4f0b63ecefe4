"""A town as its operator runs it: by webhook, with what was put aside taken up by hand, and starts that can't be."""

import json
import re
import resource
from typing import Any

import pytest

from tests.journeys.sandbox import free_port
from tests.journeys.town import BIKES, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

PORT = free_port()
ADDRESS = f"http://127.0.0.1:{PORT}/telegram/hemmelig-sti"
SECRET = "en-hemmelighed-paa-32-bogstaver-"
SETTINGS = {"SKAB_WEBHOOK_URL": ADDRESS, "SKAB_WEBHOOK_SECRET": SECRET, "SKAB_WEB_PORT": str(PORT)}
REFUSAL = "Bad Request: wrong color of ink"


async def pushed(town: Town, update: dict[str, Any], secret: str | None = SECRET) -> int:
    """Push an update as Telegram would, or as somebody else; how it was answered."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
    async with town.sandbox.http.post(ADDRESS, json=update, headers=headers) as answer:
        return answer.status


# -- by webhook --------------------------------------------------------------------------------------------------------


async def test_an_idea_goes_in_by_webhook_and_only_telegram_may_push(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas)
    assert (await town.card(number)).buttons
    assert await town.sandbox.calls(method="getUpdates", polls=True) == []
    person = {"id": jonas.person.id, "is_bot": False, "first_name": "Jonas"}
    chat = {"id": jonas.chat, "type": "private", "first_name": "Jonas"}
    message = {"message_id": 90_001, "date": 1, "chat": chat, "from": person, "text": "hvad sker der nu?"}
    update = {"update_id": 990_001, "message": message}
    kept = town.bot.rows("SELECT count(*) FROM inbox")
    for wrong in ("forkert", None, ""):
        assert await pushed(town, update, wrong) == 401
    assert town.bot.rows("SELECT count(*) FROM inbox") == kept, "what somebody else pushes is not even kept"
    # Telegram pushes again what it believes was not taken; it counts once.
    newest = await jonas.newest()
    assert [await pushed(town, update), await pushed(town, update)] == [200, 200]
    await town.settled()
    assert len(await jonas.hears(after=newest)) == 1, await jonas.screen()


async def test_what_cannot_be_kept_is_answered_503_and_pushed_again_until_it_is(town: Town) -> None:
    aase = await town.citizen("Aase")
    resource.prlimit(town.bot.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    await aase.writes(f"{BIKES} stormord", wait=False)

    async def refused() -> bool:
        async with town.sandbox.http.get(f"{town.sandbox.url}/bot{town.sandbox.token}/getWebhookInfo") as answer:
            return "503" in (await answer.json())["result"].get("last_error_message", "")

    await town.sandbox.until(refused, 5, "the push is answered 503")
    resource.prlimit(town.bot.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await aase.waits_for("stormord")
    await town.settled()
    assert len([one for one in await aase.hears() if "stormord" in one.text]) == 1, await aase.screen()


# -- put aside ---------------------------------------------------------------------------------------------------------


async def waiting(town: Town) -> list[str]:
    """What `skab parked list` says."""
    code, printed = await town.bot.once("parked", "list")
    assert code == 0, printed
    return printed.splitlines()


async def test_what_telegram_refused_is_shown_tried_again_and_delivered_or_laid_away(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    assert await waiting(town) == ["Intet venter."]
    await town.sandbox.fault(method="sendMessage", chat=aase.chat, kind="400", description=REFUSAL, times=2)
    for words in ("Kom torsdag klokken ni", "Kom hellere fredag"):
        await town.replied(mette, "Aase", words)
    first, second = await waiting(town)
    assert re.fullmatch(rf"outbox \d+  sendMessage  {REFUSAL.removeprefix('Bad Request: ')}", first, re.IGNORECASE), (
        first
    )
    assert "torsdag" not in first, "the list holds nobody's words"
    one, other = (line.split()[1] for line in (first, second))
    code, printed = await town.bot.once("parked", "show", "outbox", one)
    assert code == 0
    assert "Kom torsdag klokken ni" in json.loads(json.loads(printed)["params"])["text"]
    assert not await aase.sees("Kom torsdag")
    assert await town.bot.once("parked", "retry", "outbox", one) == (0, "Den bliver prøvet igen.\n")
    await aase.waits_for("Kom torsdag klokken ni")
    assert await waiting(town) == [second]
    assert await town.bot.once("parked", "drop", "outbox", other) == (0, "Den er lagt væk.\n")
    assert await waiting(town) == ["Intet venter."]
    await town.settled()
    assert not await aase.sees("fredag")
    assert town.bot.rows("SELECT count(*) FROM outbox WHERE params LIKE '%fredag%'") == [(0,)], "with all that it held"


async def test_what_could_not_be_read_is_shown_and_a_wrong_number_is_told(town: Town) -> None:
    for number in (990_100, 990_101):
        assert await pushed(town, {"update_id": number, "message": "noget helt andet"}) == 200
    await town.settled()
    assert await town.agent("ulla").sees("the update is empty"), "the admins hear of it"
    first, second = await waiting(town)
    found = re.fullmatch(r"inbox (\d+)  telegram  the update is empty", first)
    assert found, first
    code, printed = await town.bot.once("parked", "show", "inbox", found[1])
    assert code == 0
    assert "noget helt andet" in json.loads(printed)["body"]
    assert await town.bot.once("parked", "retry", "inbox", found[1]) == (0, "Den bliver prøvet igen.\n")
    assert await town.bot.once("parked", "drop", "inbox", second.split()[1]) == (0, "Den er lagt væk.\n")
    await town.settled()
    assert await waiting(town) == ["Intet venter."]
    gone = (2, f"Der venter ikke noget med nr. {found[1]} i inbox.\n")
    assert await town.bot.once("parked", "retry", "inbox", found[1]) == gone
    assert await town.bot.once("parked", "show", "postkasse", "1") == (2, "postkasse: skriv inbox eller outbox.\n")


# -- a start that can't be ---------------------------------------------------------------------------------------------

BAD_STARTS: dict[str, tuple[dict[str, str | None], str]] = {
    "nobody's token": ({"BOT_TOKEN": "43:WRONG"}, r"SKAB_BOT_TOKEN.*\.env"),
    "a live town without its token": ({"BOT_TOKEN": None}, r"SKAB_BOT_TOKEN mangler i \.env"),
    "a database that can't be written": ({"DATABASE": "/proc/skab.db"}, r"/proc/skab\.db|SKAB_DATABASE"),
    "a port in use, by webhook": ({}, rf"127\.0\.0\.1:{PORT} kan ikke bruges .*SKAB_WEB_PORT"),
    "an address that is none": ({"WEB_HOST": "300.1.1.1"}, r"300\.1\.1\.1:\d+ kan ikke bruges .*Ret SKAB_WEB_HOST"),
    "rules that are none": ({"RULES": "broken.yaml"}, r"broken\.yaml: linje \d+, tegn \d+: .+"),
    "rules that are not there": ({"RULES": "nowhere.yaml"}, r"nowhere\.yaml"),
    "a second one": ({"DATABASE": "skab.db"}, r"kører allerede"),
    # The last: a bot that polls has told Telegram so before it looks for its port.
    "a port in use, by a board alone": (
        {"WEBHOOK_URL": None, "WEBHOOK_SECRET": None, "BOARD_URL": f"http://127.0.0.1:{PORT}"},
        rf"127\.0\.0\.1:{PORT} kan ikke bruges .*SKAB_WEB_PORT",
    ),
}


@pytest.mark.parametrize("fault", BAD_STARTS)
async def test_a_start_that_cannot_be_ends_with_one_clear_line(open_town: Town, fault: str) -> None:
    changes, told = BAD_STARTS[fault]
    own = {"DATABASE": f"start-{list(BAD_STARTS).index(fault)}.db", "WEB_PORT": f"{PORT}"}
    (open_town.folder / "broken.yaml").write_text("kommune:\n\tnavn: Gentofte\n", encoding="utf-8")
    code, printed = await open_town.bot.once("run", **own | changes)
    assert code == 2, printed
    assert "Traceback" not in printed, printed
    lines = [line for line in printed.splitlines() if line.strip()]
    assert len(lines) <= 2, f"one clear line:\n{printed}"
    assert re.search(told, printed), printed
    assert "WRONG" not in printed
    assert open_town.bot.runs, "the one that runs goes on"
