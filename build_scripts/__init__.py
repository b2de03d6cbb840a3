"""Tools of the person who works on the program; the program itself imports nothing from here."""
