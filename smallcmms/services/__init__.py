"""What can be asked and done: one function is one question or one transaction."""
