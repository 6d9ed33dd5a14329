package dev.aicore.discovery.command.configuration;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.annotation.Annotations;

/** One check under way. The library tells it of every keyword that it comes to. */
final class BoundedContext extends ExecutionContext {

    /** Keywords that look back for others go through so many places of the schema in the time of a look. */
    private static final int PLACES_OF_A_LOOK = 16;

    private final Budget budget;
    private final Annotations annotations;

    BoundedContext(ExecutionConfig config, Budget budget) {
        super(config);
        this.budget = budget;
        this.annotations = new BoundedAnnotations(budget);
    }

    @Override
    public void evaluationPathAddLast(String token) {
        keyword();
        super.evaluationPathAddLast(token);
    }

    @Override
    public void evaluationPathAddLast(int token) {
        keyword();
        super.evaluationPathAddLast(token);
    }

    @Override
    public Annotations getAnnotations() {
        return annotations;
    }

    /** Some say what was found and what should have been, with copies of whole values. */
    @Override
    public void addError(Error error) {
        budget.error();
        if (error.getArguments() != null) {
            for (var argument : error.getArguments()) {
                budget.looks(argument instanceof String text ? text.length() : 0);
            }
        }
        super.addError(error);
    }

    private void keyword() {
        budget.keyword();
        budget.looks(getEvaluationSchema().size() / PLACES_OF_A_LOOK);
    }
}
