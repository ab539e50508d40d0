"""Tools of the developers: setting up, testing, pictures. Nothing in the product imports them."""
