"""The page that says in numbers what was awarded: what it shows, its charts, and how it is drawn."""
