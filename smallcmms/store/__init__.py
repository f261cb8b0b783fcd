"""The one door to the shop file: read, change, undo, migrate, back up, check."""
