"""监督检查审查调查情况通报: one content tree, printed as docx and as PDF."""
