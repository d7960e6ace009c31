"""Documents before they are canonical: how they are read, and what JSON-LD would lose or change of them."""
