"""The rules are learned on another core while the rest of the program is still being brought in."""

from contextlib import suppress

from bot.routing.learned import begin
from bot.settings import SettingsError, load_settings


def learn_ahead() -> None:
    """Begin to learn the rules that a bot on Telegram will ask for; what is wrong with them is told by who asks."""
    with suppress(SettingsError, OSError):
        settings = load_settings()
        if settings.bot_token is not None:
            begin(settings.rules.read_bytes(), settings.cache_folder)
