"""Carry a Message to one person over any channel; knows no announcement."""
