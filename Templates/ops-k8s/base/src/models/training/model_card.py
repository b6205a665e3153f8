"""The model card: what somebody should know before relying on the model."""

from src.feature_engineering.schema import FeatureSchema
from src.models.churn_model import ChurnModel

_MEANING = {
    "roc_auc": "chance that a customer who left is ranked above one who stayed",
    "average_precision": "precision over all thresholds; compare it with the churn rate",
    "brier_score": "mean squared error of the probabilities; smaller is better",
    "precision": "share of the customers predicted to leave who left",
    "recall": "share of the customers who left that were predicted to",
    "churn_rate": "share of the customers who left",
}


def model_card(model: ChurnModel, schema: FeatureSchema, *, trained_on: int, tested_on: int) -> str:
    info = model.info
    coefficients = zip(schema.names, model.classifier[-1].coef_[0], strict=True)
    by_weight = sorted(coefficients, key=lambda pair: -abs(pair[1]))
    return "\n".join(
        [
            f"# Model card: {info.name}",
            "",
            "Gives the probability that a customer leaves, from what the customer did until now.",
            "A logistic regression on standardized features: simple enough to be explained.",
            "",
            f"- Features: version {info.schema_version}, checksum `{info.feature_checksum[:12]}`",
            f"- Training data: {trained_on} customers to learn from, {tested_on} to test,"
            f" checksum `{info.training_data[:12]}`",
            f"- A customer counts as leaving from a probability of {info.threshold:g}",
            "",
            "## Metrics",
            "",
            f"On the {tested_on} customers that it was not trained on.",
            "",
            "| metric | value | meaning |",
            "| --- | ---: | --- |",
            *(
                f"| {name} | {value:.3f} | {_MEANING[name]} |"
                for name, value in info.metrics.items()
            ),
            "",
            "## What it looks at",
            "",
            "| feature | weight |",
            "| --- | ---: |",
            *(f"| {name} | {weight:+.3f} |" for name, weight in by_weight),
            "",
            "Weights are for one standard deviation; a positive one makes leaving more likely.",
            "",
            "## Limits",
            "",
            "- It has learned from what customers did, not why: a weight is not a cause.",
            "- Customers without a single event have no features, and get no prediction.",
            "- The sample is made up. Train it on your own data before you act on what it says.",
            "",
        ]
    )
