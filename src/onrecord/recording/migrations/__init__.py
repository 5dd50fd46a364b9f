"""Migrations of the store, run by `onrecord.recording.migrating` when a store is opened."""
