"""The record -> people and programs: terminal and exports."""
