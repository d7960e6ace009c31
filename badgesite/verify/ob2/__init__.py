"""Open Badges 2.0 of any maker, hosted or signed: the steps that verify one."""
