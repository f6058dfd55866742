"""What a unit is told of a file: receipt, its own workbook marked, what a resubmission changes."""
