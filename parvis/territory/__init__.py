"""Communes, maps."""
