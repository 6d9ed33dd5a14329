package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Result of a command handler, with the positions of the events that the handler decided.
 *
 * @see AppendResultInterceptor
 */
public final class DurableResult<R extends @Nullable Object> {

    private final R result;
    private volatile @Nullable AppendResult appendResult;

    DurableResult(R result) {
        this.result = result;
    }

    /** Creates the result of a handler whose events are durable; null if it appended none. */
    public DurableResult(R result, @Nullable AppendResult appendResult) {
        this.result = result;
        this.appendResult = appendResult;
    }

    /** Returns the handler's own result. */
    public R result() {
        return result;
    }

    /**
     * Returns the positions of the command's events; empty if it appended none. Final once the command has been
     * answered.
     */
    public Optional<AppendResult> appendResult() {
        return Optional.ofNullable(appendResult);
    }

    void appended(AppendResult durable) {
        appendResult = durable;
    }
}
