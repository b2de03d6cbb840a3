"""Invented forms, one of each kind: what a layout is tried on and shown with."""
