"""The site on this machine: the server behind `badgesite serve`, and what it adds to the pages it shows."""
