package dev.aicore.discovery.query.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** JSON whose numbers are the text that they were written as: two are equal if their texts are. */
sealed interface JsonTree {

    /** As JSON, without blanks. */
    String json();

    record Members(Map<String, JsonTree> byName) implements JsonTree {
        @Override
        public String json() {
            return byName.entrySet().stream()
                    .map(member ->
                            quoted(member.getKey()) + ":" + member.getValue().json())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    record Items(List<JsonTree> inOrder) implements JsonTree {
        @Override
        public String json() {
            return inOrder.stream().map(JsonTree::json).collect(Collectors.joining(",", "[", "]"));
        }
    }

    record Scalar(String json) implements JsonTree {}

    /** Of well-formed text. */
    static JsonTree of(String json) {
        try (var parser = Mapper.JSON.createParser(json)) {
            parser.nextToken();
            return read(parser);
        }
    }

    private static JsonTree read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, JsonTree>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                var items = new ArrayList<JsonTree>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield new Items(items);
            }
            case VALUE_STRING -> new Scalar(quoted(parser.getString()));
            default -> new Scalar(parser.getString());
        };
    }

    private static String quoted(String text) {
        return Mapper.JSON.writeValueAsString(text);
    }

    /** An interface has no private fields. */
    final class Mapper {
        private static final JsonMapper JSON = new JsonMapper();

        private Mapper() {}
    }
}
