package dev.aicore.discovery.config.telemetry;

import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Determines the endpoint of a collector that accepts OTLP. */
final class OtlpEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpEndpoint.class);
    private static final String LEGACY_JAEGER_PATH = "/api/traces";
    private static final int OTLP_PORT = 4318;

    private OtlpEndpoint() {}

    /**
     * Returns the endpoint unchanged, or the OTLP endpoint of the same host if it is that of a Jaeger version without
     * OTLP.
     */
    static String of(String endpoint) {
        var given = URI.create(endpoint);
        if (!LEGACY_JAEGER_PATH.equals(given.getPath())) {
            return endpoint;
        }
        var otlp = given.getScheme() + "://" + given.getHost() + ':' + OTLP_PORT + "/v1/traces";
        LOG.warn(
                "Traces are sent to {}: {} is an endpoint for Jaeger's own span format, which is no longer supported",
                otlp,
                given);
        return otlp;
    }
}
