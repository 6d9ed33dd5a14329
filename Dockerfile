# Image of the registry: built from the sources of this checkout, run by the unprivileged user 10001.
#   docker build -t service-discovery .
# Settings come from variables and mounted files, see config/service-discovery.yaml. docker-compose.yml is a complete stack.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY shared-api shared-api
COPY balancing balancing
COPY config config
COPY event-store event-store
COPY web web
COPY access access
COPY read-model read-model
COPY health-checks health-checks
COPY embedded-stores embedded-stores
COPY command-side command-side
COPY projections projections
COPY query-side query-side
COPY dialects dialects
COPY bridges bridges
COPY ui ui
COPY server server
COPY bench/pom.xml bench/pom.xml
# Not part of the server.
COPY client/pom.xml client/pom.xml
COPY client-test/pom.xml client-test/pom.xml
COPY client-grpc/pom.xml client-grpc/pom.xml
COPY client-stork/pom.xml client-stork/pom.xml
COPY spring-boot-starter/pom.xml spring-boot-starter/pom.xml
COPY examples/spring/pom.xml examples/spring/pom.xml
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -Prun -pl server -am package
# Separate layers for dependencies and application: images of other sources share all layers except the last one.
RUN java -Djarmode=tools -jar server/target/run/server-*-exec.jar extract --layers --application-filename registry.jar \
    --destination /layers

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 registry \
    && useradd --system --uid 10001 --gid registry --home-dir /data --no-create-home --shell /usr/sbin/nologin registry \
    && install -d -o registry -g registry -m 0750 /data /app/archive
WORKDIR /app
COPY config/jvm.options scripts/healthcheck.sh ./
COPY --from=build /layers/dependencies/ /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
USER 10001:10001
# Creates an AOT cache of the registry's classes and of the profiles of its methods. With it, every start, including the first one,
# takes two thirds of the time, and the registry reaches its full speed earlier. The cache is valid for this JVM and these jars.
RUN XDG_CACHE_HOME=/tmp/cache java @jvm.options -XX:AOTCacheOutput=archive/registry.aot -Xlog:cds*=error,aot*=error -jar registry.jar \
    ctl rehearse && rm -rf /tmp/cache /data/.axoniq
# Bound to all addresses, so callers need tokens or keys. Without JWT_SECRET the first start generates one, and prints an admin's key.
ENV SERVICE_DISCOVERY__SERVER__HOST=0.0.0.0 \
    SERVICE_DISCOVERY__AUTH__GENERATE_MISSING_SECRET=true \
    SERVICE_DISCOVERY__DATA_DIR=/data \
    XDG_CACHE_HOME=/data/cache \
    MALLOC_ARENA_MAX=2
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=3 CMD ["/app/healthcheck.sh"]
# JDK_JAVA_OPTIONS adds further options. With another collector the cache isn't used, without an error.
ENTRYPOINT ["java", "@jvm.options", "-XX:MaxRAMPercentage=60", "-XX:AOTCache=archive/registry.aot", "-Xlog:cds*=error,aot*=error", \
    "-jar", "registry.jar"]
