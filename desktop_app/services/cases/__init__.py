"""One case as its rules see it: people, quote, cover, papers, what is missing."""
