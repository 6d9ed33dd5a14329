package dev.aicore.discovery.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Records the address that the server will be bound to. Runs last, after all other customizers have set it. */
final class BindAddressHolder implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {
    private volatile boolean loopback;

    /**
     * Returns true if the server is bound to a loopback address; false before it is configured, or if it is bound to
     * all addresses.
     */
    boolean isLoopback() {
        return loopback;
    }

    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        @Nullable
        InetAddress address = factory instanceof AbstractConfigurableWebServerFactory known ? known.getAddress() : null;
        loopback = address != null && address.isLoopbackAddress();
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
