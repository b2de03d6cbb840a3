"""Last year's books: units and their people, read before the ledger knows them."""
