"""What figures would be on other rows: with a finding mended, or on the version before."""
