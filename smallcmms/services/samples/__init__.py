"""Sample shops: the one job of the story, the demo shop, and shops of any size."""
