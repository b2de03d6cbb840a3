"""Schemes as data: read from their files, checked, typed, compared."""
