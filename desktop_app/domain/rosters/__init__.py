"""Rosters as units send them: headings, cells, people, findings."""
