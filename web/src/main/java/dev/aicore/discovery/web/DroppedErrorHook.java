package dev.aicore.discovery.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;
import reactor.netty.channel.AbortedException;

/**
 * Failures that come when nobody listens any more. Mostly it is a caller that hung up before its answer was sent: that is no fault
 * of ours, and may happen a thousand times a second.
 */
final class DroppedErrorHook {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedErrorHook.class);

    /** For the whole process, since Reactor has one place for them. */
    void install() {
        Hooks.onErrorDropped(DroppedErrorHook::log);
    }

    private static void log(Throwable failure) {
        if (failure instanceof AbortedException || AbortedException.isConnectionReset(failure)) {
            LOG.debug("A caller hung up before its answer: {}", failure.toString());
        } else {
            LOG.error("A failure came too late for anybody to be told", failure);
        }
    }
}
