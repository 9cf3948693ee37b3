FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PROVISO_ENVIRONMENT_IS_READY=1 VAR_DIR=/var/lib/proviso
WORKDIR /srv/proviso
RUN useradd --system --home-dir /var/lib/proviso --create-home proviso

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
# `--build-arg BROWSER=1` for pages that need a browser.
ARG BROWSER=0
COPY config/browser.lock ./config/
RUN if [ "$BROWSER" = 1 ]; then \
      apt-get update && apt-get install -y --no-install-recommends chromium fonts-liberation && \
      rm -rf /var/lib/apt/lists/* && pip install --no-cache-dir --require-hashes -r config/browser.lock; \
    fi
COPY . .
RUN SECRET_KEY=only-for-collecting-static-files-0123456789 ALLOWED_HOSTS=build \
    DATABASE_URL=postgres://build/build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput && chown -R proviso /var/lib/proviso

USER proviso
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
