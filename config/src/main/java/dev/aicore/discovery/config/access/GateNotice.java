package dev.aicore.discovery.config.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Says at each start who is let in. */
final class GateNotice implements ApplicationListener<WebServerInitializedEvent> {

    private static final Logger log = LoggerFactory.getLogger(GateNotice.class);

    private final RequestGuard guard;

    GateNotice(RequestGuard guard) {
        this.guard = guard;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent started) {
        switch (guard instanceof IdentityGuard identity ? identity.ofAnonymous() : guard) {
            case UnguardedGate unguarded ->
                log.warn(
                        "EVERYONE WHO CAN CONNECT TO PORT {} IS ADMIN, AND NOBODY IS ASKED FOR A TOKEN: {} is on. "
                                + "Let nothing but this machine reach that port.",
                        started.getWebServer().getPort(),
                        AccessConfiguration.UNGUARDED_KEY);
            case LoopbackGuard loopback
            when loopback.isOpen() ->
                log.info("Development on a loopback address: callers on this machine are admin, without a token.");
            case LoopbackGuard closed -> log.info("Callers need a token or an API key; only /health is open.");
            default -> {}
        }
    }
}
