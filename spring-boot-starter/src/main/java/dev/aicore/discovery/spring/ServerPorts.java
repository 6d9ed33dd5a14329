package dev.aicore.discovery.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Ports of this process's web servers, known once they listen. A server of the namespace {@code management} is
 * Actuator's.
 */
final class ServerPorts implements ListeningPorts, ApplicationListener<WebServerInitializedEvent> {
    private volatile @Nullable Integer application;
    private volatile @Nullable Integer management;

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        var port = event.getWebServer().getPort();
        if (WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), "management")) {
            management = port;
        } else if (application == null) {
            application = port;
        }
    }

    @Override
    public @Nullable Integer application() {
        return application;
    }

    @Override
    public @Nullable Integer management() {
        return management == null ? application : management;
    }
}
