package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.dialect.consul.CheckDocument.CheckType;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates one check to a native one. A TTL check becomes a lease of the same length: the instance expires when it is
 * silent, and is then listed as critical until {@code DeregisterCriticalServiceAfter}, or for good without that.
 */
final class HealthCheckTranslator {

    /** Shortest lease; a shorter TTL is raised to it. */
    static final int MIN_TTL = 5;

    static final String CONFIG = "config";

    private static final int DEFAULT_TIMEOUT = 10;

    private HealthCheckTranslator() {}

    /** Returns the native check of an instance without check: it is healthy until it is deregistered. */
    static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode().put("check_type", "none");
    }

    /** Returns the lease in seconds that a check needs; 0 for no lease. */
    static int ttl(CheckDocument check) {
        return check.type() == CheckType.TTL ? Math.max(MIN_TTL, seconds(check.period())) : 0;
    }

    /** Returns the seconds for which a critical instance stays listed; 0 for no limit. */
    static int deregisterAfter(CheckDocument check) {
        var after = check.deregisterAfter();
        return after == null ? 0 : seconds(after);
    }

    /**
     * Returns the native check.
     *
     * @param address address of the instance, which is the target's
     */
    static ObjectNode toNative(CheckDocument check, String address) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("check_type", check.type().name().toLowerCase(Locale.ROOT))
                .put("success_threshold", check.successesNeeded())
                .put("failure_threshold", check.failuresNeeded());
        var config = document.putObject(CONFIG);
        if (check.type() == CheckType.TTL) {
            return document;
        }
        var timeout = check.timeout();
        document.put("interval", seconds(check.period()))
                .put("timeout", timeout == null ? DEFAULT_TIMEOUT : seconds(timeout));
        if (check.type() == CheckType.HTTP) {
            configureHttp(config, check, CheckTarget.ofUrl(check.target(), address));
        } else {
            configure(config, check, CheckTarget.ofAuthority(check.target(), address));
        }
        return document;
    }

    private static void configure(ObjectNode config, CheckDocument check, CheckTarget target) {
        config.put("port", target.port());
        if (check.type() == CheckType.GRPC) {
            if (check.tls() && check.tlsSkipVerify()) {
                throw ConsulRefusals.invalidCheck("TLSSkipVerify is not supported for GRPC");
            }
            config.put("service", target.path()).put("tls", check.tls());
        }
    }

    private static void configureHttp(ObjectNode config, CheckDocument check, CheckTarget target) {
        config.put("port", target.port())
                .put("path", target.path())
                .put("method", check.method())
                .put("expected_status", "2xx")
                .put("tls", target.secure());
        if (check.tlsSkipVerify()) {
            config.put("tls_skip_verify", true);
        }
        if (!check.headers().isEmpty()) {
            var headers = config.putObject("headers");
            check.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        }
    }

    private static int seconds(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(duration.toMillis(), 1_000L));
    }
}
