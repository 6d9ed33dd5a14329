package dev.aicore.discovery.command.configuration;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.util.Set;

/**
 * Charges the budget for a format of the library. Most formats have patterns that may start again at each character, so
 * they cost the square of the length.
 */
record CostLimitedFormat(Format format, ValidationBudget budget) implements Format {

    private static final Set<String> WITHOUT_PATTERN = Set.of("iri", "iri-reference", "uri", "uri-reference");

    private static final int CHARACTERS_PER_STEP = 16;

    @Override
    public String getName() {
        return format.getName();
    }

    @Override
    public String getMessageKey() {
        return format.getMessageKey();
    }

    @Override
    public boolean matches(ExecutionContext execution, SchemaContext context, String text) {
        long length = text.length();
        budget.steps(WITHOUT_PATTERN.contains(getName()) ? length : length * length / CHARACTERS_PER_STEP);
        return format.matches(execution, context, text);
    }
}
