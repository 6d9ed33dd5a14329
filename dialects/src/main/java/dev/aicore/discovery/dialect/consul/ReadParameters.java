package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.consul.GoDuration.InvalidDurationException;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * Query parameters of a read. Parameters that have no meaning here are ignored, as in Consul.
 *
 * @param passing true for instances whose checks all pass
 * @param tags tags that all must match, regardless of case
 * @param filter filter as written; empty for none
 * @param index index after which a change must happen, to be compared as unsigned; 0 to answer at once
 * @param patience maximum time to wait for the change
 * @param at point in the past; null for the present
 */
record ReadParameters(
        boolean passing,
        List<String> tags,
        String filter,
        long index,
        Duration patience,
        @Nullable AsOfPoint at) {

    static final Duration DEFAULT_WAIT = Duration.ofMinutes(5);
    static final Duration MAX_WAIT = Duration.ofMinutes(10);

    /** Part of a wait that is added to it at most, so that clients don't return at the same time. */
    private static final int JITTER_PART = 16;

    private static final int MAX_TAGS = 64;

    /**
     * Parses the parameters.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if one is invalid
     */
    static ReadParameters of(ServerHttpRequest request, Caller caller, String datacenter) {
        var values = request.getQueryParams();
        requireDatacenter(values, datacenter);
        if (values.containsKey("stale") && values.containsKey("consistent")) {
            throw ConsulRefusals.invalid("Cannot specify ?stale with ?consistent, conflicting semantics.");
        }
        var tags = values.getOrDefault("tag", List.of()).stream()
                .filter(Objects::nonNull)
                .filter(tag -> !tag.isEmpty())
                .toList();
        if (tags.size() > MAX_TAGS) {
            throw ConsulRefusals.invalid("Too many tags: at most " + MAX_TAGS + " are allowed");
        }
        long index = index(text(values, "index"));
        var wait = patience(text(values, "wait"), caller);
        return new ReadParameters(
                passing(values), tags, text(values, "filter"), index, index == 0 ? Duration.ZERO : wait, at(values));
    }

    /** Returns the index as a signed number; one that no store reaches becomes the largest. */
    long after() {
        return index < 0 ? Long.MAX_VALUE : index;
    }

    /** Returns a copy that doesn't wait. */
    ReadParameters withoutWait() {
        return new ReadParameters(passing, tags, filter, 0, Duration.ZERO, at);
    }

    private static void requireDatacenter(MultiValueMap<String, String> values, String datacenter) {
        var wanted = text(values, "dc");
        if (!wanted.isEmpty() && !wanted.equals(datacenter)) {
            throw ConsulRefusals.noPath();
        }
        var namespace = text(values, "ns");
        if (!namespace.isEmpty() && !namespace.equals("default")) {
            throw ConsulRefusals.invalid(
                    "Invalid query parameter: \"ns\" - Namespaces are a Consul Enterprise feature");
        }
        var partition = text(values, "partition");
        if (!partition.isEmpty() && !partition.equals("default")) {
            throw ConsulRefusals.invalid(
                    "Invalid query parameter: \"partition\" - Partitions are a Consul Enterprise feature");
        }
    }

    private static boolean passing(MultiValueMap<String, String> values) {
        return values.containsKey("passing")
                && switch (text(values, "passing")) {
                    case "", "1", "t", "T", "true", "TRUE", "True" -> true;
                    case "0", "f", "F", "false", "FALSE", "False" -> false;
                    default -> throw ConsulRefusals.invalid("Invalid value for ?passing");
                };
    }

    private static long index(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
        } catch (NumberFormatException _) {
            throw ConsulRefusals.invalid("Invalid index");
        }
    }

    private static Duration patience(String text, Caller caller) {
        Duration wait;
        try {
            wait = text.isEmpty() ? DEFAULT_WAIT : GoDuration.parse(text);
        } catch (InvalidDurationException _) {
            throw ConsulRefusals.invalid("Invalid wait time");
        }
        if (wait.isNegative()) {
            throw ConsulRefusals.invalid("Invalid wait time");
        }
        if (wait.isZero()) {
            wait = DEFAULT_WAIT;
        }
        wait = wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
        long jitter = wait.toMillis() / JITTER_PART;
        return wait.plusMillis(Math.floorMod((long) caller.requestId().hashCode(), jitter + 1));
    }

    private static @Nullable AsOfPoint at(MultiValueMap<String, String> values) {
        var text = text(values, "at");
        if (text.isEmpty()) {
            return null;
        }
        var point = AsOfParser.parse(text);
        if (point == null) {
            throw ConsulRefusals.invalid("Invalid at: expected " + AsOfParser.EXPECTED);
        }
        return point;
    }

    private static String text(MultiValueMap<String, String> values, String name) {
        return Objects.requireNonNullElse(values.getFirst(name), "");
    }
}
