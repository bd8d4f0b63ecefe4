"""The only room that knows Telegram: updates in, calls out."""
