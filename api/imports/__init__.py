"""Contracts of past years from a college's spreadsheet: read, checked row by row, recorded, reported."""
