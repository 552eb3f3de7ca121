"""Insights: what many reviews say."""

from toneguard.insights.summary import Summary

__all__ = ["Summary"]
