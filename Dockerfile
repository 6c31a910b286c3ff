# One image with every executable: `roost` and one for each service. compose.yaml says which runs where.
# Where the build reaches the distribution's packages through the host alone: docker build --network host .

FROM swift:6.3-bookworm AS build
WORKDIR /roost
# What the build needs of the distribution; it changes rarely, so it is a layer of its own.
COPY Scripts/setup Scripts/setup
RUN Scripts/setup && rm -rf /var/lib/apt/lists/*
COPY . .
RUN set -e; mkdir /programs; \
    for program in roost memory-service knowledge-graph-service analytics-service agent-service capability-service \
      evolution-service; do \
      swift build -c release --product "$program"; \
      strip --strip-debug -o "/programs/$program" ".build/release/$program"; \
    done

FROM swift:6.3-bookworm-slim
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      ca-certificates libcurl4 libmicrohttpd12 libpq5 librdkafka1 libsqlite3-0 >/dev/null \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin roost \
    && install -d -o roost -g roost -m 700 /var/lib/roost \
    && install -d -o roost -g roost -m 755 /run/secrets/roost
COPY deploy/make-secrets /usr/local/bin/
COPY --from=build /programs/ /usr/local/bin/
USER roost
# The data folder of those who run it without Kafka and PostgreSQL.
VOLUME /var/lib/roost
ENV ROOST_DATA_DIR=/var/lib/roost
HEALTHCHECK --interval=5s --timeout=6s --start-period=60s --retries=6 CMD ["roost", "health"]
CMD ["roost", "run"]
ARG ROOST_VERSION=local
LABEL org.opencontainers.image.title="roost" org.opencontainers.image.version="$ROOST_VERSION"
