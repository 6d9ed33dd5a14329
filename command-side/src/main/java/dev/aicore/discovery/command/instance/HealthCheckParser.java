package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.command.instance.DeclarationParser.DurationRounding;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.healthchecks.probe.CheckFieldRule;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.TextConstraint;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Parses the field {@code health_check} in the body of a request. */
final class HealthCheckParser {

    private static final Choices<String> TYPES =
            Choices.ofNames("http", "tcp", "grpc", "script", HealthCheck.TTL, HealthCheck.NONE, HealthCheck.COMPOSITE);
    private static final Choices<String> COMPONENT_TYPES =
            Choices.ofNames("http", "tcp", "grpc", "script", HealthCheck.TTL);
    private static final Set<String> TARGETED = Set.of("http", "tcp", "grpc");
    private static final Pattern STATUS_CLASS = Pattern.compile("[1-5]xx");
    private static final int MAX_INTERVAL = 86_400;
    private static final int MAX_TIMEOUT = 300;
    private static final int MAX_THRESHOLD = 100;
    private static final int MAX_DEREGISTER_AFTER = 365 * 86_400;

    private final HealthCheckSettings settings;
    private final ComponentCheckParser components = new ComponentCheckParser(this::component);

    HealthCheckParser(HealthCheckSettings settings) {
        this.settings = settings;
    }

    /** Returns the declared check; null if there is none. */
    @Nullable
    HealthCheck readFrom(JsonFields jsonFields) {
        var check = jsonFields.objectOrNull("health_check");
        return check == null ? null : read(check, TYPES);
    }

    /** Returns one of several checks. */
    private HealthCheck component(JsonFields component) {
        return read(component, COMPONENT_TYPES);
    }

    private HealthCheck read(JsonFields check, Choices<String> types) {
        var type = check.choice("check_type", types);
        return new HealthCheck(
                type,
                check.integerOr("interval", 1, MAX_INTERVAL, DurationRounding.of(settings.defaultInterval())),
                check.integerOr("timeout", 1, MAX_TIMEOUT, DurationRounding.of(settings.timeout())),
                check.integerOr("failure_threshold", 1, MAX_THRESHOLD, settings.failureThreshold()),
                check.integerOr("success_threshold", 1, MAX_THRESHOLD, settings.successThreshold()),
                config(check, type));
    }

    private Map<String, Object> config(JsonFields check, String type) {
        boolean required = type.equals("script") || type.equals(HealthCheck.COMPOSITE);
        var config = required ? check.object("config") : check.objectOrNull("config");
        if (config == null) {
            return Map.of();
        }
        var read = new TreeMap<String, Object>();
        put(read, "type", config.choiceOrNull("type", Choices.ofNames(type)));
        if (!type.equals(HealthCheck.NONE)) {
            put(
                    read,
                    HealthCheck.DEREGISTER_AFTER,
                    config.integerOrNull(HealthCheck.DEREGISTER_AFTER, 0, MAX_DEREGISTER_AFTER));
        }
        if (TARGETED.contains(type)) {
            put(read, "port", config.integerOrNull("port", 1, 65_535));
        }
        switch (type) {
            case "http" -> {
                put(read, "path", config.textOrNull("path", CheckFieldRule.PATH.text()));
                put(read, "method", config.textOrNull("method", CheckFieldRule.METHOD.text()));
                put(read, "expected_status", expectedStatus(config));
                put(read, "headers", headers(config));
                put(read, "tls", config.boolOrNull("tls"));
                put(read, "tls_skip_verify", config.boolOrNull("tls_skip_verify"));
            }
            case "grpc" -> {
                put(read, "service", config.textOrNull("service", TextConstraint.upTo(256)));
                put(read, "tls", config.boolOrNull("tls"));
            }
            case HealthCheck.COMPOSITE -> put(read, CompositeCheck.CHECKS, components.readFrom(config));
            case "script" -> put(read, "script", config.text("script", CheckFieldRule.SCRIPT.text()));
            default -> {}
        }
        return read;
    }

    private static void put(Map<String, Object> read, String name, @Nullable Object value) {
        if (value != null) {
            read.put(name, value);
        }
    }

    private static @Nullable Map<String, String> headers(JsonFields config) {
        var headers = config.stringMapOrNull("headers", 16, 128, 1_024, 8 * 1024);
        if (headers == null) {
            return null;
        }
        var each = config.object("headers");
        headers.forEach((name, value) -> {
            each.allow(name);
            var rule = CheckFieldRule.valueOf(name);
            if (!CheckFieldRule.HEADER.allows(name)) {
                each.reject(name, "is not a header that a check may send", CheckFieldRule.HEADER.expected());
            } else if (!rule.allows(value)) {
                each.reject(name, "must be " + rule.expected(), rule.expected());
            }
        });
        // Sorted, so that equal declarations have equal JSON.
        return new TreeMap<>(headers);
    }

    private static @Nullable Object expectedStatus(JsonFields config) {
        var status = config.jsonOrNull("expected_status");
        if (status == null) {
            return null;
        }
        if (status.isArray() && !status.isEmpty() && status.size() <= 16) {
            var codes = status.valueStream()
                    .filter(HealthCheckParser::isStatus)
                    .map(JsonNode::intValue)
                    .toList();
            if (codes.size() == status.size()) {
                return codes;
            }
        } else if (isStatus(status)) {
            return status.intValue();
        } else if (status.isString()
                && STATUS_CLASS.matcher(status.stringValue()).matches()) {
            return status.stringValue();
        }
        config.reject(
                "expected_status", "is not valid", "100 to 599, a list of at most 16 of them, or a class such as 2xx");
        return null;
    }

    private static boolean isStatus(JsonNode node) {
        return node.isInt() && node.intValue() >= 100 && node.intValue() <= 599;
    }
}
