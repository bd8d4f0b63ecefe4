"""Where a sandbox keeps what is its own: its database and its clock."""

from pathlib import Path

from bot.settings import Settings
from bot.store.address import path_of, server_of

DATABASE = "skab.db"
FOLDER = Path("var/sandbox")


def folder_of(settings: Settings) -> Path:
    """The sandbox's folder, beside the file that the settings name; a server is for the real bot alone."""
    if "database" not in settings.model_fields_set or server_of(settings.database) is not None:
        return FOLDER
    return path_of(settings.database).parent / "sandbox"
