"""The page on small and middle screens, by day and by night: whole, readable, and within reach of the keys."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.sandbox.page.phones import PhoneView, show
from tests.sandbox.page.stage import Sandbox, World

Open = Callable[..., Page]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
BUTTONS = {
    "inline_keyboard": [[{"text": "Tag den", "callback_data": "take"}, {"text": "Mere", "callback_data": "more"}]]
}
# Each control that can be seen on the phone in view and around it, with a number by which it is known again. The tools
# of a message are taken by Enter or R on it, and the way to the newest message goes when one is there: no stops.
NUMBER = """(phone) => {
  document.querySelectorAll('[data-stop]').forEach((one) => delete one.dataset.stop);
  const around = [...document.querySelectorAll('.topbar button, .rail button')];
  const all = [...around, ...phone.querySelectorAll('button, select, textarea')];
  const seen = all.filter((one) => one.checkVisibility() && !one.closest('.tools, .to-bottom'));
  seen.forEach((one, at) => { one.dataset.stop = at; });
  return seen.length;
}"""


def talk(sandbox: Sandbox, world: World) -> None:
    """A citizen's chat with words that can't be broken, buttons, an album and keys, and a pinned card in the topic."""
    sandbox.phone("start", person=world.aase)
    sandbox.phone("send", person=world.aase, chat=world.aase, text="en bænk ved havnen " + "x" * 120)
    sandbox.phone("album", person=world.aase, chat=world.aase, photos=3, captions=["her", "og her"])
    where = {"chat_id": world.group, "message_thread_id": world.topic}
    card = sandbox.bot("sendMessage", **where, text="Kort nr. 15", reply_markup=BUTTONS)
    sandbox.bot("pinChatMessage", chat_id=world.group, message_id=card["message_id"])
    sandbox.bot("sendMessage", chat_id=world.aase, text="Sådan lyder din idé", reply_markup=BUTTONS)
    keys = {"keyboard": [["Send idéen"], ["Ret", "Kassér"]], "resize_keyboard": True}
    sandbox.bot(
        "sendMessage", chat_id=world.aase, text="Se på <b>siden</b> gentofte.dk", parse_mode="HTML", reply_markup=keys
    )


def stops(page: Page, phone: PhoneView) -> tuple[set[str], set[str]]:
    """The controls that can be seen, and those to which Tab leads, from the top of the page to its end."""
    wanted = {str(number) for number in range(phone.root.evaluate(NUMBER))}
    page.locator(".skip").focus()
    reached: set[str] = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "document.activeElement === document.body ? 'end' : document.activeElement.dataset.stop ?? ''"
        )
        if at == "end":
            break
        reached.add(at)
    return wanted, reached - {""}


def test_the_page_is_whole_readable_and_in_reach_of_the_keys(open_page: Open, world: World, sandbox: Sandbox) -> None:
    talk(sandbox, world)
    page = open_page(bypass_csp=True)
    topic = show(page, "Sparringsagenter")
    topic.root.get_by_role("button", name="Nr. 15").click()
    expect(topic.message("Kort nr. 15").get_by_role("button", name="Tag den")).to_be_visible()
    for width, height, scheme in ((360, 740, "light"), (768, 1024, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        phone = show(page, "Aase Winther")
        expect(phone.root).to_be_in_viewport(ratio=0.95)
        expect(page.locator("[aria-current=true]")).to_contain_text("Aase Winther")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["failureSummary"]) for one in found] == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        wanted, reached = stops(page, phone)
        assert len(wanted) > 15
        assert wanted <= reached, page.evaluate(
            "(missed) => missed.map((one) => document.querySelector(`[data-stop='${one}']`).outerHTML)",
            sorted(wanted - reached),
        )
        phone.log.evaluate("(log) => { log.scrollTop = 0; }")
        phone.root.get_by_role("button", name="Gå til nyeste besked").press("Enter")
        expect(phone.message("Se på siden")).to_be_in_viewport()
        expect(phone.log).to_be_focused()
