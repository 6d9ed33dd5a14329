package dev.aicore.discovery.server;

import org.springframework.boot.SpringApplication;

/** The executable: every side in one process, with a PostgreSQL and a Redis of its own unless it is given others. */
public final class ServiceDiscovery {

    private ServiceDiscovery() {}

    public static void main(String[] args) {
        application().run(args);
    }

    /** As {@link #main} runs it. */
    public static SpringApplication application() {
        var application = new SpringApplication(ServerConfiguration.class);
        application.addInitializers(new AccessStart(), new EmbeddedStores());
        return application;
    }
}
