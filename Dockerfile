# Good Turn, with PostgreSQL's driver; SQLite works with it, too. docker build --tag good-turn .
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 ENV_FILE="" DATABASE_URL=sqlite:////data/good_turn.db MPLCONFIGDIR=/tmp/matplotlib

RUN useradd --system --uid 10001 --no-create-home good-turn && install --directory --owner=10001 --mode=0700 /data
WORKDIR /app
COPY requirements-postgres.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements-postgres.lock
COPY app.py config.py logs.py ./
COPY bot bot
COPY handlers handlers
COPY storage storage

USER 10001
VOLUME /data
# With TRANSPORT=http; with sockets nothing has to be reached from outside.
EXPOSE 3000
# Both transports serve it at PORT. The program ends by itself where only a new start helps.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\") or 3000}/healthz', timeout=4)"]
CMD ["python", "app.py", "run"]
