"""The invariants of the trade, each as a question that finds what breaks it."""
