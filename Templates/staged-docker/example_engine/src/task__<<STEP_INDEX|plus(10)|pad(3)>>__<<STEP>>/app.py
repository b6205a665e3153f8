"""What the engine answers over HTTP."""

from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel

from shared_utils.search_index import Hit, SearchIndex


class Health(BaseModel):
    status: str
    documents: int
    words: int


class SearchResult(BaseModel):
    query: str
    hits: list[Hit]


def build_app(index: SearchIndex, search_limit: int) -> FastAPI:
    app = FastAPI(title="<<PROJECT_NAME>>")

    @app.get("/health")
    async def health() -> Health:
        return Health(status="ok", documents=index.document_count, words=index.word_count)

    @app.get("/search")
    async def search(
        q: Annotated[str, Query(min_length=1, max_length=200, description="Words to look for")],
        limit: Annotated[int, Query(ge=1, le=100)] = search_limit,
    ) -> SearchResult:
        return SearchResult(query=q, hits=index.search(q, limit))

    return app
