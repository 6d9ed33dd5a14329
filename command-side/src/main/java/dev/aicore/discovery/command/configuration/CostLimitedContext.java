package dev.aicore.discovery.command.configuration;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.annotation.Annotations;

/** Charges the budget of one validation. The library calls this context for each keyword that it evaluates. */
final class CostLimitedContext extends ExecutionContext {

    /** Number of schema locations that a keyword that searches outer schemas passes in the time of one step. */
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

    /** Charges the arguments of the error, because some errors contain copies of whole values. */
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
