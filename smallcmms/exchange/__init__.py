"""What goes in and out: foreign formats, frozen rows on one side, bytes or text on the other."""
