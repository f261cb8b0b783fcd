"""The rules of the trade: plain Python, no database, no screen, no clock."""
