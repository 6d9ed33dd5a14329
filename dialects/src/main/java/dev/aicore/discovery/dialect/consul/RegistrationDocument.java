package dev.aicore.discovery.dialect.consul;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Registration of a service instance as a Consul client sends it.
 *
 * @param id the name if the client gave none
 * @param address empty if the client gave none
 * @param port 0 if the client gave none
 * @param passingWeight 1 to 65535; null if the client gave none
 * @param rest fields that native instances don't have, in the spelling of Consul; empty if there are none
 * @param checks in the order of the document
 */
record RegistrationDocument(
        String id,
        String name,
        String address,
        int port,
        List<String> tags,
        Map<String, String> meta,
        @Nullable Integer passingWeight,
        ObjectNode rest,
        List<CheckDocument> checks) {

    private static final Pattern META_KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final int MAX_META_VALUE = 512;
    private static final int MAX_WEIGHT = 65_535;

    /** Fields that are kept and given back as they came. */
    private static final List<String> KEPT =
            List.of("Kind", "Proxy", "Connect", "TaggedAddresses", "SocketPath", "Locality");

    /**
     * Parses a registration.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if it is invalid
     */
    static RegistrationDocument of(JsonNode body) {
        var fields = new DocumentFields(body);
        var name = fields.text("Name");
        var id = fields.text("ID");
        var rest = rest(fields);
        var port = fields.integer("Port");
        var document = new RegistrationDocument(
                id.isEmpty() ? name : id,
                name,
                fields.text("Address"),
                port == null ? 0 : port,
                fields.texts("Tags"),
                meta(fields.textMap("Meta")),
                weights(fields, rest),
                rest,
                checks(fields));
        // Taken without effect: the registry has no namespaces, partitions and tokens of services.
        for (var ignored : List.of("Namespace", "Partition", "Token", "Datacenter")) {
            fields.value(ignored);
        }
        fields.rejectUnknown();
        if (name.isEmpty()) {
            throw ConsulRefusals.invalid("Missing service name");
        }
        if (document.port() < 0 || document.port() > 65_535) {
            throw ConsulRefusals.invalid("Invalid port " + document.port() + ": must be between 0 and 65535");
        }
        return document;
    }

    private static List<CheckDocument> checks(DocumentFields fields) {
        var checks = new ArrayList<CheckDocument>();
        add(checks, fields.object("Check"));
        fields.elements("Checks").forEach(check -> add(checks, check));
        return List.copyOf(checks);
    }

    private static void add(List<CheckDocument> checks, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return;
        }
        var check = CheckDocument.of(new DocumentFields(node));
        if (check != null) {
            checks.add(check);
        }
    }

    private static Map<String, String> meta(Map<String, String> meta) {
        meta.forEach((key, value) -> {
            if (!META_KEY.matcher(key).matches()) {
                throw ConsulRefusals.invalid(
                        "Invalid Service Meta: Key '" + key + "' must have 1 to 128 characters of A-Z a-z 0-9 _ and -");
            }
            if (value.length() > MAX_META_VALUE) {
                throw ConsulRefusals.invalid("Invalid Service Meta: Value of '" + key + "' is too long (limit: "
                        + MAX_META_VALUE + " characters)");
            }
        });
        return meta;
    }

    private static ObjectNode rest(DocumentFields fields) {
        var rest = JsonNodeFactory.instance.objectNode();
        for (var name : KEPT) {
            var value = fields.value(name);
            if (value != null && !(value.isContainer() && value.isEmpty())) {
                rest.set(name, value);
            }
        }
        if (fields.flag("EnableTagOverride")) {
            rest.put("EnableTagOverride", true);
        }
        return rest;
    }

    /** Returns the weight of a passing instance, and keeps that of a warning one. */
    private static @Nullable Integer weights(DocumentFields fields, ObjectNode rest) {
        var object = fields.object("Weights");
        if (object == null) {
            return null;
        }
        var weights = new DocumentFields(object);
        var passing = weights.integer("Passing");
        var warning = weights.integer("Warning");
        weights.rejectUnknown();
        if (passing == null || passing < 1 || passing > MAX_WEIGHT) {
            throw ConsulRefusals.invalid("Invalid Weights: Passing must be between 1 and " + MAX_WEIGHT);
        }
        if (warning != null && (warning < 0 || warning > MAX_WEIGHT)) {
            throw ConsulRefusals.invalid("Invalid Weights: Warning must be between 0 and " + MAX_WEIGHT);
        }
        if (warning != null && warning != 1) {
            rest.putObject("Weights").put("Warning", warning);
        }
        return passing;
    }
}
