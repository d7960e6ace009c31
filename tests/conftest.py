"""What all tests share: hypothesis looks as long as it needs, and in CI always at the same examples."""

import os

from hypothesis import settings

settings.register_profile("badgesite", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("badgesite")
