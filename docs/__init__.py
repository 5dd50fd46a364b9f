"""The documentation's own tools: `python -m docs.generate` writes the reference and refreshes the sessions."""
