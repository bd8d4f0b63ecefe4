"""The front door of a municipality: a citizen's idea, in their own words, on its way to a named person."""
