"""The keeper of the rules: which version is in force, how a saved or sent file gets there, what it would change."""
