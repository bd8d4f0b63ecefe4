"""A small tale of what people did and what a bot answered, made by hand: traffic to try the invariants on."""

import re
from typing import Any, Self

from tests.journeys import labels
from tests.journeys.invariants import Traffic
from tests.journeys.person import Act, Person
from tests.journeys.residents import AGENTS, CITIZENS, CLOCK

GROUP = -1000000002001
NINE = 1793606400.0
"""Monday 2 November 2026, 9.00 in Copenhagen."""
AASE, KARIM = CITIZENS["aase"], CITIZENS["karim"]
METTE, PETER = AGENTS["mette"], AGENTS["peter"]
WEDNESDAY, MONDAY = "onsdag den 4. november kl. 16", "mandag den 16. november kl. 16"
WORDS = "flere cykelstativer ved ordrup station så man kan komme forbi med rollator"
TITLE = "Flere cykelstativer ved ordrup station"
MORE = "det er værst om vinteren når der ligger sne"
REPLY = "Tak, Aase. Hvornår på dagen er der mest trængsel"
ROLE = "sparringsagent for trafik"
STAGE = "Vi har fået idéen"


def said(key: str, **fields: object) -> str:
    """A text of the book with its fields filled in."""
    text = str(labels.whole(key)).replace("**", "").strip()
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda field: str(fields[field[1]]), text)


class Tale:
    """Acts and calls, one after the other; what was told can be told otherwise afterwards."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.acts: list[Act] = []
        self.now = NINE
        self._messages = 0

    def does(self, person: Person, kind: str, text: str, chat: int = 0, **more: Any) -> Self:
        """Somebody does something, in their own chat or another one."""
        number = self.calls[-1]["n"] if self.calls else 0
        here = 0 if person == CLOCK else chat or person.id
        press = f"p{len(self.acts)}" if kind == "press" else ""
        self.acts.append(Act(person, here, kind, text, number, self.now, press=press, now=self.now, **more))
        return self.answers() if kind == "press" else self

    def answers(self, text: str = "") -> Self:
        """The bot answers the press of a button, with or without an alert."""
        return self.call("answerCallbackQuery", None, callback_query_id=self.acts[-1].press, text=text)

    def says(self, chat: int, text: str, *buttons: str, method: str = "sendMessage", message: int = 0) -> Self:
        """The bot writes, or changes what it wrote as that message."""
        keyboard = [[{"text": labels.text(button), "callback_data": "x:1"}] for button in buttons]
        return self.call(method, chat, text=text, reply_markup={"inline_keyboard": keyboard}, message_id=message)

    def aase(self, text: str) -> Self:
        """Aase writes."""
        return self.does(AASE, "text", text)

    def mette(self, text: str) -> Self:
        """Mette writes in the topic."""
        return self.does(METTE, "text", text, GROUP)

    def to_aase(self, text: str, *buttons: str) -> Self:
        """Aase reads."""
        return self.says(AASE.id, text, *buttons)

    def to_karim(self, text: str) -> Self:
        """Karim reads."""
        return self.says(KARIM.id, text)

    def to_group(self, text: str) -> Self:
        """It stands in the topic."""
        return self.says(GROUP, text)

    def shows(self, text: str) -> Self:
        """The card in the topic shows this now."""
        return self.says(GROUP, text, method="editMessageText", message=7)

    def call(self, method: str, chat: int | None, **params: Any) -> Self:
        """Any call, carried out."""
        self._messages += 1
        message = params.pop("message_id", 0) or self._messages
        date = {"edit_date" if method.startswith("edit") else "date": int(self.now)}
        result = {"message_id": message, "message_thread_id": 2, **date}
        self.calls.append({
            "n": len(self.calls) + 1, "at": self.now, "method": method, "chat_id": chat, "params": params,
            "status": 200, "result": result, "fault": None,
        })  # fmt: skip
        return self

    def waits(self, days: float) -> Self:
        """Time passes."""
        self.does(CLOCK, "clock", "")
        self.now += days * 86400
        return self

    # -- told otherwise ------------------------------------------------------------------------------------------

    def newest(self, words: str, chat: int) -> dict[str, Any]:
        """The newest call to that chat whose text, name or alert holds the words."""
        return next(
            call for call in reversed(self.calls)
            if call["chat_id"] == chat and words in f"{call['params'].get('text')}{call['params'].get('name')}"
        )  # fmt: skip

    def change(self, words: str, chat: int, before: str, after: str) -> None:
        """In the newest call with those words one thing stands otherwise."""
        call = self.newest(words, chat)
        key = "text" if "text" in call["params"] else "name"
        assert before in call["params"][key], f"{before!r} is not in {call['params'][key]!r}"
        call["params"][key] = call["params"][key].replace(before, after)

    def silence(self, words: str, chat: int, status: int = 403) -> None:
        """The newest call with those words is refused."""
        self.newest(words, chat)["status"] = status

    def traffic(self) -> Traffic:
        """As a town would hand it to the invariants."""
        people = {one.id: one for one in (AASE, KARIM, *AGENTS.values())}
        return Traffic(self.calls, self.acts, people, {1: AASE}, ["kunmellemos"], groups=[GROUP])


def card(step: str, due: str, lead: str = "Mette Holm", title: str = TITLE, words: str = WORDS) -> str:
    """A card as it stands in the topic."""
    facts = [
        said("desk.card.head", n=1, title=title), said("desk.card.from", name="Aase"),
        said("desk.card.lead", agent=lead), said("desk.card.stage", stage=STAGE),
        said("desk.card.next", step=step, who=lead, due=due),
    ]  # fmt: skip
    return "\n".join(facts) + f"\n\n{said('desk.card.words', name='Aase')}\n{words}\n\n{said('desk.card.no_topic')}"


def honest() -> Tale:
    """Aase's idea from first words to a talk with Mette, with everything as it should be."""
    tale = Tale()
    tale.does(AASE, "text", WORDS).says(AASE.id, f"{said('citizen.mirror')}\n«{WORDS}»\n\nHvem ville få glæde af det?")
    tale.does(AASE, "press", labels.text(labels.SKIP))
    tale.says(AASE.id, f"Sådan lyder din idé lige nu:\n\n«{WORDS}»\n\nEr det rigtigt forstået?", labels.SEND)
    tale.does(AASE, "press", labels.text(labels.SEND))
    tale.says(AASE.id, said("citizen.receipt", n=1, agent="Mette Holm", role=ROLE, due=WEDNESDAY, first="Mette"))
    tale.call("createForumTopic", GROUP, name=f"1 · Mette · {TITLE}")
    first = card(said("desk.next.first_answer", first="Mette", name="Aase"), WEDNESDAY)
    tale.says(GROUP, first, labels.TAKE, message=7).call("pinChatMessage", GROUP, message_id=7)
    tale.does(METTE, "press", labels.text(labels.TAKE), GROUP)
    tale.says(GROUP, first, labels.REPLY, method="editMessageText", message=7)
    step = said("step.first_answer", first="Mette")
    status = {"n": 1, "stage": STAGE, "agent": "Mette Holm", "role": ROLE, "who": "Mette Holm", "title": TITLE}
    tale.does(AASE, "text", "status")
    tale.says(AASE.id, said("citizen.status.moving", **status, step=step, due=WEDNESDAY, first="Mette"))
    step = said("desk.next.first_answer", first="Mette", name="Aase")
    tale.does(PETER, "text", "/koe").says(PETER.id, said("desk.queue.line", **status, step=step, due=WEDNESDAY))
    tale.does(METTE, "text", "Hun er lidt besværlig, men idéen er god", GROUP)
    tale.does(METTE, "swipe", REPLY, GROUP, to=said("desk.reply.prompt_group", agent="Mette", name="Aase", n=1))
    tale.says(AASE.id, f"Mette Holm:\n{REPLY}").says(GROUP, said("desk.reply.sent", name="Aase", n=1))
    step = said("desk.next.your_answer", first="Mette", name="Aase")
    tale.says(GROUP, card(step, MONDAY), labels.REPLY, method="editMessageText", message=7)
    tale.does(AASE, "text", MORE).says(GROUP, f"{said('desk.relay.topic', name='Aase', n=1)}\n{MORE}")
    tale.says(AASE.id, said("citizen.carried.on", agent="Mette Holm"))
    return tale.does(KARIM, "text", "offentlige").says(KARIM.id, said("citizen.public.none"))
