"""What we expect of returns and of marts. Imports nothing of ours."""
