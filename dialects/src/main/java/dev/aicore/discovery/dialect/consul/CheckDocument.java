package dev.aicore.discovery.dialect.consul;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Check as a Consul client declares it, with what the check says about its result.
 *
 * @param id id that the client gave; empty if it gave none
 * @param name empty if the client gave none
 * @param status initial status, in lower case; empty if the client gave none
 * @param type kind of the check
 * @param target URL of an HTTP check, {@code host:port} of a TCP check, {@code host:port/service} of a gRPC check;
 *     empty for a TTL check
 * @param period TTL of a TTL check, interval of the others; positive
 * @param timeout null for the default
 * @param deregisterAfter time after which a critical instance is removed; null if it stays listed
 */
record CheckDocument(
        String id,
        String name,
        String notes,
        String status,
        CheckType type,
        String target,
        Duration period,
        @Nullable Duration timeout,
        @Nullable Duration deregisterAfter,
        int successesNeeded,
        int failuresNeeded,
        String method,
        Map<String, List<String>> headers,
        boolean tls,
        boolean tlsSkipVerify) {

    private static final Duration MIN_DEREGISTER_AFTER = Duration.ofMinutes(1);
    private static final List<String> STATUSES = List.of("", "passing", "warning", "critical");
    private static final List<String> UNSUPPORTED = List.of(
            "Args",
            "ScriptArgs",
            "DockerContainerID",
            "Shell",
            "AliasNode",
            "AliasService",
            "UDP",
            "H2PING",
            "OSService",
            "Body");

    /** Kind of a check. */
    enum CheckType {
        TTL,
        HTTP,
        TCP,
        GRPC
    }

    /**
     * Parses a check.
     *
     * @param fields fields of the check; those of an enclosing document that aren't the check's must be read already
     * @return null if nothing but the name, the notes and the like is given, which stands for no check
     * @throws dev.aicore.discovery.api.error.RegistryException if the check is invalid
     */
    static @Nullable CheckDocument of(DocumentFields fields) {
        var id = fields.text("CheckID");
        var name = fields.text("Name");
        var notes = fields.text("Notes");
        var status = fields.text("Status");
        var http = fields.text("HTTP");
        var tcp = fields.text("TCP");
        var grpc = fields.text("GRPC");
        var interval = fields.duration("Interval");
        var ttl = fields.duration("TTL");
        var timeout = fields.duration("Timeout");
        var deregisterAfter = fields.duration("DeregisterCriticalServiceAfter");
        int successes = count(fields, "SuccessBeforePassing");
        int failures = count(fields, "FailuresBeforeCritical");
        fields.integer("FailuresBeforeWarning");
        fields.integer("OutputMaxSize");
        fields.text("TLSServerName");
        var method = fields.text("Method");
        var headers = fields.textsMap("Header");
        boolean grpcTls = fields.flag("GRPCUseTLS");
        boolean skipVerify = fields.flag("TLSSkipVerify");
        UNSUPPORTED.forEach(unsupported -> requireAbsent(fields, unsupported));
        fields.rejectUnknown();
        if (!STATUSES.contains(status)) {
            throw ConsulRefusals.invalid("Invalid check status: '" + status + "'");
        }
        var targets = List.of(http, tcp, grpc).stream()
                .filter(target -> !target.isEmpty())
                .toList();
        if (targets.isEmpty() && interval == null && ttl == null) {
            if (status.isEmpty()) {
                return null;
            }
            throw ConsulRefusals.invalidCheck("TTL must be > 0 for TTL checks");
        }
        var type = type(targets.size(), http, tcp, interval, ttl);
        return new CheckDocument(
                id,
                name,
                notes,
                status,
                type,
                targets.isEmpty() ? "" : targets.getFirst(),
                positive(type == CheckType.TTL ? ttl : interval, type),
                timeout == null || timeout.isZero() || timeout.isNegative() ? null : timeout,
                atLeastMinimum(deregisterAfter),
                successes,
                failures,
                method.isEmpty() ? "GET" : method,
                headers,
                grpcTls,
                skipVerify);
    }

    /** Returns a copy with another id. */
    CheckDocument withId(String other) {
        return new CheckDocument(
                other,
                name,
                notes,
                status,
                type,
                target,
                period,
                timeout,
                deregisterAfter,
                successesNeeded,
                failuresNeeded,
                method,
                headers,
                tls,
                tlsSkipVerify);
    }

    private static CheckType type(
            int targets, String http, String tcp, @Nullable Duration interval, @Nullable Duration ttl) {
        if (targets > 1) {
            throw ConsulRefusals.invalidCheck("only one of HTTP, TCP and GRPC may be given");
        }
        if (ttl != null && (interval != null || targets > 0)) {
            throw ConsulRefusals.invalidCheck("Interval and TTL cannot both be specified");
        }
        if (targets == 0 && interval != null) {
            throw ConsulRefusals.invalidCheck("Interval is given, but none of HTTP, TCP and GRPC");
        }
        if (targets > 0 && interval == null) {
            throw ConsulRefusals.invalidCheck("Interval must be > 0 for Script, HTTP, or TCP checks");
        }
        return targets == 0
                ? CheckType.TTL
                : !http.isEmpty() ? CheckType.HTTP : !tcp.isEmpty() ? CheckType.TCP : CheckType.GRPC;
    }

    private static Duration positive(@Nullable Duration period, CheckType type) {
        if (period == null || period.isZero() || period.isNegative()) {
            throw ConsulRefusals.invalidCheck(
                    type == CheckType.TTL
                            ? "TTL must be > 0 for TTL checks"
                            : "Interval must be > 0 for Script, HTTP, or TCP checks");
        }
        return period;
    }

    private static @Nullable Duration atLeastMinimum(@Nullable Duration after) {
        if (after == null || after.isZero() || after.isNegative()) {
            return null;
        }
        return after.compareTo(MIN_DEREGISTER_AFTER) < 0 ? MIN_DEREGISTER_AFTER : after;
    }

    private static int count(DocumentFields fields, String name) {
        var count = fields.integer(name);
        return count == null || count < 1 ? 1 : count;
    }

    private static void requireAbsent(DocumentFields fields, String name) {
        var value = fields.value(name);
        if (value != null && !isEmpty(value)) {
            throw ConsulRefusals.invalidCheck(name + " is not supported; use TTL, HTTP, TCP or GRPC");
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainer()
                ? value.isEmpty()
                : value.isString() && value.stringValue().isEmpty();
    }
}
