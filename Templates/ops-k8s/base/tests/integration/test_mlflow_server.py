"""The registry, with a real MLflow server: MLFLOW_TRACKING_URI says where."""

from uuid import uuid4

import pytest

from tests.fixtures.environment import url_of_server
from tests.fixtures.registry_contract import RegistryContract


class TestRegistryOnServer(RegistryContract):
    @pytest.fixture
    def tracking_uri(self) -> str:
        return url_of_server("MLFLOW_TRACKING_URI")

    @pytest.fixture
    def model_name(self) -> str:
        return f"test-{uuid4().hex}"
