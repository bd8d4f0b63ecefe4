"""Carries out what admins ask of the keeper in Telegram: to judge a sent file, try it, use it, go back, look, tell."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

import structlog

from bot.conversation.ports import Call, Json, Outcome, Perform, Retry, Sent
from bot.conversation.rule_rows import ERRAND, News, body_of
from bot.conversation.storage import StoreUnavailable
from bot.core.rule_news import (
    RuleNews,
    RulesBarred,
    RulesListed,
    RulesLooked,
    RulesRefused,
    RulesStale,
    RulesTold,
    RulesTried,
    RulesUnmatched,
)
from bot.keeper.corrections import read_corrections
from bot.keeper.keeper import Saved
from bot.keeper.keepers import Keepers
from bot.keeper.opening import MOST_TOLD
from bot.keeper.shelf import put_on_disk
from bot.keeper.texts import names_own_texts
from bot.keeper.trial import describe, nearest, own, told
from bot.keeper.weekly import MOST_IDEAS
from bot.routing.apart import GivenUp
from bot.routing.lab import look
from bot.routing.live import Accepted, Refused
from bot.routing.load import digest
from bot.routing.proposals import propose_words
from bot.routing.unmatched import FEWEST, find_unmatched
from bot.store.versions import RulesDraft, RulesVersion
from bot.telegram_io.line import FileTooLarge, Line, TelegramError, Upload
from bot.telegram_io.outbound import judge

LARGEST = 2_000_000
"""Bytes that a rules file may have."""
MOST_LISTED = 10
MOST_UNMATCHED = 25
PROPOSAL = "routing_rules-forslag.yaml"
"""What the file is called that holds the words which corrections point to."""
SOON = 1.0

log = structlog.get_logger(__name__)


class Errands:
    """`Perform` for all calls: errands about the rules are carried out here, everything else goes on to Telegram."""

    def __init__(self, keepers: Keepers, line: Line, onward: Perform, admins: frozenset[int]) -> None:
        """`admins` are those of the settings, who are admins whatever the rules say."""
        self._keeper, self._pages, self._texts = keepers
        self._line = line
        self._onward = onward
        self._admins = admins
        self._judged: tuple[str, Accepted] | None = None
        self._does: Mapping[str, Callable[[Mapping[str, Json]], Awaitable[News | Outcome | None]]] = {
            "judge": self._judge, "use": self._use, "back": self._back, "drop": self._drop, "look": self._look,
            "list": self._list, "tell": self._tell, "barred": self._barred, "propose": self._propose,
            "words": self._words,
            **self._pages.errands(line),
        }  # fmt: skip

    async def __call__(self, call: Call) -> Outcome:
        """Make the call."""
        if not call.method.startswith(ERRAND):
            return await self._onward(await self._with_file(call))
        try:
            came = await self._does[call.method.removeprefix(ERRAND)](call.params)
        except StoreUnavailable as error:
            return Retry(SOON, True, str(error))
        except GivenUp:
            return Retry(SOON, True, "the bot ends")
        if isinstance(came, Outcome):
            return came
        return Sent(body_of(came) if came is not None else None)

    async def _with_file(self, call: Call) -> Call:
        """The call with the bytes of the version that it is to carry."""
        wanted = call.params.get("document")
        if isinstance(wanted, Mapping) and "page" in wanted:
            return Call(call.method, call.lane, {**call.params, "document": self._pages.upload(wanted["page"])})
        if not isinstance(wanted, Mapping) or "rules" not in wanted:
            return call
        version = await self._version(wanted["rules"]) or await self._keeper.newest()
        if version is None:
            return call
        upload = Upload(f"routing_rules-{version.id}.yaml", version.data)
        return Call(call.method, call.lane, {**call.params, "document": upload})

    # -- a file that was sent ------------------------------------------------------------------------------------------

    async def _judge(self, asked: Mapping[str, Json]) -> RuleNews | Outcome | None:
        """Fetch a sent file and try it: its faults, or what it would change."""
        now, chat, name = self._keeper.clock(), asked["chat"], asked["text"]
        try:
            data = await self._line.fetch(asked["file_id"], LARGEST)
        except FileTooLarge:
            log.warning("rules_refused", who=asked["who"], reason="too large")
            return RulesRefused(now, name, "too_large", chat=chat)
        except TelegramError as error:
            outcome = judge(error, "getFile")
            return outcome if isinstance(outcome, Retry) else RulesRefused(now, name, "unreadable", chat=chat)
        if names_own_texts(name):
            return await self._texts.receive(data, chat, name)
        if digest(data) == digest(self._keeper.live.current.data):
            return RulesBarred(now, chat, "same")
        found = await self._accept(data)
        if isinstance(found, Refused):
            problems = found.problems
            log.warning("rules_refused", who=asked["who"], problems=[str(problem) for problem in problems[:20]])
            more = max(0, len(problems) - MOST_TOLD)
            return RulesRefused(now, name, "faults", told(problems, MOST_TOLD), more, chat=chat)
        recent = await self._keeper.recent()
        base = next((one for one in recent if one.id == asked["number"]), None) or nearest(data, recent)
        return await self._let_wait(asked, name, found, base)

    async def _let_wait(
        self, asked: Mapping[str, Json], name: str, found: Accepted, base: RulesVersion | None, added: str = ""
    ) -> RuleNews:
        """A good file waits until the admin says whether it is to hold: what it would change, or that it is too old."""
        now, chat, text = self._keeper.clock(), asked["chat"], found.data.decode("utf-8")
        based_on, newest = base.id if base else 0, await self._keeper.newest()
        draft = await self._keeper.store.write(
            lambda transaction: transaction.rules.keep_draft(chat, name, text, based_on, now)
        )
        return await self._stale(asked, draft, base) or RulesTried(
            at=now,
            chat=chat,
            draft=draft,
            file=name,
            based_on=based_on,
            change=await self._keeper.change(self._keeper.live.current, found),
            newest=newest.id if newest else 0,
            warnings=told(found.warnings, MOST_TOLD),
            added=tuple(added.splitlines()),
        )

    async def _propose(self, asked: Mapping[str, Json]) -> RuleNews:
        """The words that people's corrections point to, in a file that waits like one that an admin sent."""
        now, chat, current = self._keeper.clock(), asked["chat"], self._keeper.live.current
        seen = await self._keeper.store.read(read_corrections, MOST_IDEAS)
        proposal = await self._keeper.think(propose_words, current, seen, now.date())
        if not proposal.additions:
            return RulesBarred(now, chat, "none")
        found = await self._accept(proposal.data)
        if isinstance(found, Refused):
            return RulesRefused(now, PROPOSAL, "faults", told(found.problems, MOST_TOLD), chat=chat)
        return await self._let_wait(asked, PROPOSAL, found, await self._keeper.newest(), proposal.diff(current.data))

    async def _stale(self, asked: Mapping[str, Json], draft: int, base: RulesVersion | None) -> RulesStale | None:
        """Somebody else's version came in force since `base`; None when nothing would be overwritten."""
        newest = await self._keeper.newest()
        if base is None or newest is None or base.hash == newest.hash:
            return None
        change = await self._keeper.think(describe, base.data, newest.data)
        log.warning("rules_refused", who=asked["who"], reason="based on an older version", base=base.id)
        now = self._keeper.clock()
        return RulesStale(now, asked["chat"], draft, base.id, newest.id, newest.who, newest.at, change)

    # -- into force ----------------------------------------------------------------------------------------------------

    async def _use(self, asked: Mapping[str, Json]) -> RuleNews | Outcome | None:
        """Put a waiting file into force, if it still stands on the newest version."""
        chat = asked["chat"]
        async with self._keeper.lock:
            draft = await self._draft(asked["number"])
            if draft is None or draft.owner != chat:
                return RulesBarred(self._keeper.clock(), chat, "gone")
            newest = await self._keeper.newest()
            if newest is not None and newest.hash == digest(draft.data):
                # A hard kill came after it was put in force and before that was written down here.
                await self._drop(asked)
                return None
            stale = await self._stale(asked, draft.id, await self._version(draft.based_on))
            if stale is not None:
                return stale
            saved = Saved(asked["who"], chat, draft.based_on, draft=draft.id, chosen=asked["heirs"])
            return await self._put(draft.data, saved, sure=asked["sure"])

    async def _back(self, asked: Mapping[str, Json]) -> RuleNews | Outcome | None:
        """Put an older version into force, as a new one; nothing that came since is overwritten unseen."""
        chat = asked["chat"]
        async with self._keeper.lock:
            newest, wanted = await self._keeper.newest(), await self._version(asked["number"])
            if newest is None or wanted is None:
                return RulesBarred(self._keeper.clock(), chat, "gone")
            if newest.id != asked["newest"]:
                return await self._stale(asked, 0, await self._version(asked["newest"])) or RulesBarred(
                    self._keeper.clock(), chat, "same"
                )
            saved = Saved(asked["who"], chat, newest.id, restored=wanted.id, chosen=asked["heirs"])
            return await self._put(wanted.data, saved, sure=asked["sure"])

    async def _put(self, data: bytes, saved: Saved, *, sure: bool) -> RuleNews | Outcome | None:
        """Take the bytes into use: on the disk if it can be written, and in any case in the database."""
        live, now = self._keeper.live, self._keeper.clock()
        if live.unjudged:
            return Retry(SOON, True, "the file on the disk was changed and is looked at first")
        found = await self._accept(data)
        if isinstance(found, Refused):
            log.warning("rules_refused", who=saved.who, problems=[str(problem) for problem in found.problems[:20]])
            return RulesRefused(now, live.path.name, "faults", told(found.problems, MOST_TOLD), chat=saved.by)
        admins = found.frame.admins | self._admins
        if not admins or (saved.by not in admins and not sure):
            log.warning("rules_refused", who=saved.who, reason="takes the admin's own right away")
            why: Literal["nobody", "yourself"] = "yourself" if admins else "nobody"
            return RulesBarred(now, saved.by, why, saved.draft, saved.restored, saved.based_on)
        before = live.current
        if digest(found.data) == digest(before.data) and not saved.draft:
            return RulesBarred(now, saved.by, "same")
        # Weighed first: once the rules hold, whoever is left without an agent must go to the chosen one at once.
        change = await self._keeper.change(before, found, saved.chosen)
        written = await asyncio.to_thread(put_on_disk, live.path, data)
        on_disk = digest(data) if written else live.on_disk
        live.take(found, on_disk)
        self._judged = None
        await self._keeper.put_in_force(before, found, replace(saved, unwritten=not written), change)
        return None

    # -- looks ---------------------------------------------------------------------------------------------------------

    async def _look(self, asked: Mapping[str, Json]) -> RuleNews:
        """What a sentence would meet today, by the admin's waiting file or by the rules in force."""
        now, chat = self._keeper.clock(), asked["chat"]
        draft = await self._keeper.store.read(lambda transaction: transaction.rules.draft_of(chat))
        found = await self._accept(draft.data) if draft is not None else None
        rules = found if isinstance(found, Accepted) else self._keeper.live.current
        staff = await self._keeper.staffed(rules)
        seen = await self._keeper.think(look, staff, asked["text"], now.date())
        agent = staff.frame.agents[staff.frame.reachable_lead(seen.agent, now.date())].name if seen.agent else ""
        return RulesLooked(
            at=now,
            chat=chat,
            sentence=seen.sentence,
            kind=seen.kind,
            topics=tuple((one.label, one.score, one.because) for one in seen.topics if one.score > 0),
            agent=agent,
            due=datetime.combine(seen.due, seen.hour, now.tzinfo) if seen.agent else None,
            draft=draft.id if draft is not None and rules is found else 0,
            emergency=seen.emergency,
            near=seen.near,
            asks=seen.asks,
        )

    async def _words(self, asked: Mapping[str, Json]) -> RuleNews:
        """The words that many write and no rule knows."""
        ideas = await self._keeper.store.read(lambda transaction: transaction.initiatives.newest(MOST_IDEAS))
        texts = [(said, idea.topics[0].topic if idea.topics else "") for idea in ideas.values() if (said := own(idea))]
        live = self._keeper.live.current
        found = (await self._keeper.think(find_unmatched, live.router, texts))[:MOST_UNMATCHED]
        words = tuple((one.word, one.texts, tuple(map(live.topic_name, one.topics))) for one in found)
        return RulesUnmatched(self._keeper.clock(), asked["chat"], FEWEST, words)

    async def _list(self, asked: Mapping[str, Json]) -> RuleNews:
        """The newest versions, or the one that was asked for by its number, however old it is."""
        versions = await self._keeper.recent()
        if number := asked["number"]:
            found = await self._version(number)
            if found is None:
                return RulesBarred(self._keeper.clock(), asked["chat"], "gone")
            one = ((found.id, found.who, found.at),)
            return RulesListed(self._keeper.clock(), asked["chat"], one, "one", versions[0].id)
        listed = tuple((one.id, one.who, one.at) for one in versions[:MOST_LISTED])
        purpose: Any = "versions" if asked["text"] == "versions" else "file"
        return RulesListed(self._keeper.clock(), asked["chat"], listed, purpose)

    async def _tell(self, asked: Mapping[str, Json]) -> RuleNews:
        """Who changed what when: the newest version against the one before it."""
        now, chat = self._keeper.clock(), asked["chat"]
        versions = await self._keeper.recent()
        if len(versions) < 2:
            return RulesBarred(now, chat, "same")
        change = await self._keeper.think(describe, versions[1].data, versions[0].data)
        return RulesTold(now, chat, versions[0].id, versions[0].who, versions[0].at, change)

    async def _drop(self, asked: Mapping[str, Json]) -> None:
        """Put an admin's own waiting file away."""
        draft = await self._draft(asked["number"])
        if draft is not None and draft.owner == asked["chat"]:
            self._judged = None
            await self._keeper.store.write(lambda transaction: transaction.rules.drop_draft(draft.id))
            log.info("rules_dropped", who=asked["who"])

    async def _barred(self, asked: Mapping[str, Json]) -> None:
        """Somebody was turned away: the log names an admin, and says nothing of who anybody else was."""
        log.warning("rules_refused", who=asked["who"] or "not an admin", reason=asked["text"])

    # -- what lies there -----------------------------------------------------------------------------------------------

    async def _accept(self, data: bytes) -> Accepted | Refused:
        """Judge these bytes; the last ones that were good are remembered, since it takes seconds."""
        found = digest(data)
        current = self._keeper.live.current
        if found == digest(current.data):
            return current
        if self._judged is not None and self._judged[0] == found:
            return self._judged[1]
        outcome = await self._keeper.think(self._keeper.live.judge, data)
        if isinstance(outcome, Accepted):
            self._judged = (found, outcome)
        return outcome

    async def _version(self, number: int) -> RulesVersion | None:
        return await self._keeper.store.read(lambda transaction: transaction.rules.get(number))

    async def _draft(self, number: int) -> RulesDraft | None:
        return await self._keeper.store.read(lambda transaction: transaction.rules.draft(number))
