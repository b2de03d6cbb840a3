"""Whole feeds of settlements, worked out in the database by the plan's own rule."""
