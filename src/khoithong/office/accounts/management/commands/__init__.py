"""Commands of `khoithong manage` that concern accounts."""
