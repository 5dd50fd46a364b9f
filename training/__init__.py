"""What fits the models that ship. Needs its own environment: see `training/requirements.txt`."""
