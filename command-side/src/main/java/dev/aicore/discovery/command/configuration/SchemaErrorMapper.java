package dev.aicore.discovery.command.configuration;

import com.networknt.schema.Error;
import dev.aicore.discovery.api.error.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is wrong with a value, as problems tell it. */
final class SchemaErrorMapper {

    private static final int MAX_LENGTH = 200;

    private SchemaErrorMapper() {}

    /** @param whose what the keyword's place is called; null to leave it out */
    static FieldError toFieldError(Error error, @Nullable String whose) {
        var path = String.valueOf(error.getInstanceLocation());
        var field = path.equals("$") ? "body" : path.startsWith("$.") ? path.substring(2) : path.substring(1);
        var location = error.getSchemaLocation();
        return new FieldError(
                cut(field),
                cut(withoutPath(String.valueOf(error.getMessage()))),
                shown(error.getInstanceNode()),
                whose == null || location == null ? null : cut(whose + location));
    }

    /** The library's sentences begin with the path, and ours end what begins with it. */
    private static String withoutPath(String message) {
        int end = message.startsWith("$") ? message.indexOf(": ") : -1;
        return end < 0 ? message : message.substring(end + 2);
    }

    private static @Nullable Object shown(@Nullable JsonNode node) {
        if (node == null || node.isContainer() || node.isNull()) {
            return null;
        }
        return node.isBoolean() ? (Object) node.booleanValue() : cut(node.asString());
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + '…';
    }
}
