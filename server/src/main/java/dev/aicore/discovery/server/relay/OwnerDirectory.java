package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.eventstore.NodeAddressStore;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeAddressStore.OwnerAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which node owns the event store and where it is reached, and publishes where this one is. */
final class OwnerDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerDirectory.class);

    private static final long POLL_MILLIS = 100;

    /** Number of polls after which the address is published again, in case that the row of this node is a new one. */
    private static final int POLLS_PER_PUBLICATION = 20;

    private final NodeAddressStore addresses;
    private final BooleanSupplier isOwner;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("owner-directory").factory());

    /** Owner that writes are sent to; null while none is known to be alive. */
    private volatile @Nullable OwnerNode owner;

    /** Latest owner other than this process. */
    private @Nullable OwnerNode latest;

    private @Nullable NodeAddress published;
    private int polls;
    private boolean away;

    OwnerDirectory(NodeAddressStore addresses, BooleanSupplier isOwner) {
        this.addresses = addresses;
        this.isOwner = isOwner;
    }

    /**
     * Publishes the address of this node, and follows the owner from now on.
     *
     * @param own returns the address of this node, which changes if its certificate does
     */
    void start(Supplier<NodeAddress> own) {
        var _ = timer.scheduleWithFixedDelay(() -> poll(own), 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns the node to send writes to; null while no other node is known to own the store. */
    @Nullable
    OwnerNode owner() {
        return owner;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void poll(Supplier<NodeAddress> own) {
        try {
            var self = own.get();
            publish(self);
            if (isOwner.getAsBoolean()) {
                replace(null);
                owner = null;
            } else {
                addresses.owner().ifPresentOrElse(found -> follow(found, self), () -> owner = null);
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away && !timer.isShutdown()) {
                LOG.warn("Failed to look for the owner of the event store: {}", e.getMessage());
            }
            away = true;
        }
    }

    private void publish(NodeAddress self) {
        if (!self.equals(published) || polls++ % POLLS_PER_PUBLICATION == 0) {
            addresses.publish(self);
            published = self;
        }
    }

    private void follow(OwnerAddress found, NodeAddress self) {
        if (found.address().node().equals(self.node())) {
            replace(null);
            owner = null;
            return;
        }
        var known = latest;
        if (known == null || !known.address().equals(found.address())) {
            known = new OwnerNode(found.address());
            replace(known);
        }
        owner = found.alive() ? known : null;
    }

    private void replace(@Nullable OwnerNode next) {
        var before = latest;
        latest = next;
        if (before != null) {
            before.lose();
        }
    }
}
