package dev.aicore.discovery.eventstore;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Answers commands with a {@link DurableResult}. It combines the aggregate's result with the positions that the commit
 * gave to the events; the aggregate doesn't know them. Must be the outermost interceptor of the command bus.
 */
public final class AppendResultInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    static final String RESULT_RESOURCE = AppendResultInterceptor.class.getName();

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object result = chain.proceed();
        var durableResult = new DurableResult<>(result instanceof Message<?> message ? message.getPayload() : result);
        work.root().resources().put(RESULT_RESOURCE, durableResult);
        return durableResult;
    }
}
