"""A template workbook read: its rows, tags, blocks and what stands around them; every fault that shows without data."""
