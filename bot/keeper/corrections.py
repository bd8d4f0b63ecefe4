"""What people have put right: ideas that a citizen or staff sent elsewhere than routing did, read from the store."""

from bot.core import lead, marks
from bot.routing.proposals import Observation
from bot.store.transaction import Transaction

PASSED = "passed"
"""The timeline's word for an idea that got another responsible."""
BY_HAND = frozenset({lead.PASSED, "taken"})
"""How it got one, where a person judged it; who only stands in, or takes over from one who has left, says nothing."""


def read_corrections(transaction: Transaction, most: int) -> list[Observation]:
    """The corrections of the ideas that were sent last, one an idea: the last hand that moved it is right."""
    ideas = transaction.initiatives.newest(most)
    passed = {
        about: str(entry.data["to"])
        for about, entry in transaction.timeline.of_kind(PASSED, list(ideas))
        if entry.data.get("how") in BY_HAND and entry.data.get("to")
    }
    found = []
    for number, idea in sorted(ideas.items()):
        text = "\n".join(said.text for said in idea.standing).strip()
        chosen = marks.value(idea, marks.CHOSEN)
        if text and number in passed:
            found.append(Observation(number, text, "passed", agent=passed[number]))
        elif text and chosen:
            found.append(Observation(number, text, "chose", topic=chosen))
    return found
