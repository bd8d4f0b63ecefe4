"""A citizen who blocked the bot, or let it in again: nothing is lost, and no date counts while nobody can be told."""

from dataclasses import replace

from bot.core import card, marks, places, status, steps
from bot.core.card import say
from bot.core.effects import Note, Parts, Say, SendWaiting
from bot.core.events import Delivery
from bot.core.initiative import OUT_OF_REACH, Initiative, Turn
from bot.core.promise import first_due
from bot.core.world import Move

LOST = "citizen_lost"
"""The kind of the timer by which the shell says that a message to a citizen was refused."""
READ = "w_read"
"""The verb of the button under the number of messages that wait."""


def lost_all(move: Move) -> None:
    """The citizen gets no messages any more; each desk hears of it once."""
    move.person = replace(move.person, reachable=False)
    for initiative in _own(move):
        lost(move, initiative)


def lost(move: Move, initiative: Initiative, *, tell: bool = True) -> None:
    """Nothing that is due on it counts until the citizen is back; `tell` says so at the desk."""
    if initiative.out_of_reach or initiative.stage.closed:
        return
    gone = marks.mark(initiative, **{OUT_OF_REACH: move.world.now.isoformat()})
    move.save(gone)
    move.do(Note(gone.number, "out_of_reach", gone.owner_name, "owner"))
    to = places.main_desk(gone)
    if to is not None and tell:
        words = say("desk.reach.lost", name=card.first_name(gone), n=gone.number)
        move.do(Say(to, words))
    card.refresh(move, gone)


def on_delivery(move: Move, event: Delivery) -> None:
    """A message to the citizen was refused: then no date counts any more."""
    initiative = move.initiative(event.about)
    if event.outcome == "unreachable" and initiative is not None and event.chat == initiative.owner:
        # What became of the message itself is told beneath it.
        lost(move, initiative, tell=False)


def found_all(move: Move) -> None:
    """The citizen can be written to again."""
    move.person = replace(move.person, reachable=True)
    for initiative in _own(move):
        if initiative.out_of_reach:
            _found(move, initiative)


def welcome_back(move: Move) -> bool:
    """Where things stand and how many messages wait, with a button to read them; False where none waits."""
    waiting = move.world.waiting
    if not waiting:
        return False
    own = status.open_initiatives(move)
    stands = tuple(status.one(move, initiative) for initiative in own[:2])
    told = (move.words("citizen.back.welcome"), *stands, move.words("citizen.back.waiting", n=waiting))
    move.tell(Parts(told), ((move.button("citizen.button.read_waiting", f"{READ}:0", n=waiting),),))
    return True


def read(move: Move) -> None:
    """Let come what waited, in order and each once."""
    if move.world.waiting:
        move.do(SendWaiting(move.person.id))
    else:
        move.tell(move.words("citizen.back.none"))


def _own(move: Move) -> list[Initiative]:
    """Those that wait for this very citizen: with somebody who only takes part, the talk goes on."""
    return [one for one in status.open_initiatives(move) if one.owner == move.person.id]


def _found(move: Move, initiative: Initiative) -> None:
    now, step = move.world.now, initiative.step
    back = marks.mark(initiative, **{OUT_OF_REACH: ""})
    if step.turn is not Turn.CITIZEN and step.due <= now:
        due = first_due(now, move.world.frame.promises)
        passed = back.answered is None and back.first_due <= now
        back = steps.set_step(move, back, replace(step, due=due), first_due=due if passed else back.first_due)
    else:
        move.save(back)
        steps.promise_timers(move, back)
    to = places.main_desk(back)
    if to is not None:
        move.do(Say(to, say("desk.reach.found", name=card.first_name(back), n=back.number, due=back.step.due)))
    card.refresh(move, back)
