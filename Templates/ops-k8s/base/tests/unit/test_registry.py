from pathlib import Path

import pytest

from tests.fixtures.registry_contract import RegistryContract


class TestRegistryInFiles(RegistryContract):
    @pytest.fixture
    def tracking_uri(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        # MLflow advises against this for servers; for a test it is what needs no server.
        monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
        return (tmp_path / "mlruns").as_uri()

    @pytest.fixture
    def model_name(self) -> str:
        return "churn"
