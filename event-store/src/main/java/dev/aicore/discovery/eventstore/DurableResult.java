package dev.aicore.discovery.eventstore;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command handler has answered, and where the store has put what it decided.
 *
 * @see AppendResultInterceptor
 */
public final class DurableResult<R extends @Nullable Object> {

    private final R result;
    private volatile @Nullable AppendResult receipt;

    DurableResult(R result) {
        this.result = result;
    }

    /** The handler's own result. */
    public R result() {
        return result;
    }

    /** Where its events are; empty if it appended none. Complete once the command has been answered. */
    public Optional<AppendResult> receipt() {
        return Optional.ofNullable(receipt);
    }

    void appended(AppendResult durable) {
        receipt = durable;
    }
}
