"""What can be wrong with the database itself."""


class StoreError(Exception):
    """The database can't be used; the message is one line for the person who runs the bot, with what to mend."""
