"""Communes, distances, maps."""
