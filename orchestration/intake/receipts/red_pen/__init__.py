"""The unit's own workbook with the findings marked in it."""
