"""Wiring: settings, addresses, servers; the only place that knows every app."""
