"""The window: what a person sees and does. Qt stays on this floor."""
