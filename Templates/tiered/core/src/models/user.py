"""Users: who may log in, and who owns the records."""

from sqlmodel import Field

from src.models.base import BaseModel


class User(BaseModel, table=True):
    __tablename__ = "users"

    email: str = Field(max_length=254, unique=True)
    hashed_password: str = Field(max_length=255)
    full_name: str | None = Field(default=None, max_length=200)
    is_active: bool = True
    is_superuser: bool = False
