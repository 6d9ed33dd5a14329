package dev.aicore.discovery.web.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Parsed JSON that keeps each number's original text; two numbers are equal if their texts are equal. */
sealed interface RawJson {

    /** Returns the value as JSON without whitespace. */
    String json();

    record Members(Map<String, RawJson> byName) implements RawJson {
        @Override
        public String json() {
            return byName.entrySet().stream()
                    .map(member ->
                            quoted(member.getKey()) + ":" + member.getValue().json())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    record Items(List<RawJson> inOrder) implements RawJson {
        @Override
        public String json() {
            return inOrder.stream().map(RawJson::json).collect(Collectors.joining(",", "[", "]"));
        }
    }

    record Scalar(String json) implements RawJson {}

    /** Parses well-formed JSON. */
    static RawJson of(String json) {
        try (var parser = Mapper.JSON.createParser(json)) {
            parser.nextToken();
            return read(parser);
        }
    }

    private static RawJson read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, RawJson>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                var items = new ArrayList<RawJson>();
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

    /** Holds the mapper, because an interface can't have private fields. */
    final class Mapper {
        private static final JsonMapper JSON = new JsonMapper();

        private Mapper() {}
    }
}
