package dev.aicore.discovery.command.configuration;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.util.Set;

/** A format of the library that counts for what it may look at: most have patterns that may begin anew at each character. */
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
