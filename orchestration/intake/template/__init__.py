"""The workbook that a unit fills: written from the contracts, with what is known already."""
