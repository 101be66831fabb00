"""Wiederhören: a training simulator for winning lapsed customers back by telephone."""

__version__ = "0.1.0"
