package dev.aicore.discovery.command.configuration;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.annotation.Annotations;

/** One check under way. The library tells it of every keyword that it comes to. */
final class CostLimitedContext extends ExecutionContext {

    /** Keywords that look back for others go through so many places of the schema in the time of a look. */
    private static final int STEPS_PER_LOCATION = 16;

    private final ValidationBudget validationBudget;
    private final Annotations annotations;

    CostLimitedContext(ExecutionConfig config, ValidationBudget validationBudget) {
        super(config);
        this.validationBudget = validationBudget;
        this.annotations = new CostLimitedAnnotations(validationBudget);
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
        validationBudget.error();
        if (error.getArguments() != null) {
            for (var argument : error.getArguments()) {
                validationBudget.steps(argument instanceof String text ? text.length() : 0);
            }
        }
        super.addError(error);
    }

    private void keyword() {
        validationBudget.keyword();
        validationBudget.steps(getEvaluationSchema().size() / STEPS_PER_LOCATION);
    }
}
