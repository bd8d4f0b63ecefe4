"""What became of the day: every content where it belongs, none elsewhere, none doubled, each chat in order."""

from collections import Counter
from dataclasses import dataclass, field

from tests.chaos.day import FIRST, Day, Talk


@dataclass
class Verdict:
    """The figures, and every fault in words."""

    contents: int = 0
    calls: int = 0
    repeated: int = 0
    faults: list[str] = field(default_factory=list)

    def told(self, day: Day, seconds: float) -> str:
        """The figures in some lines, with the seed by which the day can be played again."""
        done, size = day.done, day.size
        return (
            f"chaos: seed {day.seed}, {size.talks} talks, {self.contents} contents, {self.calls} calls,"
            f" {seconds:.0f} s\n  {done['kill']} kills, {done['reload']} reloads, {done['jump']} jumps of the clock,"
            f" {done['topic']} topics deleted, {done['move']} groups moved; 5 % 429, 5 % 5xx, 3 % cut\n"
            f"  lost, misdirected, doubled or out of order: {len(self.faults)}; repeated: {self.repeated}"
            f" (at most {done['kill']})\n  again: CHAOS_SEED={day.seed} CHAOS={size.talks} CHAOS_KILLS={size.kills}"
        )


async def judge(day: Day) -> Verdict:
    """Look at all calls and at the database."""
    tally = day.tally
    await tally.catch_up(ended=True)
    verdict = Verdict(calls=tally.calls, repeated=sum(times - 1 for times in tally.again.values()))
    for talk in day.talks:
        verdict.contents += len(talk.idea) + len(talk.more) + len(talk.replies) + len(talk.internal)
        verdict.faults += [f"talk {talk.index}: {fault}" for fault in _of_talk(talk, tally.where)]
    verdict.faults += _out_of_order(tally.order)
    verdict.faults += _in_store(day)
    if verdict.repeated > day.done["kill"]:
        verdict.faults.append(f"{verdict.repeated} messages came twice, {day.done['kill']} kills")
    return verdict


def _out_of_order(order: dict[tuple[int, str], list[int]]) -> list[str]:
    faults = []
    for (chat, what), found in order.items():
        once = [n for place, n in enumerate(found) if n not in found[:place]]
        if once != sorted(once):
            faults.append(f"{what} came to {chat} as {found}")
    return faults


def _of_talk(talk: Talk, where: dict[str, list[int]]) -> list[str]:
    """What is wrong with one talk's words."""
    if talk.fault:
        return [talk.fault]
    faults = [f"{mark} reached nobody" for mark in (*talk.idea, *talk.more) if not any(c < FIRST for c in where[mark])]
    arrived = [mark for mark in talk.replies if talk.citizen in where[mark]]
    faults += [f"{mark} did not arrive" for mark in talk.replies if mark not in (*arrived, *talk.unheard)]
    for mark in (*talk.idea, *talk.more, *talk.replies):
        wrong = {chat for chat in where[mark] if chat >= FIRST and chat != talk.citizen}
        faults += [f"{mark} came to {chat}, somebody else"] if (chat := next(iter(wrong), 0)) else []
    for mark in talk.internal:
        faults += [f"the internal {mark} came to {chat}" for chat in where[mark] if chat >= FIRST]
    return faults


def _in_store(day: Day) -> list[str]:
    """What the database itself says: whole, one idea for each send, one responsible, nothing left lying."""
    rows = day.town.bot.rows
    faults = [] if rows("PRAGMA integrity_check") == [("ok",)] else ["the database is not whole"]
    owners = Counter(row[0] for row in rows("SELECT owner FROM initiatives"))
    for talk in day.talks:
        if owners[talk.citizen] != 1:
            faults.append(f"citizen {talk.citizen} has {owners[talk.citizen]} ideas after one SEND")
    if rows("SELECT 1 FROM initiatives WHERE responsible = '' OR due IS NULL"):
        faults.append("an idea without a responsible person or a date")
    left = rows("SELECT state, method, error FROM outbox WHERE state IN ('due', 'held', 'parked')")
    faults += [f"left in the outbox: {row}" for row in left if "unreachable" not in str(row[2]) and row[0] != "held"]
    faults += [f"left in the inbox: {row}" for row in rows("SELECT source, error FROM inbox WHERE state <> 'done'")]
    return faults
