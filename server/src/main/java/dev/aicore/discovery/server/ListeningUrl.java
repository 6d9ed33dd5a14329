package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * Where this process takes requests.
 *
 * @param scheme {@code http} or {@code https}
 * @param host   name or address that it is bound to, as it is set
 */
record ListeningUrl(String scheme, String host, int port) {

    /** Returns null where the application has no server. */
    static @Nullable ListeningUrl of(ApplicationContext context) {
        var port = context.getEnvironment().getProperty("local.server.port", Integer.class);
        if (port == null) {
            return null;
        }
        var scheme = context.getBean(TlsSettings.class).enabled() ? "https" : "http";
        return new ListeningUrl(scheme, context.getBean(ServerSettings.class).host(), port);
    }

    /** Returns one that this machine can connect to: loopback in the place of all addresses. */
    ListeningUrl local() {
        try {
            var address = InetAddress.ofLiteral(host);
            return address.isAnyLocalAddress()
                    ? new ListeningUrl(scheme, host.indexOf(':') < 0 ? "127.0.0.1" : "::1", port)
                    : this;
        } catch (IllegalArgumentException name) {
            return this;
        }
    }

    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
