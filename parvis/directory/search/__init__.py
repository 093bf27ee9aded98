"""Finding a shop by its name, its trade, or what one needs. No database: docs/developers/search.md."""
