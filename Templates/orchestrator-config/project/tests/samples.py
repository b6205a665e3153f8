"""A small configuration of its own for the tests of the tools, whatever becomes of config/."""

from collections.abc import Mapping
from pathlib import Path

from config_tools.config import Config, build_config, read_documents
from config_tools.faults import Fault
from config_tools.references import check_references

VARIABLES = {"ADMIN_TOKEN": "admin-secret", "DB_PASSWORD": "db-secret", "STOCK_KEY": "stock-secret"}

FILES: Mapping[str, str] = {
    "config.yaml": """\
app:
  name: sample
  description: A sample
  version: "1.0"
<<@if VARIANT == multi-env>>
  environment: sample
<<@end>>
server:
  host: 0.0.0.0
  port: 8123
logging:
  level: INFO
  format: "%(message)s"
  file:
    path: logs/sample.log
    max_bytes: 1000
    backup_count: 2
api:
  prefix: /orchestrator
  docs_url: /docs
  redoc_url: null
  reload:
    path: /admin/reload
    token: ${ADMIN_TOKEN}
execution:
  timeout: 60
  retries: 2
""",
    "database.yaml": """\
database:
  sources:
    main:
      connection_string: postgresql://sample:${DB_PASSWORD}@localhost/sample
  operations:
    get_order:
      source_id: main
      query: SELECT id, customer, ':no' AS note FROM orders WHERE id = :id::integer
      params: [id]
      returns: one
      fields: [id, customer, note]
    list_orders:
      source_id: main
      query: SELECT id FROM orders
      params: []
      returns: many
      fields: [id]
""",
    "integrations/api_sources.yaml": """\
api:
  sources:
    crm:
      base_url: https://crm.example.com
      authentication:
        type: none
      timeout: 5
      retry_count: 0
      retry_on_status: []
      retry_backoff: 0.5
      operations:
        find_customer:
          method: GET
          path: /customers/{customer}
          path_params: [customer]
          query_params: [language]
          fields: [title]
""",
    "integrations/feast_config.yaml": """\
feast:
  sources:
    store:
      repo_path: features
      project: sample
      connection:
        type: local
      feature_services:
        activity:
          entities: [order_id]
          features: ["orders:age"]
""",
    "integrations/ml_config.yaml": """\
ml:
  sources:
    models:
      base_url: http://localhost:8501
      timeout: 5
      retry_count: 0
      models:
        urgency:
          model_path: models/urgency
          endpoint: /urgency:predict
          inputs: [age]
          outputs: [score]
""",
    "domains/orders.yaml": """\
domain_id: orders
description: Orders
endpoints:
  list:
    description: All orders
    endpoint_type: database
    method: GET
    data_sources:
      - name: rows
        type: database
        operation: list_orders
        params: {}
    response_mapping:
      items: $rows
  details:
    description: An order and its customer
    endpoint_type: composite
    method: GET
    request:
      path_params: [entity_id]
      query_params: [lang]
    data_sources:
      - name: order
        type: database
        operation: get_order
        params:
          id: $request.path_params.entity_id
      - name: person
        type: api
        source_id: crm
        operation: find_customer
        params:
          customer: $order.customer
          language: $request.query_params.lang
      - name: features
        type: feast
        source_id: store
        operation: get_online_features
        feature_service: activity
        params:
          order_id: $order.id
      - name: prediction
        type: ml
        source_id: models
        operation: predict
        model: urgency
        params:
          age: $features.age
    response_mapping:
      id: $order.id
      customer:
        title: $person.title
      score: $prediction.score
""",
    "domains/stock/stock.yaml": """\
domain_id: stock
description: Stock
endpoints:
  order:
    description: Orders more
    endpoint_type: api
    method: POST
    request:
      body: [amount]
    data_sources:
      - name: receipt
        type: api
        source_id: supplier
        operation: send_order
        params:
          amount: $request.body.amount
    response_mapping:
      number: $receipt.number
  newest:
    description: The newest delivery
    endpoint_type: database
    method: GET
    data_sources:
      - name: delivery
        type: database
        operation: newest_delivery
        params: {}
    response_mapping:
      id: $delivery.id
""",
    "domains/stock/database.yaml": """\
database:
  sources: {}
  operations:
    newest_delivery:
      source_id: main
      query: SELECT MAX(id) AS id FROM deliveries
      params: []
      returns: one
      fields: [id]
""",
    "domains/stock/integrations/api_sources.yaml": """\
api:
  sources:
    supplier:
      base_url: https://supplier.example.com
      authentication:
        type: api_key
        header: X-Key
        token: ${STOCK_KEY}
      timeout: 5
      retry_count: 0
      retry_on_status: []
      retry_backoff: 0.5
      operations:
        send_order:
          method: POST
          path: /orders
          body: [amount]
          fields: [number]
""",
}


def write_files(directory: Path, files: Mapping[str, str] = FILES) -> Path:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def edit(directory: Path, name: str, old: str, new: str) -> None:
    """Replaces the only occurrence of `old` in a file."""
    path = directory / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(directory: Path, name: str, text: str) -> str:
    """Where the first line with the text is, as a fault says it."""
    lines = (directory / name).read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if text in line)
    return f"{(directory / name).as_posix()}:{number}"


def read_config(directory: Path) -> Config:
    documents, faults = read_documents(directory)
    config, more = build_config(directory, documents)
    assert config is not None, faults + more
    return config


def find_faults(directory: Path) -> list[Fault]:
    """As `check` does it, without variables."""
    documents, faults = read_documents(directory)
    config, more = build_config(directory, documents)
    return faults + more + (check_references(config) if config else [])
