"""What the tests see of a phone on the page: its places by the names that people and screen readers find them by."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class PhoneView:
    """One open phone, found by the words above it."""

    def __init__(self, page: Page, owner: str) -> None:
        self.page = page
        self.owner = owner
        self.root = page.get_by_role("region", name=owner, exact=True)

    @property
    def log(self) -> Locator:
        """The list of messages."""
        return self.root.get_by_role("log")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.root.get_by_role("textbox", name="Besked fra")

    def write(self, text: str) -> None:
        """Types a message and sends it by Enter."""
        self.field.fill(text)
        self.field.press("Enter")

    def message(self, text: str) -> Locator:
        """The newest message that holds a text."""
        return self.root.get_by_role("article").filter(has_text=text).last

    def choose(self, text: str, item: str) -> None:
        """Opens the menu of a message and takes an item."""
        self.message(text).hover()
        self.message(text).get_by_role("button", name="Mere om beskeden").click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def attach(self, item: str) -> None:
        """Opens the menu of what can be sent and takes an item."""
        self.root.get_by_role("button", name="Vedhæft").click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def manage(self, item: str) -> None:
        """Opens the phone's own menu and takes an item."""
        self.root.get_by_role("button", name=f"Mere om {self.owner}").click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()


def show(page: Page, owner: str) -> PhoneView:
    """Opens a phone from the list, if it isn't open, and brings it into view."""
    page.get_by_role("navigation", name="Telefoner").get_by_role("button", name=owner).click()
    return PhoneView(page, owner)
