package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.dialect.consul.CheckDocument.CheckType;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Translates a registration to the document that the REST API takes, which then validates it. */
final class RegistrationTranslator {

    /** Port of an instance that was registered without one: tcpmux, on which nothing listens. */
    static final int NO_PORT = 1;

    private static final int MAX_VALUE = 1_024;
    private static final List<String> RESULT_KEYS =
            List.of(ConsulMetadata.STATUS, ConsulMetadata.OUTPUT, ConsulMetadata.REASON);

    private RegistrationTranslator() {}

    /**
     * Returns the native document.
     *
     * @param id native id
     * @param sourceAddress address of the client, which is the instance's if the registration names none
     * @param present the instance as it is registered already, whose last check result is kept; null if it isn't
     * @throws dev.aicore.discovery.api.error.RegistryException if the registry can't hold the instance
     */
    static ObjectNode toNative(
            RegistrationDocument service, String id, String sourceAddress, @Nullable InstanceView present) {
        var checks = service.checks();
        var address = service.address().isEmpty() ? sourceAddress : service.address();
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", service.name())
                .put("address", address)
                .put("port", service.port() == 0 ? NO_PORT : service.port())
                .put("protocol", protocol(service))
                .put("version", shortText(service.meta().get("version")))
                .put("zone", shortText(service.meta().get("zone")))
                .put("ttl", CheckSetTranslator.ttl(checks))
                .put("initial_status", isInitiallyHealthy(checks) ? "healthy" : "starting");
        if (service.passingWeight() != null) {
            document.put("weight", service.passingWeight());
        }
        document.set("health_check", CheckSetTranslator.toNative(checks, service.id(), address));
        var tags = document.putArray("tags");
        service.tags().forEach(tags::add);
        var metadata = document.putObject("metadata");
        service.meta().forEach(metadata::put);
        putOwn(metadata, service);
        if (present != null) {
            keepResult(metadata, present.metadata());
        }
        return document;
    }

    private static boolean isInitiallyHealthy(List<CheckDocument> checks) {
        return checks.stream()
                .allMatch(check ->
                        check.status().equals("passing") || check.status().equals(ConsulMetadata.WARNING));
    }

    /** Returns the scheme of the first HTTP check; without such a check, what the metadata says. */
    private static String protocol(RegistrationDocument service) {
        boolean secure = service.checks().stream()
                .filter(check -> check.type() == CheckType.HTTP)
                .findFirst()
                .map(check -> check.target().toLowerCase(Locale.ROOT).startsWith("https:"))
                .orElseGet(() -> "true".equals(service.meta().get("secure")));
        return secure ? "https" : "http";
    }

    /** Returns a text that fits the native field of the same name, which holds 128 characters; else an empty one. */
    private static String shortText(@Nullable String text) {
        return text == null || text.length() > 128 ? "" : text;
    }

    private static void putOwn(ObjectNode metadata, RegistrationDocument service) {
        metadata.put(ConsulMetadata.ID, service.id());
        if (service.address().isEmpty()) {
            metadata.put(ConsulMetadata.ADDRESS, "");
        }
        if (service.port() == 0) {
            metadata.put(ConsulMetadata.PORT, "0");
        }
        if (!service.rest().isEmpty()) {
            metadata.put(ConsulMetadata.SERVICE, json("service", service.rest()));
        }
        if (CheckSetTranslator.isSingle(service.checks())) {
            putCheck(metadata, service.checks().getFirst());
        }
    }

    /** Adds the metadata of an only check: what the native check doesn't contain. */
    static void putCheck(ObjectNode metadata, CheckDocument check) {
        var rest = JsonNodeFactory.instance.objectNode();
        Map.of("CheckID", check.id(), "Name", check.name(), "Notes", check.notes())
                .forEach((name, text) -> {
                    if (!text.isEmpty()) {
                        rest.put(name, text);
                    }
                });
        if (!rest.isEmpty()) {
            metadata.put(ConsulMetadata.CHECK, json("check", rest));
        }
        if (check.status().equals(ConsulMetadata.WARNING)) {
            metadata.put(ConsulMetadata.STATUS, ConsulMetadata.WARNING);
        }
    }

    private static void keepResult(ObjectNode metadata, Map<String, String> present) {
        for (var key : RESULT_KEYS) {
            metadata.remove(key);
            var value = present.get(key);
            if (value != null) {
                metadata.put(key, value);
            }
        }
    }

    private static String json(String what, ObjectNode node) {
        var json = Objects.requireNonNull(ApiJson.mapper().writeValueAsString(node));
        if (json.length() > MAX_VALUE) {
            throw ConsulRefusals.invalid("The " + what + " has " + json.length()
                    + " characters in fields that the registry only keeps; at most " + MAX_VALUE + " are allowed");
        }
        return json;
    }
}
