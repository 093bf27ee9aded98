"""Measurements against peers and limits: `bin/bench NAME`."""
