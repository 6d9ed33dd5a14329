package dev.aicore.discovery.config.eventstore;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Answers commands with {@link Decided}: the aggregate's result, and the positions that the commit gave its events, of which the
 * aggregate knows nothing. The outermost interceptor of the command bus.
 */
public final class ReceiptInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    static final String DECIDED = ReceiptInterceptor.class.getName();

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object result = chain.proceed();
        var decided = new Decided<>(result instanceof Message<?> message ? message.getPayload() : result);
        work.root().resources().put(DECIDED, decided);
        return decided;
    }
}
