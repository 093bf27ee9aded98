"""The list from which a shop phones its own customers."""
