"""Which line of a bank statement pays for which application: evidence, and what follows of it."""
