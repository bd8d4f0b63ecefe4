"""Telegram's side of the bot: understands raw updates, words ready calls, makes them; alone imports `telegram`."""
