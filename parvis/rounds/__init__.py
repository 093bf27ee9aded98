"""Each round, choose who hears what, under everyone's limits."""
