package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses JSON without ambiguity: strict UTF-8, no duplicate names, nothing after the end, bounded depth and number of
 * values. Builds the tree from Jackson's tokens: Jackson's own checks of duplicates and of the number of tokens throw
 * errors without the path and the value that an answer names.
 */
public final class StrictJsonParser {
    static final int MAX_DEPTH = 32;
    /** Maximum number of values in all: a tree of values needs a hundred times the memory of its text. */
    static final int MAX_VALUES = 20_000;

    private static final int MAX_NUMBER_LENGTH = 40;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(4096)
                            .build())
                    .build())
            .build();

    private final String text;
    private int values;

    private StrictJsonParser(String text) {
        this.text = text;
    }

    /**
     * Parses exactly one JSON value.
     *
     * @throws RegistryException {@code malformed_json} if the bytes aren't one JSON value
     */
    public static JsonNode read(byte[] bytes) {
        return new StrictJsonParser(decode(bytes)).read();
    }

    private JsonNode read() {
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() == null) {
                throw malformed("is empty", "", "a JSON object");
            }
            JsonNode value = value(parser, FieldPath.of(""));
            int end = (int) parser.currentLocation().getCharOffset();
            if (parser.nextToken() != null) {
                throw malformed(
                        "continues after the end of its JSON value",
                        text.substring(end).strip(),
                        "nothing");
            }
            return value;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private JsonNode value(JsonParser parser, FieldPath fieldPath) {
        if (++values > MAX_VALUES) {
            throw malformed("has too many values", text, "at most " + MAX_VALUES + " values");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, fieldPath);
            case START_ARRAY -> array(parser, fieldPath);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw malformed("has an unexpected " + token, "", "a JSON value");
        };
    }

    private ObjectNode object(JsonParser parser, FieldPath fieldPath) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            FieldPath at = fieldPath.field(name);
            parser.nextToken();
            JsonNode value = value(parser, at);
            if (object.has(name)) {
                String shown = DisplayText.abbreviate(at.toString());
                throw new RegistryException(
                        ErrorCode.MALFORMED_JSON,
                        "The name " + shown + " is given twice.",
                        new FieldError(
                                shown,
                                "is given twice",
                                DisplayText.abbreviate(value.toString()),
                                "each name at most once"));
            }
            object.set(name, value);
        }
        return object;
    }

    private ArrayNode array(JsonParser parser, FieldPath fieldPath) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, fieldPath.element(array.size())));
        }
        return array;
    }

    private RegistryException malformed(JacksonException e) {
        int offset = Math.clamp(e.getLocation() == null ? 0 : e.getLocation().getCharOffset(), 0, text.length());
        // The parser's own message names classes and settings, so the position is shown instead.
        String near = text.substring(Math.max(0, offset - 20), Math.min(text.length(), offset + 20));
        String where = "is not well-formed near character " + offset;
        return malformed(where, near, "one JSON value, at most " + MAX_DEPTH + " levels deep");
    }

    private static RegistryException malformed(String message, String rejected, String expected) {
        return new RegistryException(
                ErrorCode.MALFORMED_JSON,
                "The body " + message + ".",
                new FieldError("body", message, DisplayText.abbreviate(rejected), expected));
    }

    private static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int at = in.position();
            throw malformed(
                    "is not valid UTF-8 at byte " + at, "0x%02X".formatted(bytes[at] & 0xff), "text encoded as UTF-8");
        }
        return out.flip().toString();
    }
}
