"""One file as handed in, to one submission: what may be opened, what it says and may not say."""
