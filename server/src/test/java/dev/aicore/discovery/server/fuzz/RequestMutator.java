package dev.aicore.discovery.server.fuzz;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Creates bodies that are almost valid. */
final class RequestMutator {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HostileValues hostileValues;

    RequestMutator(HostileValues hostileValues) {
        this.hostileValues = hostileValues;
    }

    String of(String json) {
        return switch (hostileValues.below(10)) {
            case 0 -> hostileValues.json();
            case 1 -> json.substring(0, hostileValues.below(json.length() + 1));
            case 2 -> json + hostileValues.one(List.of("}", ",", "{}", "\u0000", " //"));
            case 3 -> "{\"big\":\"" + "x".repeat(70_000) + "\"}";
            default -> changed(json);
        };
    }

    private String changed(String json) {
        JsonNode root = MAPPER.readTree(json);
        if (!(root instanceof ObjectNode object) || object.isEmpty()) {
            return hostileValues.json();
        }
        for (int times = 1 + hostileValues.below(3); times > 0; times--) {
            change(object);
        }
        return MAPPER.writeValueAsString(object);
    }

    private void change(ObjectNode object) {
        var names = List.copyOf(object.propertyNames());
        if (names.isEmpty() || hostileValues.chance(0.1)) {
            object.putRawValue(hostileValues.text(), new RawValue(hostileValues.json()));
            return;
        }
        var name = hostileValues.one(names);
        if (object.get(name) instanceof ObjectNode inner && hostileValues.chance(0.6)) {
            change(inner);
        } else if (hostileValues.chance(0.2)) {
            object.remove(name);
        } else {
            object.putRawValue(name, new RawValue(hostileValues.json()));
        }
    }
}
