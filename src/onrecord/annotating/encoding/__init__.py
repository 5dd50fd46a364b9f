"""One small encoder, run once a report, with heads for attribution, grammar, names, coreference and event types."""
