package dev.aicore.discovery.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Learns, after everyone else has had their say, which address the server is going to be bound to. */
final class BindAddressHolder implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {
    private volatile boolean loopback;

    /** False until the server is configured, and where it is bound to all addresses. */
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
