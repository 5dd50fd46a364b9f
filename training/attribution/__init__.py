"""Training of the attribution tagger. One command: `python -m training.attribution`."""
