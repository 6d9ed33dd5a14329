package dev.aicore.discovery.command.configuration;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * Charges the budget for a keyword of the library: for the size of its declaration in the schema, and for the size of
 * each value that it is applied to.
 */
record CostLimitedKeyword(Keyword keyword, ValidationBudget budget) implements Keyword {

    /**
     * Number of steps to parse a keyword, or one part of its declaration. Each different spelling of a reference parses
     * its target once more.
     */
    private static final int STEPS_PER_PART = 50;

    private static final int CHARACTERS_PER_STEP = 16;

    @Override
    public String getValue() {
        return keyword.getValue();
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode schemaNode, Schema parent, SchemaContext context) throws Exception {
        int parts = schemaNode.size()
                + schemaNode
                        .valueStream()
                        .filter(JsonNode::isArray)
                        .mapToInt(JsonNode::size)
                        .sum();
        budget.steps((1L + parts) * STEPS_PER_PART);
        return new CostLimitedValidator(
                switch (getValue()) {
                    case "multipleOf" -> new MultipleOfKeyword(location, schemaNode, parent, context);
                    case "uniqueItems" -> new UniqueItemsKeyword(location, schemaNode, parent, context, budget);
                    default -> keyword.newValidator(location, schemaNode, parent, context);
                },
                parts,
                budget);
    }

    private record CostLimitedValidator(KeywordValidator validator, int parts, ValidationBudget budget)
            implements KeywordValidator {

        @Override
        public String getKeyword() {
            return validator.getKeyword();
        }

        @Override
        public SchemaLocation getSchemaLocation() {
            return validator.getSchemaLocation();
        }

        @Override
        public void preloadSchema() {
            validator.preloadSchema();
        }

        @Override
        public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath place) {
            budget.steps(parts);
            budget.steps(
                    switch (getKeyword()) {
                        case "const", "enum" ->
                            value.isContainer() ? value.toString().length() : shallowSize(value);
                        case "$dynamicRef", "$recursiveRef" -> pathCost(context);
                        default -> shallowSize(value);
                    });
            validator.validate(context, value, root, place);
        }

        /**
         * Returns the size of a value without its nested values, which are charged when keywords are applied to them.
         */
        private static int shallowSize(JsonNode value) {
            return value.isString() ? value.stringValue().length() : value.size();
        }

        private static long pathCost(ExecutionContext context) {
            return context.getEvaluationSchema().stream()
                    .mapToLong(
                            schema -> String.valueOf(schema.getSchemaLocation().getAbsoluteIri())
                                    .length())
                    .map(length -> 1 + length / CHARACTERS_PER_STEP)
                    .sum();
        }
    }
}
