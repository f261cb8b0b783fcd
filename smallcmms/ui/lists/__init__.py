"""Lists of any length: a model of ids, a view of fixed rows, one delegate that paints them."""
