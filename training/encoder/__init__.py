"""Training of the shared encoder and its heads. One command: `python -m training.encoder`."""
