"""Commands of `khoithong manage` that concern papers."""
