"""Whole feeds of settlements, worked out in the database by the plan's own rule.

The ways in: `runs.new_run` and `runs.settle` store a period's run and what it makes every member
due, `runs.to_confirm` says what it hangs on, `turns.settlement_dues` tells each settlement's part.
A feed is stored by whoever receives it; none of the carried schemes names a file for it.
"""
