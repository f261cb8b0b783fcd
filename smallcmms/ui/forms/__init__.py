"""Forms: the boxes of one record, checked, kept and saved together."""
