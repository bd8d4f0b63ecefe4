"""Whatever citizens and staff do in whatever order: every press is answered, nothing leaks, all have a person."""

import os
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.conversation.ports import Call
from tests.journeys.wording import promises
from tests.machine.engine import ADMIN, AGENTS, GROUP, Engine, said

CITIZENS = (710001001, 710001002, 710001003)
STRANGER = 666
SURNAME = "Winterskov"
STAFF = (*AGENTS.values(), ADMIN)
EVERYBODY = (*CITIZENS, *AGENTS.values(), STRANGER)
KINDS = ("photo", "voice", "document", "sticker", "location", "far", "contact", "poll", "story")
WORK = ("take", "reply", "next", "more", "form", "form_ok", "pass", "pass_to", "pass_yes", "undo", "fill", "over")
FORGED = (
    "take", "i_withdraw", "i_public_ok", "reply", "form_ok", "undo", "i_edit", "d_send", "over", "pass_yes", "i_erase",
)  # fmt: skip
PLAIN = (
    "status", "ring", "ja", "nej", "stop", "send", "ret", "hvorfor", "privatliv", "hjælp", "offentlige", "fortryd",
    "jeg har fortrudt", "slet min sidste besked", "/start", "/ny", "/stop", "hej", "?", "👍", "asdkjh qwe qwe",
    "12345678", "<b>fed</b> *stjerne* _streg_ [link](http://x)", "x" * 1500, "   ", "nr. 1", "følg 1", "spring over",
)  # fmt: skip
IDEAS = (
    "flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder",
    "vilde blomster i vejkanten ved skoven, til bier og sommerfugle",
    "flere bænke på torvet, så ældre kan hvile sig undervejs",
    "der er brand i kælderen", "mit pas er væk", "kan I lægge et nyt fortov", "I could help with english lessons",
    "nej vent, det er ikke bænke men borde", "hvad sker der nu?", "hvem er du?",
)  # fmt: skip
DESK = (
    "MARK internt ord", "/svar", "/svar 1 Hej, tak", "/koe", "/mine", "/hjaelp", "væk", "/vaek 3 dage", "tilbage",
    "/hvorfor 1", "/giv 1", "/opret", "Hvad: måler op\nHvem: Mette Holm\nHvornår: 12. november\nSelv: måler også",
    "12. november", "fredag kl. 10 eller mandag kl. 14", "/skabelon", "ja",
    "Hvad: nej\nHvorfor: loven\nI stedet: spørg foreningen",
)  # fmt: skip
SPANS = (timedelta(minutes=2), timedelta(hours=3), timedelta(hours=20), timedelta(days=2), timedelta(days=6))


def media(kind: str, number: int) -> dict[str, Any]:
    file = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "file_size": 100}
    bodies: dict[str, dict[str, Any]] = {
        "photo": {"photo": [file | {"width": 9, "height": 9}]},
        "voice": {"voice": file | {"duration": 4}},
        "document": {"document": file | {"file_name": "../../etc/passwd\n<b>.pdf"}},
        "sticker": {"sticker": file | {"emoji": "x"}},
        "location": {"location": {"latitude": 55.75, "longitude": 12.55}},
        "far": {"location": {"latitude": 10.0, "longitude": 12.55}},
        "contact": {"contact": {"phone_number": "+4512345678", "first_name": "Nabo"}},
        "poll": {"poll": {"id": "1", "question": "?", "options": []}},
        "story": {"story": {"id": 1}},
        "nothing": {},
    }
    return bodies[kind]


class Machine(RuleBasedStateMachine):
    """Random days of a small town."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = Engine()
        self.internal = 0
        self.mine: dict[int, list[int]] = {}

    def teardown(self) -> None:
        self.engine.close()

    # -- what people do ------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(CITIZENS), text=st.sampled_from(IDEAS + PLAIN), swipe=st.integers(0, 8))
    def writes(self, who: int, text: str, swipe: int) -> None:
        calls = self._citizen(who, {"text": text} if text.strip() else {"text": "."}, swipe)
        if text in IDEAS and who not in self.engine.blocked:
            carried = [call for call in calls if text in str(call.params.get("text"))]
            assert said(calls, who) or carried, f"{text!r} was met with silence"

    @rule(who=st.sampled_from(CITIZENS), text=st.sampled_from(IDEAS[:3]))
    def brings_an_idea(self, who: int, text: str) -> None:
        """The whole way from the words to the receipt, as far as the buttons lead there."""
        self._citizen(who, {"text": text}, 9)
        for way in ("d_skip", "d_send", "d_topic"):
            there = [one for one in self.engine.messages.get(who, ()) if one["data"]]
            data = [one for one in there[-1]["data"] if one.startswith(way)] if there else []
            if data:
                self._press(who, who, there[-1], data[-1])

    @rule(who=st.sampled_from(tuple(AGENTS.values())), verb=st.sampled_from(WORK))
    def an_agent_works(self, who: int, verb: str) -> None:
        """Presses the newest button of that kind, wherever the agent sees it."""
        for chat in (GROUP, who):
            for one in reversed(self.engine.messages.get(chat, [])[-30:]):
                data = [data for data in one["data"] if data.startswith(f"{verb}:")]
                if data:
                    self._press(who, chat, one, data[-1])
                    return

    @rule(who=st.sampled_from(tuple(AGENTS.values())), text=st.sampled_from(DESK))
    def an_agent_answers_what_was_asked(self, who: int, text: str) -> None:
        """Swipes the newest message of the bot's in the group: a prompt, a card or a citizen's words."""
        there = self.engine.messages.get(GROUP, [])
        if there:
            one = there[-1]
            answered = {"message_id": one["id"], "chat": self._chat(GROUP)}
            body = {"text": text, "reply_to_message": answered}
            calls = self.engine.hears("message", self._message(who, GROUP, body, one["thread"]))
            self._look(who, calls, citizens_act=False)

    @rule(who=st.sampled_from(CITIZENS), words=st.text(max_size=40))
    def writes_anything(self, who: int, words: str) -> None:
        self._citizen(who, {"text": words or "."}, 9)

    @rule(who=st.sampled_from(CITIZENS), kind=st.sampled_from(KINDS), caption=st.sampled_from(("", "se", "<i>x</i>")))
    def sends(self, who: int, kind: str, caption: str) -> None:
        body = media(kind, self.engine.message(who))
        self._citizen(who, body | ({"caption": caption} if caption and kind in ("photo", "document") else {}), 9)

    @rule(who=st.sampled_from(EVERYBODY), place=st.integers(0, 400), key=st.integers(0, 9))
    def presses_something(self, who: int, place: int, key: int) -> None:
        chats = [who, GROUP] if who in STAFF or who == STRANGER else [who]
        chat = chats[place % len(chats)]
        there = [one for one in self.engine.messages.get(chat, ()) if one["data"]]
        if there:
            one = there[-1 - place // 2 % len(there)]
            self._press(who, chat, one, one["data"][key % len(one["data"])])

    @rule(who=st.sampled_from((*CITIZENS, STRANGER)), verb=st.sampled_from(FORGED), number=st.integers(1, 4))
    def presses_what_was_never_offered(self, who: int, verb: str, number: int) -> None:
        before = self.engine.ideas()
        owned = {n for n, idea in before.items() if idea.owner == who}
        self._press(who, who, {"id": 1, "thread": None}, f"{verb}:{number}")
        after = self.engine.ideas()
        touched = {n for n in before if before[n] != after.get(n)}
        assert touched <= owned, f"{verb}:{number} by {who} changed {touched}"

    @rule(who=st.sampled_from(CITIZENS), text=st.sampled_from(IDEAS), which=st.integers(0, 3))
    def edits(self, who: int, text: str, which: int) -> None:
        mine = self.mine.get(who, [])
        if mine:
            message = self._message(who, who, {"text": text}) | {"message_id": mine[-1 - which % len(mine)]}
            self._look(who, self.engine.hears("edited_message", message), citizens_act=True)

    @rule(who=st.sampled_from(CITIZENS), away=st.booleans())
    def blocks_or_comes_back(self, who: int, away: bool) -> None:
        (self.engine.blocked.add if away else self.engine.blocked.discard)(who)
        status = "kicked" if away else "member"
        chat = {"id": who, "type": "private", "first_name": "Aase"}
        bot = {"user": {"id": 42, "is_bot": True, "first_name": "b"}, "status": status}
        self.engine.hears("my_chat_member", {"chat": chat, "from": self._person(who), "new_chat_member": bot})

    @rule(who=st.sampled_from(tuple(AGENTS.values())), text=st.sampled_from(DESK), place=st.integers(0, 60),
          swipe=st.booleans(), private=st.booleans())  # fmt: skip
    def staff_write(self, who: int, text: str, place: int, swipe: bool, private: bool) -> None:
        chat = who if private else GROUP
        self.internal += 1
        body: dict[str, Any] = {"text": text.replace("MARK", f"MARK{self.internal}Q")}
        there = self.engine.messages.get(chat, [])
        thread = there[-1 - place % len(there)]["thread"] if there else None
        if swipe and there:
            body["reply_to_message"] = {"message_id": there[-1 - place % len(there)]["id"], "chat": self._chat(chat)}
        calls = self.engine.hears("message", self._message(who, chat, body, thread))
        self._look(who, calls, citizens_act=False)
        if not swipe and not private and "MARK" in text:
            told = [text for one in CITIZENS for text in said(calls, one)]
            assert not told, f"internal words told a citizen {told}"

    @rule(who=st.sampled_from(tuple(AGENTS.values())), kind=st.sampled_from(("photo", "voice", "poll", "nothing")))
    def staff_send(self, who: int, kind: str) -> None:
        body = media(kind, self.engine.message(who))
        self._look(who, self.engine.hears("message", self._message(who, GROUP, body)), citizens_act=False)

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: timedelta) -> None:
        before = len(self.engine.calls)
        until = self.engine.now + span
        while self.engine.now < until:
            calls = self.engine.waits(min(timedelta(hours=1), until - self.engine.now))
            quiet = self.engine.now.hour >= 21 or self.engine.now.hour < 7
            told = [text for one in CITIZENS for text in said(calls, one)]
            assert not (quiet and told), f"at {self.engine.now}: {told}"
        self._nothing_promised(self.engine.calls[before:])

    # -- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def everybody_has_a_person_a_step_and_a_date(self) -> None:
        frame = self.engine.rooms.frame()
        names = {agent.name for agent in frame.agents.values()}
        for number, idea in self.engine.ideas().items():
            assert idea.responsible in frame.agents, number
            assert idea.responsible_name in names, number
            assert idea.step.who, number
            assert idea.step.due is not None, number

    @invariant()
    def nothing_was_put_aside(self) -> None:
        assert self.engine.rows("SELECT source, error FROM inbox WHERE state = 'parked'") == []
        parked = self.engine.rows("SELECT method, error, lane FROM outbox WHERE state = 'parked'")
        assert [row for row in parked if "unreachable" not in row[1]] == []

    # -- how -----------------------------------------------------------------------------------------------------

    def _person(self, who: int) -> dict[str, Any]:
        return {
            "id": who, "is_bot": False, "first_name": "Aase", "last_name": SURNAME, "username": f"hemmelig{who}",
            "language_code": "da",
        }  # fmt: skip

    def _chat(self, chat: int) -> dict[str, Any]:
        if chat > 0:
            return {"id": chat, "type": "private", "first_name": "Aase", "last_name": SURNAME}
        return {"id": chat, "type": "supergroup", "title": "Sparringsagenter", "is_forum": True}

    def _message(self, who: int, chat: int, body: dict[str, Any], thread: Any = None) -> dict[str, Any]:
        number = self.engine.message(chat)
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread and chat < 0 else {}
        when = {"date": int(self.engine.now.timestamp()), "message_id": number}
        return {**when, "from": self._person(who), "chat": self._chat(chat), **topic, **body}

    def _citizen(self, who: int, body: dict[str, Any], swipe: int) -> list[Call]:
        there = self.engine.messages.get(who, [])
        if swipe < 3 and there:
            answered = {"message_id": there[-1 - swipe % len(there)]["id"], "chat": self._chat(who)}
            body = body | {"reply_to_message": answered}
        message = self._message(who, who, body)
        self.mine.setdefault(who, []).append(message["message_id"])
        calls = self.engine.hears("message", message)
        self._look(who, calls, citizens_act=True)
        return calls

    def _press(self, who: int, chat: int, one: dict[str, Any], data: str) -> None:
        number = self.engine.message(chat)
        under = {"message_id": one["id"], "chat": self._chat(chat), "date": 1}
        if one["thread"] and chat < 0:
            under |= {"message_thread_id": one["thread"], "is_topic_message": True}
        press = {"id": f"cb{number}", "from": self._person(who), "message": under, "data": data, "chat_instance": "1"}
        calls = self.engine.hears("callback_query", press)
        answered = [call for call in calls if call.method == "answerCallbackQuery"]
        assert len(answered) == 1, f"the press {data} was answered {len(answered)} times"
        self._look(who, calls, citizens_act=chat == who and who in CITIZENS)

    def _look(self, who: int, calls: list[Call], *, citizens_act: bool) -> None:
        self._nothing_promised(calls)
        for call in calls:
            shown = repr(dict(call.params))
            assert SURNAME not in shown
            assert "hemmelig" not in shown
        if citizens_act:
            told = said(calls, who)
            assert len(told) <= 2, f"N6: {told}"

    def _nothing_promised(self, calls: list[Call]) -> None:
        for call in calls:
            text = str(call.params.get("text") or "")
            assert not promises(text), text


def settled(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples, stateful_step_count=steps, print_blob=True, derandomize=examples < 50,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def test_random_days_of_a_small_town() -> None:
    run_state_machine_as_test(Machine, settings=settled(6, 30))


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_many_random_days_of_a_small_town() -> None:
    examples, steps = int(os.environ.get("MACHINE", "300")), 60
    run_state_machine_as_test(Machine, settings=settled(examples, steps))
    print(f"\nstate machine: {examples} days of up to {steps} acts each")
