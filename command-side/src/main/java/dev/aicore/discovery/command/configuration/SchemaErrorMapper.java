package dev.aicore.discovery.command.configuration;

import com.networknt.schema.Error;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.command.configuration.CostLimitedRegex.UnusablePattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Maps the library's validation errors, and patterns that can't be evaluated, to field errors. */
final class SchemaErrorMapper {

    private static final int MAX_LENGTH = 200;

    private SchemaErrorMapper() {}

    /**
     * Maps an error.
     *
     * @param schemaOwner prefix of the keyword's location in the error; null to omit the location
     */
    static FieldError toFieldError(Error error, @Nullable String schemaOwner) {
        var path = String.valueOf(error.getInstanceLocation());
        var field = path.equals("$") ? "body" : path.startsWith("$.") ? path.substring(2) : path.substring(1);
        var location = error.getSchemaLocation();
        return new FieldError(
                truncate(field),
                truncate(withoutPath(String.valueOf(error.getMessage()))),
                shown(error.getInstanceNode()),
                schemaOwner == null || location == null ? null : truncate(schemaOwner + location));
    }

    /** Returns the field error of a pattern that can't be evaluated. */
    static FieldError toFieldError(UnusablePattern unusable) {
        return new FieldError(
                "pattern",
                "can't be evaluated",
                truncate(unusable.pattern()),
                "a regular expression of java.util.regex, without \\Q and (?x), that reads fewer characters");
    }

    /** Removes the path at the start of the library's message, because the field error contains the path separately. */
    private static String withoutPath(String message) {
        int end = message.startsWith("$") ? message.indexOf(": ") : -1;
        return end < 0 ? message : message.substring(end + 2);
    }

    private static @Nullable Object shown(@Nullable JsonNode node) {
        if (node == null || node.isContainer() || node.isNull()) {
            return null;
        }
        return node.isBoolean() ? (Object) node.booleanValue() : truncate(node.asString());
    }

    private static String truncate(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + '…';
    }
}
