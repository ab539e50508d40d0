"""Khơi Thông takes an order from above and clears the way to work that is funded, lawful and on time."""

__version__ = "0.1.0"
