"""Claims: registered, figured, decided, printed."""
