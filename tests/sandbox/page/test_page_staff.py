"""The staff's group on the page: topics, who one is, keyboards that hold for one person, pins and reactions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.page.phones import PhoneView, show
from tests.sandbox.page.stage import Sandbox, ScriptedBot, World

Open = Callable[..., Page]


def open_topic(page: Page, name: str = "Nr. 15 Cykler ved stationen") -> PhoneView:
    """The group's phone with one topic open."""
    phone = show(page, "Sparringsagenter")
    phone.root.get_by_role("button", name=name).click()
    expect(phone.field).to_be_visible()
    return phone


def test_a_message_in_a_topic_stays_there_and_the_list_tells_of_it(
    open_page: Open, bot: ScriptedBot, world: World
) -> None:
    phone = open_topic(open_page())
    phone.write("Jeg kender stedet")
    expect(phone.message("Jeg kender stedet")).to_be_visible()
    sent = bot.wait_for(lambda update: update.get("message", {}).get("text") == "Jeg kender stedet")["message"]
    assert (sent["message_thread_id"], sent["from"]["id"]) == (world.topic, world.mette)
    phone.root.get_by_role("button", name="Tilbage til emnerne").click()
    expect(phone.root.get_by_role("button", name="Nr. 15")).to_contain_text("Mette Holm: Jeg kender stedet")
    phone.root.get_by_role("button", name="Generelt").click()
    expect(phone.log).not_to_contain_text("Jeg kender stedet")


def test_a_topic_that_the_bot_opens_appears_by_itself(open_page: Open, world: World, sandbox: Sandbox) -> None:
    phone = show(open_page(), "Sparringsagenter")
    expect(phone.root.get_by_role("button", name="Nr. 15")).to_be_visible()
    sandbox.bot("createForumTopic", chat_id=world.group, name="Nr. 16 Bænke på torvet")
    expect(phone.root.get_by_role("button", name="Nr. 16 Bænke på torvet")).to_be_visible()


def test_one_chooses_who_one_is_when_writing_and_pressing(
    open_page: Open, bot: ScriptedBot, world: World, sandbox: Sandbox
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Jeg tager den", "callback_data": "take"}]]}
    card = {"chat_id": world.group, "message_thread_id": world.topic, "text": "Kort", "reply_markup": keyboard}
    sandbox.bot("sendMessage", **card)
    phone = open_topic(open_page())
    phone.root.get_by_label("Du er").select_option("Bo Lind")
    phone.message("Kort").get_by_role("button", name="Jeg tager den").click()
    expect(phone.root.get_by_role("status")).to_have_text("Modtaget, tak.")
    assert bot.wait_for(lambda update: "callback_query" in update)["callback_query"]["from"]["id"] == world.bo
    phone.write("Det er Bo")
    sent = bot.wait_for(lambda update: update.get("message", {}).get("text") == "Det er Bo")
    assert sent["message"]["from"]["id"] == world.bo
    expect(phone.root.get_by_role("article", name="Dig")).to_have_count(1)
    phone.root.get_by_label("Du er").select_option("Mette Holm")
    expect(phone.root.get_by_role("article", name="Dig")).to_have_count(0)


def test_a_selective_forced_reply_opens_only_for_the_one_it_answers(
    open_page: Open, bot: ScriptedBot, world: World, sandbox: Sandbox
) -> None:
    phone = open_topic(open_page())
    phone.write("svar Aase")
    asked = bot.wait_for(lambda update: update.get("message", {}).get("text") == "svar Aase")["message"]
    sandbox.bot(
        "sendMessage",
        chat_id=world.group,
        message_thread_id=world.topic,
        text="Skriv dit svar til Aase",
        reply_parameters={"message_id": asked["message_id"]},
        reply_markup={"force_reply": True, "selective": True, "input_field_placeholder": "Dit svar til Aase"},
    )
    expect(phone.field).to_have_attribute("placeholder", "Dit svar til Aase")
    phone.root.get_by_label("Du er").select_option("Bo Lind")
    expect(phone.field).to_have_attribute("placeholder", "Skriv en besked")
    phone.root.get_by_label("Du er").select_option("Mette Holm")
    phone.write("Kan vi mødes tirsdag?")
    sent = bot.wait_for(lambda update: update.get("message", {}).get("text") == "Kan vi mødes tirsdag?")
    assert sent["message"]["reply_to_message"]["text"] == "Skriv dit svar til Aase"
    expect(phone.field).to_have_attribute("placeholder", "Skriv en besked")


@pytest.mark.usefixtures("bot")
def test_a_reply_keyboard_is_shown_pressed_and_taken_away(open_page: Open, world: World, sandbox: Sandbox) -> None:
    sandbox.phone("start", person=world.mette)
    phone = show(open_page(), "Mette Holm")
    keyboard = {"keyboard": [["Mine sager"], ["Ferie", "Hjælp"]], "resize_keyboard": True}
    sandbox.bot("sendMessage", chat_id=world.mette, text="Vælg", reply_markup=keyboard)
    keys = phone.root.get_by_role("group", name="Svarknapper")
    keys.get_by_role("button", name="Mine sager").click()
    expect(phone.message("Du skrev: Mine sager")).to_be_visible()
    expect(keys.get_by_role("button", name="Ferie")).to_be_visible()
    sandbox.bot("sendMessage", chat_id=world.mette, text="Væk", reply_markup={"remove_keyboard": True})
    expect(keys).to_be_hidden()


def test_pins_reactions_and_edits_by_the_bot_are_seen(open_page: Open, world: World, sandbox: Sandbox) -> None:
    phone = open_topic(open_page())
    card = sandbox.bot("sendMessage", chat_id=world.group, message_thread_id=world.topic, text="Kort nr. 15")
    sandbox.bot("pinChatMessage", chat_id=world.group, message_id=card["message_id"])
    expect(phone.root.get_by_role("button", name="Fastgjort")).to_contain_text("Kort nr. 15")
    phone.choose("Kort nr. 15", "Reagér med 👍")
    expect(phone.message("Kort nr. 15").get_by_role("list", name="Reaktioner")).to_have_text("👍")
    sandbox.bot("editMessageText", chat_id=world.group, message_id=card["message_id"], text="Kort nr. 15, taget af Bo")
    expect(phone.message("taget af Bo")).to_contain_text("rettet")
    phone.root.get_by_role("button", name="Tilbage til emnerne").click()
    expect(phone.root.get_by_role("button", name="Nr. 15")).to_contain_text("Sandbox Bot: Kort nr. 15, taget af Bo")


def test_a_deleted_topic_leads_back_to_the_list(open_page: Open, world: World, sandbox: Sandbox) -> None:
    phone = open_topic(open_page())
    sandbox.phone("topic", chat=world.group, thread=world.topic, action="delete")
    expect(phone.root.get_by_role("status")).to_have_text("Emnet er slettet.")
    expect(phone.root.get_by_role("button", name="Generelt")).to_be_visible()
    expect(phone.root.get_by_role("button", name="Nr. 15")).to_have_count(0)


def test_a_closed_topic_says_so_and_only_admins_write(open_page: Open, world: World, sandbox: Sandbox) -> None:
    sandbox.phone("topic", chat=world.group, thread=world.topic, action="close", by=world.mette)
    phone = open_topic(open_page())
    expect(phone.root.get_by_text("Emnet er lukket", exact=True).first).to_be_visible()
    phone.root.get_by_label("Du er").select_option("Bo Lind")
    expect(phone.field).to_be_hidden()
    expect(phone.root).to_contain_text("Kun administratorer kan skrive her.")
