"""What a Bot API method is here: a function from the world and the call's parameters to the `result` of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.world import World

Handler = Callable[[World, Params], Any]
