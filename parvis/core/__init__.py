"""Tools with no domain: clock, refusals, audit trail, signals, components, CSS."""
