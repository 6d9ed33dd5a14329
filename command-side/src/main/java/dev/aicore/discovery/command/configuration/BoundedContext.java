package dev.aicore.discovery.command.configuration;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;

/** One check under way. The library tells it of every keyword that it comes to. */
final class BoundedContext extends ExecutionContext {

    private final Budget budget;

    BoundedContext(ExecutionConfig config, Budget budget) {
        super(config);
        this.budget = budget;
    }

    @Override
    public void evaluationPathAddLast(String token) {
        budget.keyword();
        super.evaluationPathAddLast(token);
    }

    @Override
    public void evaluationPathAddLast(int token) {
        budget.keyword();
        super.evaluationPathAddLast(token);
    }

    @Override
    public void addError(Error error) {
        budget.error();
        super.addError(error);
    }
}
