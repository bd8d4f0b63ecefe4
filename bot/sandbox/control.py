"""The control address: the clock, the log of calls, faults, limits, injected and held updates, starting over."""

from __future__ import annotations

from bot.sandbox.chats import Json
from bot.sandbox.errors import PhoneError
from bot.sandbox.phone_input import Wish, need
from bot.sandbox.world import World


def clock_view(world: World) -> Json:
    """The moved time, and by how many seconds it is moved."""
    return {"now": world.clock.iso(), "offset": world.clock.offset}


def move_clock(world: World, wish: Wish) -> Json:
    """Move the clock: `forward` seconds, `set` to a moment, or `to` "monday9"."""
    if "forward" in wish:
        world.clock.forward(float(wish["forward"]))
    elif "set" in wish:
        try:
            world.clock.set(str(wish["set"]))
        except ValueError as error:
            raise PhoneError(f"set is an ISO 8601 moment: {error}") from error
    elif wish.get("to") == "monday9":
        world.clock.to_monday()
    else:
        raise PhoneError('say forward (seconds), set (ISO 8601) or to ("monday9")')
    view = clock_view(world)
    world.journal.record("clock", None, view)
    return view


def find_calls(world: World, query: dict[str, str]) -> Json:
    """The bot's calls after number `after`, by `method` and `chat`; polls for updates with `polls=1`."""
    chat = query.get("chat")
    found = world.calls.find(
        int(query.get("after") or 0),
        query.get("method"),
        int(chat) if chat else None,
        query.get("polls") == "1",
    )
    return {"calls": found, "next": world.calls.count}


def add_fault(world: World, wish: Wish) -> Json:
    """Ask for a fault; see `Fault` for what can be said about it."""
    return {"id": world.faults.add(wish).id}


def list_faults(world: World) -> Json:
    """All faults that were asked for, and how often each has struck."""
    return {"faults": [fault.view() for fault in world.faults.faults.values()]}


def clear_faults(world: World) -> Json:
    """Forget all faults; calls that are frozen stay frozen."""
    world.faults.clear()
    return {"faults": []}


def set_limits(world: World, wish: Wish) -> Json:
    """Change the flood limits; what is not named stays as it is."""
    limits = world.limits
    limits.set(
        bool(wish.get("enforce", limits.enforce)),
        float(wish.get("per_second", limits.per_second)),
        float(wish.get("per_chat_per_second", limits.per_chat_per_second)),
        float(wish.get("per_group_per_minute", limits.per_group_per_minute)),
    )
    names = ("enforce", "per_second", "per_chat_per_second", "per_group_per_minute")
    return {name: getattr(limits, name) for name in names}


def reset(world: World) -> Json:
    """Empty the world; the token and the clock stay."""
    world.reset()
    return {"seq": world.journal.seq}


def inject(world: World, wish: Wish) -> Json:
    """Queue a raw update, for kinds that no phone here can make; `updates` holds many."""
    many = wish.get("updates") or [wish]
    return {"update_ids": [world.updates.inject(dict(update), _chat_of(update)) for update in many]}


def _chat_of(update: Wish) -> int | None:
    for part in update.values():
        if isinstance(part, dict) and isinstance(part.get("chat"), dict):
            return int(part["chat"]["id"])
    return None


def renumber(world: World, wish: Wish) -> Json:
    """Let the next update have the id `next`, smaller or larger than those before."""
    world.updates.renumber(int(need(wish, "next")))
    return {"next": world.updates.next_id}


def hold(world: World, wish: Wish) -> Json:
    """Keep updates back, all but the next `only_first`, or let them go."""
    world.updates.hold(bool(need(wish, "hold")), int(wish.get("only_first") or 0))
    return {"hold": bool(wish["hold"]), "waiting": len(world.updates.waiting)}
