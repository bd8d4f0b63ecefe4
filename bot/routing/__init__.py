"""From a citizen's own words to a kind, topics and a named person, by rules that an admin can read."""
