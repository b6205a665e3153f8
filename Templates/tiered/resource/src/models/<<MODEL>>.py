"""The table of <<MODEL|plural|title|lower>>."""

from sqlmodel import Field

from src.models.base import BaseModel


class <<MODEL|pascal>>(BaseModel, table=True):
    __tablename__ = "<<MODEL|plural>>"

    name: str = Field(max_length=200)
<<@if EXAMPLE>>
    description: str | None = Field(default=None, max_length=2000)
<<@end>>
    owner_id: int = Field(foreign_key="users.id", index=True)
