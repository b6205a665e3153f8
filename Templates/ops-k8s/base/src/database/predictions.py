"""Keeps predictions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from src.database.models import Prediction


def save_predictions(engine: Engine, predictions: Sequence[Prediction]) -> None:
    """All of them or none; they can still be read when the session is closed."""
    with Session(engine, expire_on_commit=False) as session:
        session.add_all(predictions)
        session.commit()


def find_prediction(engine: Engine, prediction_id: UUID) -> Prediction | None:
    with Session(engine) as session:
        return session.get(Prediction, prediction_id)
