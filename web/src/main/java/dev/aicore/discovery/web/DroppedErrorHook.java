package dev.aicore.discovery.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;
import reactor.netty.channel.AbortedException;

/**
 * Logs errors that occur after their subscriber is gone. Most of them come from callers that disconnect before their
 * answer was sent. They are no fault of the server and may occur a thousand times a second.
 */
final class DroppedErrorHook {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedErrorHook.class);

    /** Installs the hook for the whole process, because Reactor has only one. */
    void install() {
        Hooks.onErrorDropped(DroppedErrorHook::log);
    }

    private static void log(Throwable failure) {
        if (failure instanceof AbortedException || AbortedException.isConnectionReset(failure)) {
            LOG.debug("A caller disconnected before its response: {}", failure.toString());
        } else {
            LOG.error("A failure was dropped because its request had already ended", failure);
        }
    }
}
