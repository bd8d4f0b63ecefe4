"""Everything that is printed: sheets of paper as PDF, and the square codes that phones read; it knows no other room."""
