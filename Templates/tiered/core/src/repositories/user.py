"""Users, in the database."""

from sqlmodel import col, select

from src.models.user import User
from src.repositories.base import BaseRepository


class UserRepository(BaseRepository[User]):
    model = User

    async def get_by_email(self, email: str) -> User | None:
        """The user, whatever the case of the address."""
        result = await self.db.exec(select(User).where(col(User.email) == email.lower()))
        return result.one_or_none()
