package dev.aicore.discovery.eventstore;

import org.axonframework.common.AxonNonTransientException;

/** Signals that another writer has claimed the store. This process must not write to it any more. */
public final class DeposedException extends AxonNonTransientException {

    DeposedException(long epoch, String owner, long currentEpoch) {
        super("Deposed: this writer had epoch " + epoch + ", the store is at epoch " + currentEpoch + " of '" + owner
                + "'.");
    }
}
