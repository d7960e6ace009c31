"""One file per verb: clock, network, environment, prompts, printing."""
