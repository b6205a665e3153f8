"""The service's answers, held against the sample and against the documents."""

from collections.abc import Mapping
from pathlib import Path
from statistics import mean

from layouts.ops_k8s import sample
from layouts.ops_k8s.shell import Shell
from verification.claims import require, require_equal
from verification.http_api import Answer, Client
from verification.markdown_text import shown

_MOST = 100


def require_all(
    client: Client, shell: Shell, model: tuple[str, str], metrics: Mapping[str, float]
) -> str:
    """`model` is the name and the version that the registry has."""
    project = shell.project
    require_equal("/health", client.call("GET", "/health").require(200).json, {"status": "ok"})
    ready = client.call("GET", "/ready").require(200).json
    require(all(ready["checks"].values()), f"/ready answers {ready}")
    document = client.call("GET", "/openapi.json").require(200).json
    require_equal("the title", document["info"]["title"], project.name)
    # The page that shows it reads Markdown.
    require_equal("the description", shown(document["info"]["description"]), project.description)
    client.call("GET", "/docs").require(200)
    _require_model(client, project.folder, model, metrics)
    made = _require_predictions(client, shell)
    refused = _require_errors(client)
    _require_counted(client, made)
    return f"{made} predictions, {refused} errors"


def require_same(client: Client, project: Path) -> dict[str, float]:
    """A probability for each of the sample's customers, which tells who left."""
    found: dict[str, float] = {}
    labels = sample.labels(project)
    customers = sorted(labels)
    for start in range(0, len(customers), _MOST):
        asked = customers[start : start + _MOST]
        told = _batch(client, asked).require(201).json
        require_equal("without features", told["without_features"], [])
        found |= {one["customer_id"]: one["probability"] for one in told["predictions"]}
    require_equal("customers", sorted(found), customers)
    left = mean(found[customer] for customer in customers if labels[customer])
    stayed = mean(found[customer] for customer in customers if not labels[customer])
    require(left > stayed + 0.1, f"those who left have {left:.2f}, the others {stayed:.2f}")
    return found


def _batch(client: Client, customers: list[str]) -> Answer:
    return client.call("POST", "/v1/predictions/batch", {"customer_ids": customers})


def _require_model(
    client: Client, project: Path, model: tuple[str, str], metrics: Mapping[str, float]
) -> None:
    told = client.call("GET", "/v1/model").require(200).json
    require_equal("the model", (told["name"], told["version"]), model)
    require_equal("the model's metrics", told["metrics"], dict(metrics))
    lines = (project / "model_artifacts/features.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    require_equal("the model's features", told["features"], names)


def _require_predictions(client: Client, shell: Shell) -> int:
    """One, several, with features that are sent; each is stored and found again."""
    expected = sample.features(shell.project.folder)
    headers = {"X-Request-ID": "verification-0123456789"}
    body: dict[str, object] = {"customer_id": "c001"}
    answer = client.call("POST", "/v1/predictions", body, headers=headers).require(201)
    require_equal("X-Request-ID", answer.headers.get("x-request-id"), headers["X-Request-ID"])
    one = answer.json
    sample.require_alike("c001", one["features"], expected["c001"])
    probability = one["probability"]
    require(0 <= probability <= 1, f"a probability of {probability}")
    require_equal("churn", one["churn"], probability >= one["threshold"])
    require_equal("the model's version", one["model_version"], "1")
    again = client.call("GET", f"/v1/predictions/{one['id']}").require(200).json
    require_equal("the prediction, found again", again, one)
    row = f"SELECT customer_id, request_id FROM predictions WHERE id = '{one['id']}'"
    stored = shell.services.database().query(row)
    require_equal("the row", stored, [f"c001|{headers['X-Request-ID']}"])

    batch = _batch(client, ["c002", "nobody", "c001"]).require(201).json
    found = {each["customer_id"]: each for each in batch["predictions"]}
    require_equal(
        "in the batch",
        (sorted(found), batch["without_features"]),
        (
            ["c001", "c002"],
            ["nobody"],
        ),
    )
    # The order of additions depends on how many are asked for at once.
    near = abs(found["c001"]["probability"] - probability) < 1e-9
    require(near, f"c001 in the batch: {found['c001']['probability']}, alone {probability}")

    body["features"] = expected["c002"]
    sent = client.call("POST", "/v1/predictions", body).require(201).json
    require_equal("the moment of features that were sent", sent["features_as_of"], None)
    near = abs(found["c002"]["probability"] - sent["probability"]) < 1e-9
    require(near, f"with the features of c002: {sent['probability']}")
    return 4


def _require_errors(client: Client) -> int:
    """Whatever is wrong, the answer has one shape."""
    path = "/v1/predictions"
    unknown = "00000000-0000-4000-8000-000000000000"
    answers = [
        client.call("GET", "/nowhere").require(404),
        client.call("GET", f"{path}/{unknown}").require(404),
        client.call("GET", f"{path}/first").require(422),
        client.call("PUT", path).require(405),
        client.call("POST", path, raw="{not JSON").require(422),
        client.call("POST", path, {}).require(422),
        client.call("POST", path, {"customer_id": "nobody"}).require(404),
        client.call("POST", path, {"customer_id": ""}).require(422),
        client.call("POST", path, {"customer_id": "with a \0"}).require(422),
        client.call("POST", path, {"customer_id": "x" * 100_000}).require(422),
        client.call("POST", path, {"customer_id": "c001", "features": {}}).require(422),
        client.call("POST", path, {"customer_id": "c001", "colour": "red"}).require(422),
        _batch(client, []).require(422),
        _batch(client, ["c001", "c001"]).require(422),
        _batch(client, [f"c{number}" for number in range(_MOST + 1)]).require(422),
    ]
    for answer in answers:
        error = answer.json["error"]
        shape = {"code", "message", "details", "request_id"}
        require_equal(f"{answer.what}, an error", set(error), shape)
        require_equal("its request", error["request_id"], answer.headers.get("x-request-id"))
    return len(answers)


def _require_counted(client: Client, made: int) -> None:
    """The metrics say what was done."""
    lines = client.call("GET", "/metrics").require(200).text.splitlines()
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    counted = sum(float(value) for name, value in values.items() if "predictions_total{" in name)
    require_equal("predictions_total", counted, float(made))
    failed = values.get('prediction_failures_total{reason="features_not_found"}')
    require_equal("customers without features", failed, "2.0")
    model = [name for name in values if name.startswith("model_info{")]
    require(len(model) == 1 and 'version="1"' in model[0], f"model_info is {model}")
