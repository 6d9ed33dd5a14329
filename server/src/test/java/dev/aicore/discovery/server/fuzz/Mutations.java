package dev.aicore.discovery.server.fuzz;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Bodies that are almost right. */
final class Mutations {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Hostile hostile;

    Mutations(Hostile hostile) {
        this.hostile = hostile;
    }

    String of(String json) {
        return switch (hostile.below(10)) {
            case 0 -> hostile.json();
            case 1 -> json.substring(0, hostile.below(json.length() + 1));
            case 2 -> json + hostile.one(List.of("}", ",", "{}", "\u0000", " //"));
            case 3 -> "{\"big\":\"" + "x".repeat(70_000) + "\"}";
            default -> changed(json);
        };
    }

    private String changed(String json) {
        JsonNode root = MAPPER.readTree(json);
        if (!(root instanceof ObjectNode object) || object.isEmpty()) {
            return hostile.json();
        }
        for (int times = 1 + hostile.below(3); times > 0; times--) {
            change(object);
        }
        return MAPPER.writeValueAsString(object);
    }

    private void change(ObjectNode object) {
        var names = List.copyOf(object.propertyNames());
        if (names.isEmpty() || hostile.chance(0.1)) {
            object.putRawValue(hostile.text(), new RawValue(hostile.json()));
            return;
        }
        var name = hostile.one(names);
        if (object.get(name) instanceof ObjectNode inner && hostile.chance(0.6)) {
            change(inner);
        } else if (hostile.chance(0.2)) {
            object.remove(name);
        } else {
            object.putRawValue(name, new RawValue(hostile.json()));
        }
    }
}
