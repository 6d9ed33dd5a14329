package dev.aicore.discovery.projection.processing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.MessageHandlerInterceptor;

/** Processor that Axon starts and stops with the node, and that runs only while the node owns the projections. */
final class OwnedEventProcessor implements EventProcessor, Lifecycle {

    private final EventProcessor processor;
    private final Consumer<Boolean> nodeIsStarted;

    /** @param nodeIsStarted receives whether the node is started */
    OwnedEventProcessor(EventProcessor processor, Consumer<Boolean> nodeIsStarted) {
        this.processor = processor;
        this.nodeIsStarted = nodeIsStarted;
    }

    /** Lets Axon start and stop this processor as it does its own, which it recognizes by their lifecycle. */
    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        lifecycle.onStart(Phase.INBOUND_EVENT_CONNECTORS, this::start);
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS, this::shutDown);
    }

    @Override
    public String getName() {
        return processor.getName();
    }

    @Override
    public List<MessageHandlerInterceptor<? super EventMessage<?>>> getHandlerInterceptors() {
        return processor.getHandlerInterceptors();
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super EventMessage<?>> interceptor) {
        return processor.registerHandlerInterceptor(interceptor);
    }

    @Override
    public void start() {
        nodeIsStarted.accept(true);
    }

    @Override
    public void shutDown() {
        nodeIsStarted.accept(false);
    }

    @Override
    public CompletableFuture<Void> shutdownAsync() {
        return CompletableFuture.runAsync(this::shutDown);
    }

    @Override
    public boolean isRunning() {
        return processor.isRunning();
    }

    @Override
    public boolean isError() {
        return processor.isError();
    }
}
