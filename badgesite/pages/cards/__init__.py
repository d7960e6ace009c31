"""Share cards: what others see of a badge where a link to it is posted. Fonts, fitting, the view, and the drawing."""
