"""What every noun of the content is."""

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen thing an author wrote; fields it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)
