package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.instance.HealthCheck;
import dev.aicore.discovery.command.probe.CheckRule;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Text;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code health_check} from the body of a request. */
final class HealthCheckForm {

    private static final Map<String, String> TYPES = choice("http", "tcp", "grpc", "script", "ttl");
    private static final Pattern STATUS_CLASS = Pattern.compile("[1-5]xx");
    private static final int LONGEST_INTERVAL = 86_400;
    private static final int LONGEST_TIMEOUT = 300;
    private static final int MOST_IN_A_ROW = 100;

    private final HealthCheckSettings settings;

    HealthCheckForm(HealthCheckSettings settings) {
        this.settings = settings;
    }

    /** The declared check, or null if there is none. */
    @Nullable
    HealthCheck readFrom(Fields fields) {
        var check = fields.objectOrNull("health_check");
        if (check == null) {
            return null;
        }
        var type = check.choice("check_type", TYPES);
        return new HealthCheck(
                type,
                check.integerOr("interval", 1, LONGEST_INTERVAL, WholeSeconds.of(settings.defaultInterval())),
                check.integerOr("timeout", 1, LONGEST_TIMEOUT, WholeSeconds.of(settings.timeout())),
                check.integerOr("failure_threshold", 1, MOST_IN_A_ROW, settings.failureThreshold()),
                check.integerOr("success_threshold", 1, MOST_IN_A_ROW, settings.successThreshold()),
                config(check, type));
    }

    private static Map<String, Object> config(Fields check, String type) {
        var config = type.equals("script") ? check.object("config") : check.objectOrNull("config");
        if (config == null) {
            return Map.of();
        }
        var read = new TreeMap<String, Object>();
        put(read, "type", config.choiceOrNull("type", Map.of(type, type)));
        switch (type) {
            case "http" -> {
                put(read, "path", config.textOrNull("path", CheckRule.PATH.text()));
                put(read, "method", config.textOrNull("method", CheckRule.METHOD.text()));
                put(read, "expected_status", expectedStatus(config));
                put(read, "headers", headers(config));
                put(read, "tls_skip_verify", config.boolOrNull("tls_skip_verify"));
            }
            case "grpc" -> {
                put(read, "service", config.textOrNull("service", Text.upTo(256)));
                put(read, "tls", config.boolOrNull("tls"));
            }
            case "script" -> put(read, "script", config.text("script", CheckRule.SCRIPT.text()));
            default -> {}
        }
        return read;
    }

    private static void put(Map<String, Object> read, String name, @Nullable Object value) {
        if (value != null) {
            read.put(name, value);
        }
    }

    private static @Nullable Map<String, String> headers(Fields config) {
        var headers = config.stringMapOrNull("headers", 16, 128, 1_024, 8 * 1024);
        if (headers == null) {
            return null;
        }
        var each = config.object("headers");
        headers.forEach((name, value) -> {
            each.allow(name);
            var rule = CheckRule.valueOf(name);
            if (!CheckRule.HEADER.allows(name)) {
                each.reject(name, "is no header that a check may send", CheckRule.HEADER.expected());
            } else if (!rule.allows(value)) {
                each.reject(name, "must be " + rule.expected(), rule.expected());
            }
        });
        // Equal declarations have equal JSON.
        return new TreeMap<>(headers);
    }

    private static @Nullable Object expectedStatus(Fields config) {
        var status = config.jsonOrNull("expected_status");
        if (status == null) {
            return null;
        }
        if (status.isArray() && !status.isEmpty() && status.size() <= 16) {
            var codes = status.valueStream()
                    .filter(HealthCheckForm::isStatus)
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
                "expected_status", "is no status", "100 to 599, a list of at most 16 of them, or a class such as 2xx");
        return null;
    }

    private static boolean isStatus(JsonNode node) {
        return node.isInt() && node.intValue() >= 100 && node.intValue() <= 599;
    }

    private static Map<String, String> choice(String... names) {
        return Arrays.stream(names).collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));
    }
}
