"""The only place that imports dagster: wiring, no logic."""
