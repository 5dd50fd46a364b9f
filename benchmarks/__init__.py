"""Measures the product's own stages on public sets; each module is one command."""
