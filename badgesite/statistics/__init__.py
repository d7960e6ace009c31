"""What was awarded, counted: from the catalogue to frozen tables, with small numbers by group left out."""
