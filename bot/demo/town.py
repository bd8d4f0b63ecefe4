"""The people of the sandbox: citizens, sparring agents, and the staff group with its topics."""

from dataclasses import dataclass
from typing import Any

import aiohttp

STAFF_CHAT = -1002000000001
STAFF_TITLE = "Sparringsagenter Gentofte"


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody in the demo town; `seat` is the id of the sparring agent in the rules, "" for a citizen."""

    id: int
    first: str
    last: str
    seat: str = ""


PEOPLE = (
    Inhabitant(1001, "Aase", "Winther"),
    Inhabitant(1002, "Jonas", "Berg"),
    Inhabitant(1003, "Karim", "Haddad"),
    Inhabitant(1004, "Olena", "Kovalenko"),
    Inhabitant(2001, "Mette", "Holm", "mette"),
    Inhabitant(2002, "Bo", "Lind", "bo"),
    Inhabitant(2003, "Signe", "Krag", "signe"),
    Inhabitant(2004, "Farid", "Nazari", "farid"),
    Inhabitant(2005, "Lone", "Bach", "lone"),
    Inhabitant(2006, "Peter", "Dam", "peter"),
    Inhabitant(2007, "Karen", "Toft", "karen"),
)
SEATS = {person.seat: person.id for person in PEOPLE if person.seat}
STAFF = tuple(person for person in PEOPLE if person.seat)
CREATOR = SEATS["peter"]


class Town:
    """The sandbox's phones, by name; every method is one act of a person."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self._http = http
        self.address = address.rstrip("/")

    async def settle(self) -> None:
        """Let everybody move in, unless they live there already."""
        state = await self.look("state")
        if any(chat["id"] == STAFF_CHAT for chat in state["chats"]):
            return
        for person in PEOPLE:
            await self.act("people", id=person.id, first_name=person.first, last_name=person.last, language_code="da")
        await self.act(
            "groups",
            id=STAFF_CHAT,
            title=STAFF_TITLE,
            forum=True,
            kind="supergroup",
            members=[person.id for person in STAFF],
            creator=CREATOR,
            bot="administrator",
            rights={"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True},
        )
        for person in STAFF:
            await self.act("start", person=person.id)

    async def act(self, what: str, **details: Any) -> dict[str, Any]:
        """Do something on a phone; raises `aiohttp.ClientResponseError` when the sandbox refuses."""
        async with self._http.post(f"{self.address}/sandbox/{what}", json=details) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found

    async def look(self, what: str, **query: Any) -> dict[str, Any]:
        """Look at something in the sandbox."""
        async with self._http.get(f"{self.address}/sandbox/{what}", params=query) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found
