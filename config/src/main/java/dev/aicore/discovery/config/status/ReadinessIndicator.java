package dev.aicore.discovery.config.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Reports whether one part of this node is ready. The node is ready once every needed bean of this type is ready. */
@FunctionalInterface
public interface ReadinessIndicator {

    /**
     * Checks the part now. Must neither block nor fail nor take longer than 1 s. The detail is public, so it must not
     * contain addresses or secrets.
     */
    Mono<Check> check();

    /**
     * Returns true if the node can't work without this part. The deep health check also includes parts that the node
     * can work without, such as a cache.
     */
    default boolean isNeeded() {
        return true;
    }

    /**
     * Creates an indicator that answers from memory.
     *
     * @param name one snake_case word, unique within the node
     * @param reason supplier of the reason why the part isn't ready, as text; empty text if it is ready
     */
    static ReadinessIndicator of(String name, Supplier<String> reason) {
        return () -> Mono.fromSupplier(() -> {
            String why = reason.get();
            return new Check(name, why.isEmpty(), why.isEmpty() ? "ready" : why);
        });
    }
}
