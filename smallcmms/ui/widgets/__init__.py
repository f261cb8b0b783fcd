"""The small things that every page is made of."""
