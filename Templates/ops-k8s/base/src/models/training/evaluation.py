"""How good a model is, on customers that it has not seen."""

from collections.abc import Sequence

from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score


def evaluate(
    labels: Sequence[bool], probabilities: Sequence[float], threshold: float
) -> dict[str, float]:
    predicted = [probability >= threshold for probability in probabilities]
    found = sum(label and guess for label, guess in zip(labels, predicted, strict=True))
    metrics = {
        "roc_auc": float(roc_auc_score(labels, probabilities)),
        "average_precision": float(average_precision_score(labels, probabilities)),
        "brier_score": float(brier_score_loss(labels, probabilities)),
        "precision": found / max(sum(predicted), 1),
        "recall": found / max(sum(labels), 1),
        "churn_rate": sum(labels) / len(labels),
    }
    # More digits would differ from one machine to the next.
    return {name: round(value, 4) for name, value in metrics.items()}
