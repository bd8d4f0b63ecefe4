"""All that the shell is built from: the rooms above and below it, as plain functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.conversation.ports import Clock, Perform, Render, Speak, Translate
from bot.conversation.showcase import Showcase
from bot.core.effects import Effect
from bot.core.events import Event
from bot.core.frame import Frame
from bot.core.initiative import Initiative
from bot.core.match import Match
from bot.core.people import Talk
from bot.core.world import Gathering, Link, Move, Needs, Told, World


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the composition root hands to the shell. Everything but `perform` is pure and may run in any thread.

    `frame` gives the frame in force; `route` matches a text; `intent` understands a plain word or a command's name;
    `answer` looks words up in `knowledge/` in a language; `renew` says what makes an initiative's deleted topic anew
    in a chat, in order; `moved` is told that a group has a new id; `showcase` is what everybody may see; `places` finds
    the municipality's places in a text, `districts` are those that the mirror looks for; `forums` are what ideas of
    some topics may be taken to.
    """

    step: Callable[[World, Event], Move]
    needs: Callable[[Event, Talk, Link | None, int, Frame], Needs]
    translate: Translate
    render: Render
    speak: Speak
    perform: Perform
    clock: Clock
    frame: Callable[[], Frame]
    route: Callable[[str], Match]
    intent: Callable[[str], str]
    answer: Callable[[str, str], Told | None]
    renew: Callable[[int, Initiative], Sequence[Effect]]
    moved: Callable[[int, int], None]
    gatherings: Callable[[str], tuple[Gathering, ...]] = lambda _: ()
    showcase: Showcase = field(default_factory=Showcase)
    places: Callable[[str], Sequence[str]] = lambda _text: ()
    districts: Callable[[], Sequence[str]] = tuple
    forums: Callable[[Sequence[str]], Sequence[tuple[str, str, str]]] = lambda _topics: ()
