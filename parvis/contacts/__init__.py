"""People, residents, tastes, consent, customer files, channel keys."""
