"""Pages for people to read and print: the month's report, and all texts; only the commands that make them need it."""
