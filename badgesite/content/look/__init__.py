"""How the site looks, as its authors say: the theme and those that it builds on, colours, the logo."""
