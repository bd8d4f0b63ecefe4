"""The page around the phones: clock, new people, keys only, narrow screen, hostile words, a server that restarts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.page.phones import PhoneView, show
from tests.sandbox.page.stage import Sandbox, ScriptedBot, World, call

Open = Callable[..., Page]


def offset(sandbox: Sandbox) -> float:
    """By how many seconds the sandbox's clock is moved."""
    return float(call(f"{sandbox.url}/sandbox/clock")["offset"])


def test_the_clock_moves_by_an_hour_a_day_and_to_monday_at_nine(open_page: Open, sandbox: Sandbox) -> None:
    sandbox.phone("clock", set="2026-11-04T10:30:00")
    page = open_page()
    shown = page.get_by_role("group", name="Uret").locator("time")
    expect(shown).to_have_text("onsdag den 4. november kl. 10.30")
    page.get_by_role("button", name="Frem 1 t").click()
    expect(shown).to_have_text("onsdag den 4. november kl. 11.30")
    page.get_by_role("button", name="Frem 1 dag").click()
    expect(shown).to_have_text("torsdag den 5. november kl. 11.30")
    page.get_by_role("button", name="Til mandag kl. 9").click()
    expect(shown).to_have_text("mandag den 9. november kl. 09.00")
    assert abs(float(sandbox.clock_file.read_text()) - offset(sandbox)) < 1


def test_a_link_from_the_board_presses_start_on_a_citizens_phone_once(
    open_page: Open, sandbox: Sandbox, world: World
) -> None:
    page = open_page()
    page.goto(f"{sandbox.url}/?start=follow_12")
    expect(page.get_by_role("region", name="Aase Winther").get_by_text("/start follow_12")).to_have_count(1)
    expect(page).to_have_url(f"{sandbox.url}/")
    assert world.aase


def test_an_empty_world_has_the_bots_own_name_and_offers_to_make_a_citizen(open_page: Open, sandbox: Sandbox) -> None:
    page = open_page()
    expect(page).to_have_title("Sandbox Bot · prøvetelefoner")
    sandbox.bot("setMyName", name="<b>Vi skaber sammen")
    expect(page).to_have_title("<b>Vi skaber sammen · prøvetelefoner")
    expect(page.get_by_role("heading", level=1)).to_have_text("<b>Vi skaber sammen prøvetelefoner")
    expect(page.get_by_role("heading", name="Her er ingen endnu")).to_be_visible()
    page.get_by_role("button", name="Lav en borger").click()
    page.get_by_label("Fornavn").fill("Olena")
    page.get_by_label("Telefonens sprog").select_option("Українська")
    page.get_by_role("button", name="Lav borger").click()
    expect(PhoneView(page, "Olena").root.get_by_role("button", name="START")).to_be_focused()
    [person] = sandbox.state()["people"]
    assert (person["first_name"], person["language_code"]) == ("Olena", "uk")


def test_everything_can_be_done_by_keys_alone(open_page: Open, bot: ScriptedBot) -> None:
    page = open_page()
    expect(page.get_by_role("region", name="Aase Winther")).to_be_visible()

    def tab_to(name: str, limit: int = 60) -> None:
        for _ in range(limit):
            page.keyboard.press("Tab")
            label = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
            if name in str(page.evaluate(label)):
                return
        raise AssertionError(f"no way by Tab to {name!r}")

    tab_to("Ny borger")
    page.keyboard.press("Enter")
    page.keyboard.type("Karim")
    page.keyboard.press("Enter")
    phone = PhoneView(page, "Karim")
    expect(phone.root.get_by_role("button", name="START")).to_be_focused()
    page.keyboard.press("Enter")
    expect(phone.field).to_be_focused()
    page.keyboard.type("en café")
    page.keyboard.press("Enter")
    expect(phone.message("Du skrev: en café")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    while not page.evaluate("document.activeElement.textContent === 'Send'"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(phone.root.get_by_role("status")).to_have_text("Modtaget, tak.")
    phone.field.focus()
    page.keyboard.press("Control+ArrowUp")
    expect(phone.message("Du skrev: en café")).to_be_focused()
    page.keyboard.press("r")
    expect(phone.field).to_be_focused()
    page.keyboard.type("ja")
    page.keyboard.press("Enter")
    sent = bot.wait_for(lambda update: update.get("message", {}).get("text") == "ja")
    assert sent["message"]["reply_to_message"]["text"] == "Du skrev: en café"
    page.keyboard.press("Control+ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu", name="Beskeden")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)


def swipe_left(page: Page, box: Any) -> None:
    """A finger that moves to the left over a place on the screen."""
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        point = {"x": x - 10 * step, "y": y}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.usefixtures("bot")
def test_on_a_phone_one_phone_fills_the_width_and_a_swipe_replies(
    open_page: Open, world: World, sandbox: Sandbox
) -> None:
    sandbox.phone("start", person=world.aase)
    page = open_page(360, 740, has_touch=True, is_mobile=True)
    phone = show(page, "Aase Winther")
    phone.write("jeg har en idé om cykler ved stationen og en meget lang linje uden ende " + "x" * 120)
    expect(phone.message("Du skrev: jeg har en idé")).to_be_visible()
    for owner in ("Aase Winther", "Sparringsagenter", "Mette Holm"):
        tab = page.get_by_role("navigation", name="Telefoner").get_by_role("button", name=owner)
        tab.click()
        expect(tab).to_have_attribute("aria-current", "true")
        expect(PhoneView(page, owner).root).to_be_in_viewport(ratio=0.95)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    phone = show(page, "Aase Winther")
    greeting = phone.message("Hvad har du på hjerte?").locator(".bubble")
    greeting.scroll_into_view_if_needed()
    swipe_left(page, greeting.bounding_box())
    expect(phone.root).to_contain_text("Svar til Sandbox Bot")


def test_where_two_phones_fit_they_are_seen_whole_and_a_menu_stays_on_its_own(
    open_page: Open, world: World, sandbox: Sandbox
) -> None:
    sandbox.phone("start", person=world.aase)
    sandbox.phone("start", person=world.mette)
    page = open_page(768, 1024)
    for owner in ("Sparringsagenter", "Mette Holm", "Aase Winther"):
        phone = show(page, owner)
        expect(phone.root).to_be_in_viewport(ratio=0.99)
        tab = page.get_by_role("navigation", name="Telefoner").get_by_role("button", name=owner)
        expect(tab).to_have_attribute("aria-current", "true")
        boxes = [one.bounding_box() for one in page.locator(".phone").all()]
        whole = [box for box in boxes if box and box["x"] >= 0 and box["x"] + box["width"] <= 768]
        assert len(whole) == 2, f"two phones are whole with {owner} chosen: {boxes}"
    phone.root.get_by_role("button", name="Vedhæft").click()
    menu, screen = page.get_by_role("menu").bounding_box(), phone.root.bounding_box()
    assert menu
    assert screen
    assert screen["x"] <= menu["x"] < menu["x"] + menu["width"] <= screen["x"] + screen["width"]


def test_what_people_write_is_shown_as_text_and_never_run(open_page: Open, world: World, sandbox: Sandbox) -> None:
    nasty = "<img src=x onerror=document.title='fanget'><b>fed</b>"
    sandbox.phone("start", person=world.aase)
    sandbox.phone("send", person=world.aase, chat=world.aase, text=nasty)
    sandbox.phone("people", first_name="<script>alert(1)</script>")
    entity = {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(1)"}
    sandbox.phone("send", person=world.aase, chat=world.aase, text="klik", entities=[entity])
    page = open_page()
    phone = show(page, "Aase Winther")
    expect(phone.message("onerror")).to_contain_text(nasty)
    expect(phone.log.get_by_role("link")).to_have_count(0)
    expect(page.get_by_role("navigation", name="Telefoner")).to_contain_text("<script>alert(1)</script>")
    assert "fanget" not in page.title()


def test_entities_are_drawn_and_overlap_rightly(open_page: Open, world: World, sandbox: Sandbox) -> None:
    sandbox.phone("start", person=world.aase)
    html = "👍 <b>fed <i>og skrå</i></b> <code>a&lt;b</code> <a href='https://gentofte.dk/'>siden</a><blockquote>ord</blockquote>"
    sandbox.bot("sendMessage", chat_id=world.aase, text=html, parse_mode="HTML")
    phone = show(open_page(), "Aase Winther")
    message = phone.message("fed og skrå")
    expect(message.locator("strong > em")).to_have_text("og skrå")
    expect(message.locator("code")).to_have_text("a<b")
    expect(message.locator("blockquote")).to_have_text("ord")
    link = message.get_by_role("link", name="siden")
    expect(link).to_have_attribute("href", "https://gentofte.dk/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_messages_that_nobody_sees_are_counted(open_page: Open, world: World, sandbox: Sandbox) -> None:
    sandbox.phone("start", person=world.jonas)
    page = open_page()
    expect(page.get_by_role("region", name="Aase Winther")).to_be_visible()
    button = page.get_by_role("navigation", name="Telefoner").get_by_role("button", name="Jonas Berg")
    sandbox.bot("sendMessage", chat_id=world.jonas, text="Hej Jonas")
    expect(button).to_contain_text("1 ny besked")
    sandbox.bot("sendMessage", chat_id=world.jonas, text="Er du der?")
    expect(button).to_contain_text("2 nye beskeder")
    phone = show(page, "Jonas Berg")
    expect(phone.message("Er du der?")).to_be_visible()
    expect(button).not_to_contain_text("nye beskeder")


@pytest.mark.usefixtures("world")
def test_a_restarted_server_is_found_again(open_page: Open, sandbox: Sandbox) -> None:
    # The browser itself logs an error for each try while the server is away, so this page isn't watched.
    page = open_page(watched=False)
    expect(page.get_by_role("region", name="Aase Winther")).to_be_visible()
    sandbox.stop()
    expect(page.get_by_text("Forbindelsen til serveren er væk")).to_be_visible()
    sandbox.start()
    expect(page.get_by_role("heading", name="Her er ingen endnu")).to_be_visible()
    expect(page.get_by_text("Forbindelsen til serveren er væk")).to_have_count(0)
    birgit = sandbox.phone("people", first_name="Birgit")["id"]
    sandbox.phone("start", person=birgit)
    expect(PhoneView(page, "Birgit").log).to_contain_text("/start")


def test_the_page_is_served_under_a_strict_policy(open_page: Open, sandbox: Sandbox) -> None:
    page = open_page()
    answer = page.request.get(sandbox.url + "/")
    assert answer.headers["content-security-policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert page.evaluate("document.querySelectorAll('[style], style, script:not([src])').length") == 0
