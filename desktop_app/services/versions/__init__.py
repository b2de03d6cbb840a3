"""Versions of schemes: their text as rules, which is in force when, the way into force."""
