"""Trained heads and what they look at: strategies, words of feeling, features; both tiers' readers."""
