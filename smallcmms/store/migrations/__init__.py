"""The revisions of the shop file's schema, from the first on."""
