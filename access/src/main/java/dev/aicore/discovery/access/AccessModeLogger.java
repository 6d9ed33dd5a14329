package dev.aicore.discovery.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Logs at each start which callers are admitted. */
final class AccessModeLogger implements ApplicationListener<WebServerInitializedEvent> {

    private static final Logger log = LoggerFactory.getLogger(AccessModeLogger.class);

    private final RequestAuthenticator authenticator;

    AccessModeLogger(RequestAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent started) {
        switch (authenticator instanceof CredentialAuthenticator identity ? identity.ofAnonymous() : authenticator) {
            case AllowAllAuthenticator unguarded ->
                log.warn(
                        "EVERYONE WHO CAN CONNECT TO PORT {} IS ADMIN, WITHOUT A TOKEN: {} is on. "
                                + "Make that port reachable from this machine only.",
                        started.getWebServer().getPort(),
                        AccessConfiguration.ANONYMOUS_ADMIN_KEY);
            case LoopbackAuthenticator loopback
            when loopback.isOpen() ->
                log.info("Development on a loopback address: callers on this machine are admin, without a token.");
            case LoopbackAuthenticator closed ->
                log.info("Callers need a token or an API key; only /health and the files of /ui are open.");
            default -> {}
        }
    }
}
