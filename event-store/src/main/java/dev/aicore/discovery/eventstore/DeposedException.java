package dev.aicore.discovery.eventstore;

import org.axonframework.common.AxonNonTransientException;

/** Another writer has claimed the store; this process must not write any more. */
public final class DeposedException extends AxonNonTransientException {

    DeposedException(long epoch, String owner, long currentEpoch) {
        super("Deposed: this writer had epoch " + epoch + ", the store is at epoch " + currentEpoch + " of '" + owner
                + "'.");
    }
}
