"""Regiotafel: how Dutch municipalities, UWV, employers and job seekers do or do not work together."""

__version__ = "0.1.0"
