"""Answers from the pages in `knowledge/`, each with its source."""
