package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaDataCenter;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaLease;
import dev.aicore.discovery.dialect.eureka.EurekaInstance.EurekaPort;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses the body of a registration, in the order of checks and with the messages of Eureka's server. */
final class EurekaDocumentParser {

    private static final String CLASS = "@class";
    private static final Set<String> DATA_CENTERS = Set.of("MyOwn", "Netflix", "Amazon");
    private static final int MAX_PORT = 65_535;

    private final String app;
    private final JsonNode instance;
    private final long nowMillis;

    private EurekaDocumentParser(String app, JsonNode instance, long nowMillis) {
        this.app = app.toUpperCase(Locale.ROOT);
        this.instance = instance;
        this.nowMillis = nowMillis;
    }

    /**
     * Parses a document.
     *
     * @param app application in the path, in any case
     * @param document {@code {"instance": {…}}}
     * @param nowMillis present time in epoch milliseconds, for members that were not sent
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed}; its detail is the body of
     *     Eureka's answer
     */
    static EurekaInstance parse(String app, JsonNode document, long nowMillis) {
        if (!(document.get("instance") instanceof ObjectNode instance)) {
            throw EurekaErrors.invalid("The body has no instance.");
        }
        return new EurekaDocumentParser(app, instance, nowMillis).parse();
    }

    private EurekaInstance parse() {
        var instanceId = nonEmpty(text(instance, "instanceId"));
        var givenHostName = nonEmpty(text(instance, "hostName"));
        var dataCenter = instance.get("dataCenterInfo");
        if (instanceId == null && givenHostName == null && !hasAmazonId(dataCenter)) {
            throw EurekaErrors.invalid("Missing instanceId");
        }
        var hostName = require(givenHostName, "Missing hostname");
        var ipAddress = require(nonEmpty(text(instance, "ipAddr")), "Missing ip address");
        var named = require(nonEmpty(text(instance, "app")), "Missing appName");
        if (!app.equals(named.toUpperCase(Locale.ROOT))) {
            throw EurekaErrors.invalid(
                    "Mismatched appName, expecting " + app + " but was " + named.toUpperCase(Locale.ROOT));
        }
        var port = port("port", EurekaPort.DEFAULT);
        var securePort = port("securePort", EurekaPort.DEFAULT_SECURE);
        return new EurekaInstance(
                app,
                instanceId,
                hostName,
                ipAddress,
                port,
                securePort,
                EurekaStatus.parse(instance.hasNonNull("status") ? text(instance, "status") : EurekaStatus.UP.name()),
                EurekaStatus.parse(overridden()),
                number(instance, "countryId", 0, Integer.MAX_VALUE, 1),
                dataCenter(dataCenter),
                lease(),
                metadata(instance.get("metadata")),
                texts(),
                nowMillis,
                lastDirty());
    }

    private @Nullable String overridden() {
        var usual = text(instance, "overriddenStatus");
        return usual == null ? text(instance, "overriddenstatus") : usual;
    }

    private static boolean hasAmazonId(@Nullable JsonNode dataCenter) {
        return dataCenter != null && nonEmpty(text(dataCenter.path("metadata"), "instance-id")) != null;
    }

    private static EurekaDataCenter dataCenter(@Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            throw EurekaErrors.invalid("Missing dataCenterInfo");
        }
        if (!given.isObject()) {
            throw EurekaErrors.invalid("The dataCenterInfo is not an object.");
        }
        var name = require(nonEmpty(text(given, "name")), "Missing dataCenterInfo Name");
        if (!DATA_CENTERS.contains(name)) {
            throw EurekaErrors.invalid("Unknown dataCenterInfo name '" + name + "'");
        }
        var className = nonEmpty(text(given, CLASS));
        return new EurekaDataCenter(
                name,
                className == null ? EurekaDataCenter.defaultClass(name) : className,
                metadata(given.get("metadata")));
    }

    private EurekaLease lease() {
        var given = instance.path("leaseInfo");
        return new EurekaLease(
                number(given, "renewalIntervalInSecs", 1, Integer.MAX_VALUE, EurekaLease.DEFAULT_RENEWAL_INTERVAL),
                number(given, "durationInSecs", 1, Integer.MAX_VALUE, EurekaLease.DEFAULT_DURATION),
                nowMillis,
                nowMillis);
    }

    private long lastDirty() {
        var given = text(instance, "lastDirtyTimestamp");
        return given == null || given.isEmpty() ? nowMillis : timestamp(given);
    }

    /**
     * Parses a timestamp in epoch milliseconds.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} if it isn't a number
     */
    static long timestamp(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw EurekaErrors.invalid("The lastDirtyTimestamp is not a number.");
        }
    }

    /** Reads a port, which is an object with {@code $} and {@code @enabled}. */
    private EurekaPort port(String member, EurekaPort fallback) {
        var given = instance.get(member);
        if (given == null || given.isNull()) {
            return fallback;
        }
        if (!given.isObject()) {
            throw EurekaErrors.invalid("The " + member + " is not an object with a port as $.");
        }
        var enabled = text(given, "@enabled");
        return new EurekaPort(
                number(given, "$", 0, MAX_PORT, fallback.number()),
                enabled == null ? fallback.enabled() : Boolean.parseBoolean(enabled));
    }

    private static int number(JsonNode of, String member, int min, int max, int fallback) {
        var text = text(of, member);
        if (text == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw EurekaErrors.invalid("The value of " + member + " is not a number from " + min + " to " + max + ".");
    }

    private static Map<String, String> metadata(@Nullable JsonNode given) {
        var metadata = new LinkedHashMap<String, String>();
        if (given == null || !given.isObject()) {
            return metadata;
        }
        for (var entry : given.properties()) {
            var value = scalar(entry.getValue());
            if (value != null && !entry.getKey().equals(CLASS)) {
                metadata.put(entry.getKey(), value);
            }
        }
        return metadata;
    }

    private Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        for (var member : EurekaMetadata.TEXT_MEMBERS.keySet()) {
            var value = text(instance, member);
            if (value != null) {
                texts.put(member, value);
            }
        }
        return texts;
    }

    private static @Nullable String text(JsonNode of, String member) {
        var value = of.get(member);
        return value == null ? null : scalar(value);
    }

    private static @Nullable String scalar(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static String require(@Nullable String value, String message) {
        if (value == null) {
            throw EurekaErrors.invalid(message);
        }
        return value;
    }
}
