"""What stands in for a store in tests."""

from collections.abc import Sequence

from shared_utils.document_store import Changes
from shared_utils.documents import Document


class InMemoryDocumentStore:
    """A `DocumentStore` without a database."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}

    def save(self, documents: Sequence[Document], *, replace: bool) -> Changes:
        added = changed = removed = 0
        for document in documents:
            known = self.documents.get(document.id)
            added += known is None
            changed += known not in (None, document)
            self.documents[document.id] = document
        if replace:
            for gone in self.documents.keys() - {document.id for document in documents}:
                del self.documents[gone]
                removed += 1
        return Changes(added, changed, len(documents) - added - changed, removed)

    def load_all(self) -> list[Document]:
        return [self.documents[key] for key in sorted(self.documents)]
