"""查询: the list of what was found, and one person whole beside it."""
