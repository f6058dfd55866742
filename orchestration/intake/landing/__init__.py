"""What was accepted, read again and written as typed Parquet."""
