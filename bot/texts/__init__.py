"""Every word that the bot can say, by key and language."""
