"""Views, theme, Markdown: HTML and images."""
