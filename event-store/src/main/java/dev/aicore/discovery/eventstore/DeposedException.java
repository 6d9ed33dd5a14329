package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.NodeRows.Membership;
import org.axonframework.common.AxonNonTransientException;

/** Signals that another node may have claimed the store. This process must not write to it until it claims it again. */
public final class DeposedException extends AxonNonTransientException {

    DeposedException(Membership membership, long epoch, HeadRows.Owner owner) {
        super("Deposed: node '" + membership.node() + "' had generation " + membership.generation() + " and epoch "
                + epoch + "; the store is at epoch " + owner.epoch() + " of '" + owner.name() + "'.");
    }
}
