package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.command.batching.OwnershipListener;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeLook;
import dev.aicore.discovery.eventstore.NodeAddressStore.OwnerAddress;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Knows which node owns the event store and where it is reached, and publishes where this one is. */
final class OwnerDirectory implements OwnershipListener {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerDirectory.class);

    /** Pause between two publications of the same address: two processes of one name would wake each other by them. */
    private static final Duration PUBLICATION_PAUSE = Duration.ofSeconds(1);

    private final BooleanSupplier isOwner;
    private final Consumer<NodeAddress> publisher;
    private final Runnable announcer;
    private final TimeSource time;
    private final AtomicReference<Sinks.Empty<Void>> nextChange = new AtomicReference<>(Sinks.empty());

    /** Owner that writes are sent to; null while none is known to be alive. */
    private volatile @Nullable OwnerNode owner;

    /** Latest owner other than this process; guarded by this. */
    private @Nullable OwnerNode latest;

    private @Nullable NodeAddress published;
    private long publishedAt;

    /**
     * Creates a directory that knows no owner.
     *
     * @param isOwner returns true while this node accepts commands
     * @param publisher publishes the address of this node; may block
     * @param announcer announces to the other nodes that this one accepts commands; may block
     */
    OwnerDirectory(BooleanSupplier isOwner, Consumer<NodeAddress> publisher, Runnable announcer, TimeSource time) {
        this.isOwner = isOwner;
        this.publisher = publisher;
        this.announcer = announcer;
        this.time = time;
    }

    /**
     * Learns the state of the nodes, and publishes the address of this node unless it is published.
     *
     * @param self address of this node
     */
    void onLook(NodeLook look, NodeAddress self) {
        if (!self.equals(look.own()) && isPublicationDue(self)) {
            publisher.accept(self);
            published = self;
            publishedAt = time.nanos();
        }
        follow(look.owner(), self);
        fireChange();
    }

    private boolean isPublicationDue(NodeAddress self) {
        return !self.equals(published) || time.nanos() - publishedAt >= PUBLICATION_PAUSE.toNanos();
    }

    /** Returns the node to send writes to; null while no other node is known to own the store. */
    @Nullable
    OwnerNode owner() {
        return owner;
    }

    /**
     * Returns a signal that completes once there may be another owner, or once the owner may accept what it has
     * refused. Callers take it before {@link #owner}, so that no change is missed.
     */
    Mono<Void> nextChange() {
        return nextChange.get().asMono();
    }

    /** Lets the writes go on that this node holds, and those that the other nodes hold. */
    @Override
    public void owned() {
        follow(null, null);
        fireChange();
        Thread.ofVirtual().name("owner-announcement").start(this::announce);
    }

    @Override
    public void disowned() {
        // The next owner announces itself.
    }

    private void announce() {
        try {
            announcer.run();
        } catch (StoreUnavailableException e) {
            LOG.debug("Failed to announce that this node accepts commands: {}", e.getMessage());
        }
    }

    private synchronized void follow(@Nullable OwnerAddress found, @Nullable NodeAddress self) {
        boolean here = isOwner.getAsBoolean() || (found != null && self != null && isSame(found, self));
        if (here) {
            replace(null);
            owner = null;
        } else if (found == null) {
            owner = null;
        } else {
            var known = latest;
            if (known == null || !known.address().equals(found.address())) {
                known = new OwnerNode(found.address());
                replace(known);
            }
            owner = found.alive() ? known : null;
        }
    }

    private static boolean isSame(OwnerAddress found, NodeAddress self) {
        return found.address().node().equals(self.node());
    }

    private void replace(@Nullable OwnerNode next) {
        var before = latest;
        latest = next;
        if (before != null) {
            before.lose();
        }
    }

    private void fireChange() {
        nextChange.getAndSet(Sinks.empty()).tryEmitEmpty();
    }
}
