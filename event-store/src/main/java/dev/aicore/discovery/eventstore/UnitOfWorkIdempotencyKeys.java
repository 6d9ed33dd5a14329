package dev.aicore.discovery.eventstore;

import java.util.List;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The keys of a unit of work, which travel beside its events: what decides knows nothing of them. */
public final class UnitOfWorkIdempotencyKeys {

    private static final String KEYS = UnitOfWorkIdempotencyKeys.class.getName();

    private UnitOfWorkIdempotencyKeys() {}

    /** Lets these keys become durable with the events of the unit of work; without events they are forgotten with it. */
    public static void attach(UnitOfWork<?> work, List<NewIdempotencyRecord> keys) {
        work.root().resources().put(KEYS, List.copyOf(keys));
    }

    static List<NewIdempotencyRecord> of(UnitOfWork<?> root) {
        return root.getOrDefaultResource(KEYS, List.of());
    }
}
