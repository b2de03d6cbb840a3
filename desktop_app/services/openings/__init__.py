"""Last year's books taken into the ledger."""
