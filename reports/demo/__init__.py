"""Demonstration data: accounts, periods and reports that show the portal at work; all of it marked and removable."""
