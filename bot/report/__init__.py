"""The monthly report as a page with charts; only the command that makes it needs this room, and matplotlib."""
