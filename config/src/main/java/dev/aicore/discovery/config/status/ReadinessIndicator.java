package dev.aicore.discovery.config.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Says whether one part of this node is ready to be of use. Every bean of this type that is needed must be, before the node is. */
@FunctionalInterface
public interface ReadinessIndicator {

    /**
     * Asks now. It must neither block nor fail nor take longer than a second; its detail may be read by anybody, so it names
     * no addresses and no secrets.
     */
    Mono<Check> check();

    /** Whether the node is of no use without this part. What it can do without, such as a cache, only deep health asks. */
    default boolean isNeeded() {
        return true;
    }

    /**
     * A probe that answers from memory.
     *
     * @param name one snake_case word, unique within the node
     * @param reason why the part isn't ready, in words; empty if it is
     */
    static ReadinessIndicator of(String name, Supplier<String> reason) {
        return () -> Mono.fromSupplier(() -> {
            String why = reason.get();
            return new Check(name, why.isEmpty(), why.isEmpty() ? "ready" : why);
        });
    }
}
