"""The run time of the shared encoder. It moves to `onrecord.annotating` with the first weights that are good enough."""
