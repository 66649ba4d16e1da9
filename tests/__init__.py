"""Tests of Regiotafel."""
