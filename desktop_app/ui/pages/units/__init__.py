"""办理: the list of units, and one unit's whole work on one page."""
