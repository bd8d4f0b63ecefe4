"""A town to try the bot in: people, a staff group, and a talk that plays itself, all through the sandbox's HTTP."""
