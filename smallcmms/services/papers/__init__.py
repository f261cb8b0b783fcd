"""What each paper says, gathered from the file: frozen, with nothing left to add up."""
