"""What people read. Reads only a release."""
