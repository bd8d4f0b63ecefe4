"""A citizen's phone: starting, writing, pressing, replying, sending, mending and blocking."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.page.phones import PhoneView, show
from tests.sandbox.page.stage import Sandbox, ScriptedBot, World

Open = Callable[..., Page]


def begin(page: Page, name: str = "Aase Winther") -> PhoneView:
    """A phone whose person has pressed START."""
    phone = show(page, name)
    phone.root.get_by_role("button", name="START").click()
    expect(phone.message("Hvad har du på hjerte?")).to_be_visible()
    return phone


def test_an_empty_chat_shows_whose_bot_it_is_and_start_begins(open_page: Open, bot: ScriptedBot) -> None:
    page = open_page()
    phone = show(page, "Aase Winther")
    expect(phone.log).to_contain_text("Ring 39 98 00 00, hvis du vil tale med en person.")
    expect(phone.field).to_be_hidden()
    phone.root.get_by_role("button", name="START").click()
    expect(phone.log).to_contain_text("Hej Aase. Hvad har du på hjerte?")
    expect(phone.field).to_be_visible()
    assert bot.wait_for(lambda update: update.get("message", {}).get("text") == "/start")


def test_what_is_typed_reaches_the_bot_and_its_answer_the_phone(open_page: Open, bot: ScriptedBot) -> None:
    phone = begin(open_page())
    phone.field.press_sequentially("flere cykelstativer")
    phone.field.press("Shift+Enter")
    phone.field.press_sequentially("ved stationen")
    phone.field.press("Enter")
    expect(phone.message("Du skrev: flere cykelstativer")).to_be_visible()
    expect(phone.field).to_have_value("")
    sent = bot.wait_for(lambda update: "cykel" in update.get("message", {}).get("text", ""))
    assert sent["message"]["text"] == "flere cykelstativer\nved stationen"


@pytest.mark.usefixtures("bot")
def test_a_second_enter_sends_nothing_twice(open_page: Open, world: World, sandbox: Sandbox) -> None:
    phone = begin(open_page())
    phone.field.fill("kun én gang")
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Enter")
    phone.write("og så det næste")
    expect(phone.message("Du skrev: og så det næste")).to_be_visible()
    assert [m.get("text") for m in sandbox.messages(world.aase)].count("kun én gang") == 1


@pytest.mark.usefixtures("bot")
def test_words_that_the_server_refuses_stay_in_the_field(open_page: Open, world: World, sandbox: Sandbox) -> None:
    # The browser itself logs a refused request as an error, so this page isn't watched.
    phone = begin(open_page(watched=False))
    phone.message("Hvad har du på hjerte?").hover()
    phone.message("Hvad har du på hjerte?").get_by_role("button", name="Svar på beskeden").click()
    greeting = sandbox.messages(world.aase)[-1]
    sandbox.bot("deleteMessage", chat_id=world.aase, message_id=greeting["message_id"])
    phone.write("et svar til det, der er væk")
    expect(phone.root.get_by_role("status")).to_contain_text("Det kunne ikke lade sig gøre")
    expect(phone.field).to_have_value("et svar til det, der er væk")


@pytest.mark.usefixtures("bot")
def test_a_press_shows_the_answer_as_a_toast_or_as_an_alert(open_page: Open) -> None:
    page = open_page()
    phone = begin(page)
    phone.write("hej")
    phone.message("Du skrev: hej").get_by_role("button", name="Send").click()
    expect(phone.root.get_by_role("status")).to_have_text("Modtaget, tak.")
    phone.message("Du skrev: hej").get_by_role("button", name="Læs mere").click()
    alert = page.get_by_role("alertdialog")
    expect(alert).to_contain_text("Husk: det er en prøve.")
    alert.get_by_role("button", name="OK").click()
    expect(alert).to_have_count(0)


def test_a_reply_carries_the_message_that_it_answers(open_page: Open, bot: ScriptedBot) -> None:
    phone = begin(open_page())
    greeting = phone.message("Hvad har du på hjerte?")
    greeting.hover()
    greeting.get_by_role("button", name="Svar på beskeden").click()
    expect(phone.root).to_contain_text("Svar til Sandbox Bot")
    phone.write("bænke på torvet")
    expect(phone.message("bænke på torvet").first).to_be_visible()
    sent = bot.wait_for(lambda update: update.get("message", {}).get("text") == "bænke på torvet")
    assert sent["message"]["reply_to_message"]["text"].endswith("Hvad har du på hjerte?")
    expect(phone.root.get_by_text("Svar til Sandbox Bot")).to_have_count(0)


@pytest.mark.usefixtures("bot")
def test_one_picture_and_an_album_arrive_with_their_texts(open_page: Open, world: World, sandbox: Sandbox) -> None:
    page = open_page()
    phone = begin(page)
    phone.attach("Billeder")
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(phone.message("Fik photo")).to_be_visible()
    expect(phone.log.get_by_role("img", name="Billede")).to_have_js_property("naturalWidth", 640)

    phone.attach("Billeder")
    dialog = page.get_by_role("dialog")
    for _ in range(3):
        dialog.get_by_role("button", name="Endnu et prøvebillede").click()
    dialog.get_by_label("Tekst til billede 2").fill("sådan ser her ud hver morgen")
    dialog.get_by_role("button", name="Send", exact=True).click()
    album = phone.log.get_by_role("group", name="Album med 4 billeder")
    expect(album.get_by_role("img")).to_have_count(4)
    expect(phone.message("sådan ser her ud hver morgen")).to_be_visible()
    photos = [m for m in sandbox.messages(world.aase) if m.get("media_group_id")]
    assert [photo.get("caption") for photo in photos] == [None, "sådan ser her ud hver morgen", None, None]
    assert len({photo["media_group_id"] for photo in photos}) == 1
    sandbox.phone("album", person=world.aase, chat=world.aase, photos=2, captions=["først\nog så"])
    two = phone.message("først").locator(".text")
    expect(two).to_be_visible()
    edges = "(one) => [...one.getClientRects()].filter((line) => line.width > 2).map((line) => Math.round(line.left))"
    lines = two.evaluate(edges)
    assert len(lines) == 2
    assert lines[0] == lines[1], f"both lines of a caption begin at one edge: {lines}"


def test_an_album_is_edited_and_deleted_picture_by_picture_or_as_a_whole(
    open_page: Open, bot: ScriptedBot, world: World, sandbox: Sandbox
) -> None:
    phone = begin(open_page())
    captions = [None, "stationen", "torvet"]
    sent = sandbox.phone("album", person=world.aase, chat=world.aase, photos=4, captions=captions)["messages"]
    ids = [message["message_id"] for message in sent]
    phone.choose("stationen", "Ret teksten til billede 3")
    phone.write("torvet om natten")
    expect(phone.message("torvet om natten")).to_contain_text("rettet")
    album = phone.log.get_by_role("group", name="Album med 4 billeder")
    album.get_by_role("button", name="Mere om billede 4 af 4").press("Enter")
    phone.page.get_by_role("menuitem", name="Skriv en tekst til billedet").click()
    phone.write("havnen")
    expect(phone.message("havnen")).to_be_visible()
    edited = bot.wait_for(lambda update: update.get("edited_message", {}).get("caption") == "havnen")
    assert edited["edited_message"]["message_id"] == ids[3]
    album.get_by_role("button", name="Mere om billede 2 af 4").click()
    phone.page.get_by_role("menuitem", name="Slet", exact=True).click()
    expect(phone.log.get_by_role("group", name="Album med 3 billeder")).to_be_visible()
    assert [m["message_id"] for m in sandbox.messages(world.aase) if "photo" in m] == [ids[0], ids[2], ids[3]]
    phone.choose("havnen", "Slet alle 3")
    expect(phone.log.get_by_role("group", name="Album")).to_have_count(0)
    # One picture that is left is no album any more, so it is waited for by its own words.
    expect(phone.message("havnen")).to_have_count(0)
    assert [m for m in sandbox.messages(world.aase) if "photo" in m] == []


def test_a_voice_message_lasts_as_long_as_one_says(open_page: Open, bot: ScriptedBot) -> None:
    phone = begin(open_page())
    phone.root.get_by_role("button", name="Optag talebesked").click()
    phone.root.get_by_role("spinbutton", name="Sekunder").fill("47")
    phone.root.get_by_role("button", name="Send talebeskeden").click()
    expect(phone.message("Fik voice")).to_be_visible()
    expect(phone.log.get_by_role("button", name="Afspil: Talebesked, 47 sekunder")).to_be_visible()
    sent = bot.wait_for(lambda update: "voice" in update.get("message", {}))
    assert sent["message"]["voice"]["duration"] == 47


def test_a_place_is_ordrup_station_unless_one_says_otherwise(open_page: Open, bot: ScriptedBot) -> None:
    page = open_page()
    phone = begin(page)
    phone.attach("Sted")
    page.get_by_role("dialog").get_by_role("button", name="Send sted").click()
    first = bot.wait_for(lambda update: "location" in update.get("message", {}))["message"]["location"]
    assert (first["latitude"], first["longitude"]) == (55.7637, 12.5789)
    phone.attach("Sted")
    page.get_by_label("Breddegrad").fill("55.6050")
    page.get_by_label("Længdegrad").fill("13.0038")
    page.get_by_role("dialog").get_by_role("button", name="Send sted").click()
    expect(phone.log).to_contain_text("55.6050, 13.0038")


def test_a_file_is_sent_by_name_and_size(open_page: Open, bot: ScriptedBot) -> None:
    page = open_page()
    phone = begin(page)
    phone.attach("Fil eller video")
    page.get_by_label("Filens navn").fill("skitse.pdf")
    page.get_by_label("Størrelse i kB").fill("25000")
    page.get_by_role("dialog").get_by_role("button", name="Send fil").click()
    expect(phone.message("skitse.pdf")).to_contain_text("25,0 MB")
    document = bot.wait_for(lambda update: "document" in update.get("message", {}))["message"]["document"]
    assert (document["file_name"], document["file_size"]) == ("skitse.pdf", 25_000_000)


def test_an_edited_message_is_marked_and_told(open_page: Open, bot: ScriptedBot) -> None:
    phone = begin(open_page())
    phone.write("10 stativer")
    expect(phone.message("Du skrev: 10 stativer")).to_be_visible()
    phone.field.press("ArrowUp")
    expect(phone.field).to_have_value("10 stativer")
    phone.write("20 stativer")
    expect(phone.message("20 stativer")).to_contain_text("rettet")
    assert bot.wait_for(lambda update: update.get("edited_message", {}).get("text") == "20 stativer")


@pytest.mark.usefixtures("bot")
def test_a_deleted_message_is_gone_from_the_phone(open_page: Open, world: World, sandbox: Sandbox) -> None:
    phone = begin(open_page())
    phone.write("glem det")
    expect(phone.message("Du skrev: glem det")).to_be_visible()
    own = phone.root.get_by_role("article", name="Dig").filter(has_text="glem det")
    own.hover()
    own.get_by_role("button", name="Mere om beskeden").click()
    phone.page.get_by_role("menuitem", name="Slet").click()
    expect(own).to_have_count(0)
    assert "glem det" not in [m.get("text") for m in sandbox.messages(world.aase)]


def test_a_blocked_bot_is_told_and_can_be_let_in_again(open_page: Open, bot: ScriptedBot) -> None:
    phone = begin(open_page())
    phone.manage("Bloker botten")
    expect(phone.root).to_contain_text("har blokeret botten")
    expect(phone.field).to_be_hidden()
    assert bot.wait_for(
        lambda update: update.get("my_chat_member", {}).get("new_chat_member", {}).get("status") == "kicked"
    )
    phone.root.get_by_role("button", name="Fjern blokeringen").click()
    expect(phone.field).to_be_visible()
    phone.write("nu er jeg her igen")
    expect(phone.message("Du skrev: nu er jeg her igen")).to_be_visible()


@pytest.mark.usefixtures("bot")
def test_commands_are_offered_as_one_types(open_page: Open, sandbox: Sandbox) -> None:
    sandbox.bot("setMyCommands", commands=[{"command": "status", "description": "Se hvad der sker"}])
    phone = begin(open_page())
    phone.field.press_sequentially("/st")
    phone.root.get_by_role("group", name="Kommandoer").get_by_role("button", name="/status").click()
    expect(phone.message("Du skrev: /status")).to_be_visible()


def test_a_link_to_the_bot_starts_it_on_this_phone(
    open_page: Open, bot: ScriptedBot, world: World, sandbox: Sandbox
) -> None:
    phone = begin(open_page())
    name = sandbox.state()["bot"]["username"]
    button = {"text": "Følg nr. 12", "url": f"https://t.me/{name}?start=folg12"}
    sandbox.bot("sendMessage", chat_id=world.aase, text="Her", reply_markup={"inline_keyboard": [[button]]})
    phone.log.get_by_role("button", name="Følg nr. 12").click()
    assert bot.wait_for(lambda update: update.get("message", {}).get("text") == "/start folg12")
