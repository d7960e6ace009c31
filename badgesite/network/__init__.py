"""The one way out to other hosts: https, no private network, with limits on size, time and redirects."""
