package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the export of facts to Axon Server. An empty {@code accessToken} or {@code caFile} is null.
 *
 * @param servers at most 16 nodes of Axon Server, each HOST or HOST:PORT, such as axon-1:8124; empty = no export
 * @param context name of the context that receives the facts, 1 to 64 letters, digits, dots, hyphens and underscores;
 *     another context receives all facts from the first one on
 * @param accessToken access token of the registry in Axon Server; empty = none
 * @param tls whether to connect with TLS
 * @param caFile PEM file with the certificates of trusted issuers, with tls; empty = the trusted issuers of the JVM
 * @param batchSize 1 to 5000; maximum number of facts in one append
 * @param requestTimeout 100ms to 5m; maximum duration of a connection attempt or of a request
 * @param retryInterval 100ms to 10m; time after which the export tries again after a failure
 */
@ConfigurationProperties("service-discovery.axon-server")
public record AxonServerSettings(
        @DefaultValue List<String> servers,
        @DefaultValue("registry") String context,
        @Nullable String accessToken,
        @DefaultValue("false") boolean tls,
        @Nullable String caFile,
        @DefaultValue("200") int batchSize,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration requestTimeout,

        @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
        Duration retryInterval) {

    private static final String PREFIX = "axon_server.";
    private static final String SERVERS = PREFIX + "servers";
    private static final int MAX_SERVERS = 16;
    private static final int DEFAULT_PORT = 8_124;

    public AxonServerSettings {
        servers = servers == null ? List.of() : List.copyOf(servers);
        SettingConstraints.between(SERVERS, servers.size(), 0, MAX_SERVERS);
        servers.forEach(AxonServerSettings::parse);
        context = SettingConstraints.matching(
                PREFIX + "context",
                context,
                "[A-Za-z0-9._-]{1,64}",
                "1 to 64 letters, digits, dots, hyphens and underscores");
        accessToken = SettingConstraints.absentIfBlank(accessToken);
        if (accessToken != null && !accessToken.matches("[!-~]+")) {
            throw InvalidSettingException.withoutValue(
                    PREFIX + "access_token", "printable ASCII characters without blanks");
        }
        caFile = SettingConstraints.absentIfBlank(caFile);
        batchSize = SettingConstraints.between(PREFIX + "batch_size", batchSize, 1, 5_000);
        requestTimeout = SettingConstraints.between(
                PREFIX + "request_timeout", requestTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        retryInterval = SettingConstraints.between(
                PREFIX + "retry_interval", retryInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    /** Returns the nodes in their order; empty if nothing is exported. */
    public List<NodeAddress> nodes() {
        return servers.stream().map(AxonServerSettings::parse).toList();
    }

    /** Address of a node of Axon Server. */
    public record NodeAddress(String host, int port) {}

    private static NodeAddress parse(String text) {
        var parts = text.strip().split(":", -1);
        if (parts.length > 2 || !parts[0].matches("[A-Za-z0-9._-]+")) {
            throw invalid(text);
        }
        try {
            int port = parts.length == 1 ? DEFAULT_PORT : Integer.parseInt(parts[1]);
            if (port < 1 || port > 65_535) {
                throw invalid(text);
            }
            return new NodeAddress(parts[0], port);
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
    }

    private static InvalidSettingException invalid(String text) {
        return InvalidSettingException.of(SERVERS, text, "HOST or HOST:PORT, such as axon-1:8124");
    }

    @Override
    public String toString() {
        return ("AxonServerSettings[servers=%s, context=%s, accessToken=%s, tls=%s, caFile=%s, batchSize=%d,"
                        + " requestTimeout=%s, retryInterval=%s]")
                .formatted(
                        servers,
                        context,
                        accessToken == null ? "none" : "***",
                        tls,
                        caFile,
                        batchSize,
                        requestTimeout,
                        retryInterval);
    }
}
