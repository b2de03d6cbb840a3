"""Rosters: checked, planned, carried out."""
