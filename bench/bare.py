"""The smallest service that writes: one endpoint, one INSERT, one pool. A command is measured against it."""

import os
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from psycopg_pool import ConnectionPool


@asynccontextmanager
async def lifespan(app: FastAPI) -> Any:
    with ConnectionPool(os.environ["BENCH_URL"], kwargs={"autocommit": True}, min_size=4, max_size=8) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/rows", status_code=201)
def insert(request: Request, body: dict[str, Any]) -> dict[str, int]:
    with request.app.state.pool.connection() as connection:
        row = connection.execute(
            "INSERT INTO rows (said) VALUES (%s) RETURNING id", [body["said"]], prepare=True
        ).fetchone()
    return {"id": row[0]}
