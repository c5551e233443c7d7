"""A report as an Excel workbook: given out to be filled in, read back, compared, and saved by the form's own doors."""
