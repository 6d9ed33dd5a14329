package dev.aicore.discovery.eventstore;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the work of the owner of the store when this node has claimed it, and ends that work when it has lost it. Runs
 * on a thread of its own, because both may take long.
 */
public final class ClaimFollower implements AutoCloseable {

    /** Work that only the owner of the store does. The methods are called one at a time, in turn. */
    public interface OwnerWork {

        /** Begins the work. If this fails, {@link #end} is called, and then this method again. */
        void begin();

        /** Ends the work, also if it has only begun in part. Another node may have begun it already. */
        void end();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClaimFollower.class);

    private static final long RETRY_MILLIS = 1_000;

    private final SingleWriterAppender appender;
    private final OwnerWork work;
    private final ScheduledExecutorService thread;

    /** Claim under which the work was begun; 0 if it was ended. */
    private long claim;

    /** Set once the work has begun without a failure. */
    private boolean complete;

    /** @param name name of the thread */
    public ClaimFollower(String name, SingleWriterAppender appender, OwnerWork work) {
        this.appender = appender;
        this.work = work;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Follows the claims from now on. Blocks until the work has begun, if this node owns the store already. */
    public void start() {
        appender.addListener(new AppendListener() {
            @Override
            public void onClaimed() {
                followLater(0);
            }

            @Override
            public void onDeposed(DeposedException reason) {
                followLater(0);
            }
        });
        follow();
    }

    /** Follows no later claims. Doesn't end the work. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void followLater(long delayMillis) {
        try {
            var _ = thread.schedule(this::followOrRetry, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("This node is stopping and follows no later claims.");
        }
    }

    private void followOrRetry() {
        try {
            follow();
        } catch (RuntimeException e) {
            LOG.warn("Failed to begin or end the work of the owner of the store; retrying.", e);
            followLater(RETRY_MILLIS);
        }
    }

    private synchronized void follow() {
        long current = appender.claim();
        if (current == claim && (complete || claim == 0)) {
            return;
        }
        if (claim != 0) {
            complete = false;
            work.end();
            claim = 0;
            appender.ownership().endWork();
        }
        if (current != 0 && appender.ownership().beginWork(current)) {
            claim = current;
            work.begin();
            complete = true;
        }
    }
}
