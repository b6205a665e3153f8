import BuiltInLayouts
import Documents
import FileSystems
import FileTrees
import Layouts
import TestSupport
import Testing

@testable import Projects

/// Trees of the shapes that public repositories have, three of each document's: their paths with other
/// names, and contents of our own. None was made from a layout, so that most fit badly, which has to be
/// said of them; what they do tell is found.
@Suite("A project that nobody has generated")
struct PublicTreesTests {
  struct Example: Sendable, CustomTestStringConvertible {
    /// What it is of the shape of.
    var shape: String
    var layout: String
    var paths: String
    /// What paths tell, as one would type it.
    var told: [String: String]
    /// Files of the layout that are there, and how many it has.
    var there: Int
    var count: Int

    var testDescription: String { shape }
  }

  static let examples = [
    Example(
      shape: "a service with api/v1, core and services, everything for users in the singular",
      layout: "tiered",
      paths: """
        .dockerignore .github/workflows/pytest.yml Dockerfile README.md migrations/env.py
        migrations/versions/50e1_initial.py src/api/v1/__init__.py
        src/api/v1/endpoints/__init__.py src/api/v1/endpoints/auth.py
        src/api/v1/endpoints/user.py src/api/v1/routes.py src/core/container.py
        src/core/database.py src/core/dependencies.py src/core/security.py src/core/settings.py
        src/main.py src/model/user.py src/pyproject.toml src/repository/__init__.py
        src/repository/user.py src/schema/__init__.py src/schema/user.py src/services/auth.py
        src/services/user.py tests/conftest.py tests/integration_tests/test_client.py
        """, told: ["TIER": "mvp"], there: 2, count: 18),
    Example(
      shape: "a service with a file for each model in models, schemas, services, repositories",
      layout: "tiered",
      paths: """
        .env.example .pre-commit-config.yaml Dockerfile Makefile docker-compose.yml entrypoint.sh
        requirements.txt setup.cfg src/api/v1/__init__.py src/api/v1/auth.py
        src/api/v1/uploads.py src/api/v1/links.py src/core/config.py src/db/db.py src/main.py
        src/migrations/env.py src/models/__init__.py src/models/mixins.py src/models/link.py
        src/models/upload.py src/models/user.py src/repositories/__init__.py
        src/repositories/base.py src/repositories/link.py src/repositories/upload.py
        src/schemas/base.py src/schemas/link.py src/schemas/upload.py src/schemas/user.py
        src/services/__init__.py src/services/mixins.py src/services/link.py
        src/services/upload.py tests/conftest.py tests/test_login.py tests/test_ping.py
        """, told: ["TIER": "core", "MODELS": "link,upload"], there: 23, count: 89),
    Example(
      shape: "a service whose files say what they hold: purse_model.py, purse_schema.py",
      layout: "tiered",
      paths: """
        README.md infra/.env.example infra/docker-compose.yml src/Dockerfile src/alembic.ini
        src/api/routers.py src/api/v1/__init__.py src/api/v1/purse_endpoints.py
        src/cache/__init__.py src/core/__init__.py src/core/config.py src/core/db.py src/main.py
        src/migrations/env.py src/models/__init__.py src/models/purse_model.py src/pytest.ini
        src/requirements.txt src/schemas/purse_schema.py src/tests/test_endpoints.py
        """, told: ["TIER": "mvp"], there: 2, count: 18),

    Example(
      shape: "machine learning with ops/docker, ops/k8s, ops/monitoring and src by stages",
      layout: "ops-k8s",
      paths: """
        .env.example .github/workflows/cd.yml .github/workflows/ci.yml
        .github/workflows/security.yml .gitignore LICENSE README.md docs/api/reference.md
        docs/architecture/overview.md docs/guides/deployment.md docs/guides/development.md
        ops/docker/api/Dockerfile ops/docker/beam/Dockerfile ops/docker/mlflow/Dockerfile
        ops/envs/.env.example ops/k8s/base/kustomization.yaml ops/k8s/base/mlflow.yaml
        ops/k8s/base/namespace.yaml ops/k8s/overlays/production/kustomization.yaml
        ops/k8s/overlays/production/api-production.yaml
        ops/k8s/overlays/staging/kustomization.yaml ops/k8s/overlays/staging/api-staging.yaml
        ops/k8s/overlays/demo/kustomization.yaml ops/local/docker-compose.override.yml
        ops/local/docker-compose.yml ops/monitoring/prometheus/prometheus.yml
        ops/terraform/main.tf src/__init__.py src/api/__init__.py src/api/main.py
        src/api/schemas.py src/database/__init__.py src/database/models.py
        src/database/session.py src/feature_engineering/__init__.py
        src/feature_engineering/transforms.py src/feature_store/__init__.py
        src/feature_store/client.py src/ingestion/__init__.py src/ingestion/base.py
        src/ingestion/kafka/consumer.py src/ingestion/kinesis/consumer.py src/models/__init__.py
        src/models/training/__init__.py src/models/training/train.py
        src/models/training/trainer.py src/monitoring/__init__.py src/monitoring/metrics.py
        src/utils/config.py src/utils/logging.py
        """,
      told: ["ENVIRONMENTS": "staging,production,demo", "PRODUCTION": "production"], there: 35,
      count: 193),
    Example(
      shape: "an API with k8s/base and k8s/overlays at the top",
      layout: "ops-k8s",
      paths: """
        .github/workflows/deploy-dev.yml .gitignore README.md app/api/dockerfile app/api/main.py
        app/api/train.py app/api/requirements.txt docker-compose.yml k8s/base/deployment-api.yaml
        k8s/base/kustomization.yaml k8s/base/service-api.yaml
        k8s/overlays/dev/kustomization.yaml k8s/overlays/dev/patch-api.yaml
        k8s/overlays/staging/kustomization.yaml k8s/overlays/staging/patch-api.yaml
        """, told: [:], there: 2, count: 188),
    Example(
      shape: "a consumer and a producer of Kafka, with overlays for two environments",
      layout: "ops-k8s",
      paths: """
        .github/workflows/cd.yml .github/workflows/ci.yml .gitignore README.md
        consumer/Dockerfile consumer/consumer.py k8s/base/kafka-cluster.yaml
        k8s/base/kustomization.yaml k8s/overlays/prod/kustomization.yaml
        k8s/overlays/staging/kustomization.yaml model/train.py scripts/build-push.sh
        tests/test_inference.py
        """, told: [:], there: 4, count: 188),

    Example(
      shape: "numbered shell scripts over Python and SQL",
      layout: "staged-docker",
      paths: """
        .gitignore README.md config.env.example requirements.txt outputs/scorecard.csv
        python/binning.py python/common.py python/train.py scripts/01_prepare_data.sh
        scripts/02_load.sh scripts/03_quality.sh scripts/04_build.sh sql/01_tables.sql
        sql/02_checks.sql
        """, told: ["RUNNERS": "false"], there: 2, count: 69),
    Example(
      shape: "numbered shell scripts, and src by topics",
      layout: "staged-docker",
      paths: """
        .env.example .gitignore CONTRIBUTING.md LICENSE README.md configs/dataset.yaml
        data/validate.py requirements.txt scripts/01_prepare_data.sh
        scripts/02_train_baseline.sh scripts/03_generate.sh scripts/04_evaluate.sh
        scripts/train.py setup.py src/augmentation/calibrate.py src/evaluation/evaluate.py
        src/preprocessing/prepare_dataset.py src/utils/metrics.py tests/test_augmentation.py
        """, told: ["RUNNERS": "false"], there: 3, count: 69),
    Example(
      shape: "numbered shell scripts that one program runs",
      layout: "staged-docker",
      paths: """
        .gitattributes .gitignore README.md analysis/compare.py data/README.md
        data/raw/samples.txt env/requirements.txt run_pipeline.py scripts/01_prepare_data.sh
        scripts/02_qc.sh scripts/03_make_phenotype.sh
        """, told: ["RUNNERS": "false"], there: 2, count: 69),
    Example(
      shape: "steps that have a folder and a script each, from a number on, one was taken out",
      layout: "staged-docker",
      paths: """
        README.md docker-compose.dev.yml docker-compose.prod.yml Dockerfile_stage1_prepare
        Dockerfile_stage2_data Dockerfile_stage3_engine src/shared_utils/__init__.py
        src/task__011__fetch/main.py src/task__011__fetch/py_args.py scripts_sh/011__fetch.sh
        src/task__012__clean/main.py src/task__012__clean/py_args.py scripts_sh/012__clean.sh
        src/task__014__search/main.py src/task__014__search/py_args.py
        scripts_sh/014__search.sh runners/all.sh
        """, told: ["STEPS": "fetch,clean,search", "RUNNERS": "false"], there: 12, count: 73),

    Example(
      shape: "configuration of a service, a file for each domain",
      layout: "orchestrator-config",
      paths: """
        .gitignore README.md config/domains/general.yaml config/domains/orders.yaml
        config/domains/regulations.yaml config/service.dev.yaml config/service.prod.yaml
        pipelines/default.yaml pipelines/strict.yaml
        """, told: ["VARIANT": "minimal", "DOMAINS": "general,orders,regulations"], there: 4,
      count: 7),
    Example(
      shape: "domains of workflows, with namespaces and charts beside them",
      layout: "orchestrator-config",
      paths: """
        README.md config/dependencies.yaml config/domains/orders.yaml config/domains/mart.yaml
        config/temporal/namespaces.yaml deploy/charts/orders/Chart.yaml
        deploy/charts/orders/values.yaml
        """, told: ["VARIANT": "minimal", "DOMAINS": "mart,orders"], there: 3, count: 6),
    Example(
      shape: "one file for each environment",
      layout: "orchestrator-config",
      paths: """
        README.md config/business_config.yaml config/environments/development.yaml
        config/environments/production.yaml config/environments/staging.yaml
        config/model_config.yaml requirements.txt src/main.py
        """, told: ["VARIANT": "minimal"], there: 1, count: 5),

    Example(
      shape: "an application beside a package with errors and routes of its own",
      layout: "src-namespace",
      paths: """
        README.md pyproject.toml Dockerfile src/app/api.py src/app/environment.py src/app/log.py
        src/app/main.py src/app/monitor.py src/sync/__init__.py src/sync/errors.py
        src/sync/models.py src/sync/router.py src/sync/runner.py tests/conftest.py
        tests/unit/app/test_api.py
        """, told: ["PACKAGE": "sync", "SLACK": "false"], there: 5, count: 37),
    Example(
      shape: "a service whose package is called app, with environment.py",
      layout: "src-namespace",
      paths: """
        .github/workflows/workflow.yml .gitignore Dockerfile Pipfile README.md aws/main.py
        src/app/app.py src/app/environment.py src/app/blueprints/welcome.py
        src/app/stream_client.py src/main.py
        """, told: ["PACKAGE": "app", "SLACK": "false"], there: 4, count: 37),
    Example(
      shape: "an assistant with entrypoint.py, client.py and docker/",
      layout: "src-namespace",
      paths: """
        README.md pyproject.toml docker/Dockerfile src/api/di.py src/api/main.py
        src/assistant/client.py src/assistant/commands/__init__.py src/assistant/container.py
        src/assistant/entrypoint.py src/assistant/main.py src/assistant/tasks.py
        src/assistant/templates.py
        """, told: ["PACKAGE": "assistant", "SLACK": "false"], there: 5, count: 37),
  ]

  @Test("tells what its paths tell", arguments: examples)
  func example(_ example: Example) throws {
    let embedded = try #require(BuiltInLayouts.all.first { $0.name == example.layout })
    let paths = example.paths.split(whereSeparator: \.isWhitespace).map(String.init)
    let disk = try InMemoryFileSystem(
      Dictionary(uniqueKeysWithValues: paths.map { ($0, "mine\n") }))
    let fit = try Fit(Layout(embedded: embedded), given: [], to: disk, directory: "place")
    let comparison = fit.comparison
    let there = comparison.equal.count + comparison.different.count
    #expect(there == example.there && comparison.count == example.count)
    #expect(there + comparison.own.count == paths.count)
    #expect(comparison.isPoor == (2 * example.there < example.count))
    for (name, text) in example.told.sorted(by: { $0.key < $1.key }) {
      let answer = try #require(fit.origins.first { $0.variable.name == name }, "\(name)")
      #expect(answer.origin == .paths, "\(name)")
      #expect(typed(answer.json) == text, "\(name)")
    }
  }

  private func typed(_ json: JSON) -> String {
    switch json {
    case .string(let text): text
    case .flag(let flag): "\(flag)"
    case .array(let items): items.map(typed).joined(separator: ",")
    default: "\(json)"
    }
  }

  @Test("has three of each shape")
  func shapes() {
    for embedded in BuiltInLayouts.all {
      #expect(Self.examples.count { $0.layout == embedded.name } >= 3)
    }
  }
}
