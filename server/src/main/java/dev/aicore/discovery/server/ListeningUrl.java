package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * URL at which this process accepts requests.
 *
 * @param scheme {@code http} or {@code https}
 * @param host name or address of the binding, as configured
 * @param port TCP port
 */
record ListeningUrl(String scheme, String host, int port) {

    /** Returns the URL of the application; null if it has no server. */
    static @Nullable ListeningUrl of(ApplicationContext context) {
        var port = context.getEnvironment().getProperty("local.server.port", Integer.class);
        if (port == null) {
            return null;
        }
        var scheme = context.getBean(TlsSettings.class).enabled() ? "https" : "http";
        return new ListeningUrl(scheme, context.getBean(ServerSettings.class).host(), port);
    }

    /** Returns a URL that this machine can connect to: a wildcard address is replaced by loopback. */
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
