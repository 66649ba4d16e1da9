"""Figures, tables and the report page; reads finished runs and comparisons only."""
