package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import java.util.List;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Attaches idempotency keys to a unit of work. The keys accompany the events, and the deciding aggregate doesn't see
 * them.
 */
public final class UnitOfWorkIdempotencyKeys {

    private static final String KEYS = UnitOfWorkIdempotencyKeys.class.getName();

    private UnitOfWorkIdempotencyKeys() {}

    /**
     * Attaches keys that become durable with the events of the unit of work. They are discarded if the unit has no
     * events.
     */
    public static void attach(UnitOfWork<?> work, List<NewIdempotencyRecord> keys) {
        work.root().resources().put(KEYS, List.copyOf(keys));
    }

    static List<NewIdempotencyRecord> of(UnitOfWork<?> root) {
        return root.getOrDefaultResource(KEYS, List.of());
    }
}
