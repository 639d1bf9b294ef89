# All services: docker build --target order-service .  (or stock-service, notifier, race-lab)
# Needs nothing but Docker. All of it is plain Java, so it builds and runs on every architecture of its base images.

# On the builder's own architecture: what it makes is plain Java.
FROM --platform=$BUILDPLATFORM eclipse-temurin:25.0.4_7-jdk AS build
# The Maven wrapper unpacks its download with it.
RUN apt-get update && apt-get install -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -pl order-service,stock-service,notifier,race-lab -am package -DskipTests
# What others made goes into a layer of its own: it changes with a version in a pom, ours with every change.
RUN for service in order-service stock-service notifier race-lab; do \
      mkdir -p /image/$service/lib /image/$service/app && \
      cp $service/target/lib/*.jar /image/$service/lib && \
      mv /image/$service/lib/contracts-*.jar /image/$service/lib/runtime-*.jar /image/$service/app && \
      cp $service/target/$service-*.jar /image/$service/app || exit 1; \
    done && \
    mv /image/order-service/lib/dead-letters-*.jar /image/order-service/lib/waiting-room-*.jar /image/order-service/app && \
    mv /image/notifier/lib/waiting-room-*.jar /image/notifier/app && \
    mv /image/stock-service/lib/stock-counters-*.jar /image/stock-service/app && \
    mv /image/race-lab/lib/stock-counters-*.jar /image/race-lab/lib/learn-*.jar /image/race-lab/app


FROM eclipse-temurin:25.0.4_7-jre AS runtime
# Whatever umask the clone was made with.
COPY --chmod=755 infra/image/start infra/image/healthy infra/image/java-options /opt/doorbuster/
ENV DOORBUSTER_HTTP_HOST=0.0.0.0 DOORBUSTER_MANAGEMENT_HOST=0.0.0.0
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=10s --start-period=300s --retries=6 CMD ["/opt/doorbuster/healthy"]
ENTRYPOINT ["/opt/doorbuster/start"]
CMD ["serve"]
LABEL org.opencontainers.image.vendor="Doorbuster" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25.0.4_7-jre"


FROM runtime AS order-service
ENV SERVICE_CLASS=dev.doorbuster.order.OrderService DOORBUSTER_HTTP_PORT=8080 DOORBUSTER_MANAGEMENT_PORT=9080
EXPOSE 8080 9080
LABEL org.opencontainers.image.title="Doorbuster order-service" \
      org.opencontainers.image.description="The HTTP edge, and the ledger that decides finally"
COPY --from=build /image/order-service/lib /opt/doorbuster/lib
COPY --from=build /image/order-service/app /opt/doorbuster/app
# The JVM's cache of what the service loads when it starts: of this very JVM and these very jars.
USER 0
RUN ["/opt/doorbuster/start", "record"]
USER 10001:10001
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.version="$VERSION" org.opencontainers.image.revision="$REVISION"


FROM runtime AS stock-service
ENV SERVICE_CLASS=dev.doorbuster.stock.StockService DOORBUSTER_MANAGEMENT_PORT=9081
EXPOSE 9081
LABEL org.opencontainers.image.title="Doorbuster stock-service" \
      org.opencontainers.image.description="The decider: counters in Redis or Memcached"
COPY --from=build /image/stock-service/lib /opt/doorbuster/lib
COPY --from=build /image/stock-service/app /opt/doorbuster/app
# The JVM's cache of what the service loads when it starts: of this very JVM and these very jars.
USER 0
RUN ["/opt/doorbuster/start", "record"]
USER 10001:10001
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.version="$VERSION" org.opencontainers.image.revision="$REVISION"


FROM runtime AS notifier
ENV SERVICE_CLASS=dev.doorbuster.notifier.NotifierService DOORBUSTER_HTTP_PORT=8082 DOORBUSTER_MANAGEMENT_PORT=9082
EXPOSE 8082 9082
LABEL org.opencontainers.image.title="Doorbuster notifier" \
      org.opencontainers.image.description="Live events for buyers and pages"
COPY --from=build /image/notifier/lib /opt/doorbuster/lib
COPY --from=build /image/notifier/app /opt/doorbuster/app
# The JVM's cache of what the service loads when it starts: of this very JVM and these very jars.
USER 0
RUN ["/opt/doorbuster/start", "record"]
USER 10001:10001
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.version="$VERSION" org.opencontainers.image.revision="$REVISION"


FROM runtime AS race-lab
ENV SERVICE_CLASS=dev.doorbuster.racelab.RaceLabService DOORBUSTER_HTTP_PORT=8083 DOORBUSTER_MANAGEMENT_PORT=9083
EXPOSE 8083 9083
LABEL org.opencontainers.image.title="Doorbuster race-lab" \
      org.opencontainers.image.description="Ways to count a stock, raced against each other, for who is learning"
COPY --from=build /image/race-lab/lib /opt/doorbuster/lib
COPY --from=build /image/race-lab/app /opt/doorbuster/app
# The JVM's cache of what the service loads when it starts: of this very JVM and these very jars.
USER 0
RUN ["/opt/doorbuster/start", "record"]
USER 10001:10001
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.version="$VERSION" org.opencontainers.image.revision="$REVISION"
