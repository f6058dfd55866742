"""From a file at the door to typed raw Parquet: read, judge, keep, answer, land."""
