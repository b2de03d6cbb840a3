"""One person whole: read in one go for the phone, the 查询 page and the command line."""
