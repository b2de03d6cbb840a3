"""更多: what is set up rather than done daily."""
