"""Organisations, who may act for them, mandates."""
