"""Whose each line of a timeline is: the citizen's who did it, also under another name, or beside one of the same."""

from collections.abc import Iterator

from bot.core import bridges, card, partners
from bot.core.effects import Note
from bot.core.initiative import Initiative
from bot.core.world import Move


def author(move: Move, note: Note) -> int:
    """The citizen who did what the line tells, by the id of their chat; 0 for staff, for the bot, and in doubt.

    The name that stands in the line is what others read. It does not tell two of the same name apart, and the citizen
    may be called something else when the line is to be given to them or to go with them.
    """
    named = {person for person, name in _citizens(move, note.about) if name == note.actor and person > 0}
    if move.person.id in named:
        return move.person.id
    return named.pop() if len(named) == 1 else 0


def _citizens(move: Move, number: int) -> Iterator[tuple[int, str]]:
    """Whoever has a part in it, before or after this step, by each name that they have."""
    for initiative in (move.world.initiatives.get(number), move.changed.get(number)):
        if initiative is not None:
            yield from called(initiative)
            asks = any(bridge.person == move.person.id for bridge in bridges.of(initiative))
            if asks or partners.takes_part(initiative, move.person.id):
                yield move.person.id, move.person.name


def called(initiative: Initiative) -> Iterator[tuple[int, str]]:
    """Who began it and who takes part, each with what they are called."""
    yield initiative.owner, initiative.owner_name
    yield initiative.owner, card.first_name(initiative)
    for partner in initiative.partners:
        yield partner.person, partners.name_of(initiative, partner.person)
