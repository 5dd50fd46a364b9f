"""Trains the model of root types between two given parties."""
