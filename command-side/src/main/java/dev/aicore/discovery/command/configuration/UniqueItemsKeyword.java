package dev.aicore.discovery.command.configuration;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Validates {@code uniqueItems}. Items are compared as strings: strings are comparable, so the hash set stays fast even
 * if hashes collide, and an author of numbers could choose their hashes.
 */
final class UniqueItemsKeyword extends BaseKeywordValidator {

    private final ValidationBudget validationBudget;

    UniqueItemsKeyword(
            SchemaLocation location,
            JsonNode schemaNode,
            Schema parent,
            SchemaContext context,
            ValidationBudget validationBudget) {
        super(KeywordType.UNIQUE_ITEMS, schemaNode, location, parent, context);
        this.validationBudget = validationBudget;
    }

    @Override
    public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath place) {
        if (!schemaNode.booleanValue(false) || !value.isArray()) {
            return;
        }
        var texts = new HashSet<String>();
        for (var item : value) {
            var text = canonical(item);
            validationBudget.steps(text.length());
            if (!texts.add(text)) {
                context.addError(error().instanceNode(value)
                        .instanceLocation(place)
                        .evaluationPath(context.getEvaluationPath())
                        .locale(context.getExecutionConfig().getLocale())
                        .build());
                return;
            }
        }
    }

    /** Returns equal strings for equal values, regardless of the order of members and the notation of numbers. */
    private static String canonical(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(member -> StringNode.valueOf(member.getKey()) + ":" + canonical(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value.isArray()) {
            return value.valueStream().map(UniqueItemsKeyword::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toString() : value.toString();
    }
}
