package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.dialect.consul.CheckDocument.CheckType;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates a check to a native one. A TTL check becomes a lease of the same length: the instance expires when it is
 * silent, and is then listed as critical until {@code DeregisterCriticalServiceAfter}, or for good without that.
 */
final class HealthCheckTranslator {

    /** Shortest lease; a shorter TTL is raised to it. */
    static final int MIN_TTL = 5;

    private static final int DEFAULT_TIMEOUT = 10;

    private HealthCheckTranslator() {}

    /**
     * Native check.
     *
     * @param protocol protocol that the instance must have for the check; null for any
     */
    record NativeCheck(ObjectNode document, @Nullable String protocol) {}

    /** Returns the native check of an instance without check: it is healthy until it is deregistered. */
    static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode().put("check_type", "none");
    }

    /** Returns the lease in seconds that a check needs; 0 for no lease. */
    static int ttl(@Nullable CheckDocument check) {
        return check != null && check.type() == CheckType.TTL ? Math.max(MIN_TTL, seconds(check.period())) : 0;
    }

    /**
     * Returns the native check.
     *
     * @param address address of the instance, which is the target's
     */
    static NativeCheck toNative(CheckDocument check, String address) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("check_type", check.type().name().toLowerCase(Locale.ROOT))
                .put("success_threshold", check.successesNeeded())
                .put("failure_threshold", check.failuresNeeded());
        var config = document.putObject("config");
        var after = check.deregisterAfter();
        config.put("deregister_after", after == null ? 0 : seconds(after));
        if (check.type() == CheckType.TTL) {
            return new NativeCheck(document, null);
        }
        var timeout = check.timeout();
        document.put("interval", seconds(check.period()))
                .put("timeout", timeout == null ? DEFAULT_TIMEOUT : seconds(timeout));
        return new NativeCheck(document, configure(config, check, address));
    }

    /** Adds the target to the configuration, and returns the protocol that it needs; null for any. */
    private static @Nullable String configure(ObjectNode config, CheckDocument check, String address) {
        if (check.type() == CheckType.HTTP) {
            return configureHttp(config, check, CheckTarget.ofUrl(check.target(), address));
        }
        var target = CheckTarget.ofAuthority(check.target(), address);
        config.put("port", target.port());
        if (check.type() == CheckType.GRPC) {
            if (check.tls() && check.tlsSkipVerify()) {
                throw ConsulRefusals.invalidCheck("TLSSkipVerify is not supported for GRPC");
            }
            config.put("service", target.path()).put("tls", check.tls());
        }
        return null;
    }

    private static String configureHttp(ObjectNode config, CheckDocument check, CheckTarget target) {
        config.put("port", target.port())
                .put("path", target.path())
                .put("method", check.method())
                .put("expected_status", "2xx");
        if (check.tlsSkipVerify()) {
            config.put("tls_skip_verify", true);
        }
        if (!check.headers().isEmpty()) {
            var headers = config.putObject("headers");
            check.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        }
        return target.secure() ? "https" : "http";
    }

    private static int seconds(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(duration.toMillis(), 1_000L));
    }
}
