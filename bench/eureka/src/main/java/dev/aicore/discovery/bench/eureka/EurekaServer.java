package dev.aicore.discovery.bench.eureka;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;

/** A Eureka server alone, on any free port of 127.0.0.1, which it prints when it serves. */
@EnableAutoConfiguration
@EnableEurekaServer
public class EurekaServer {

    /**
     * Settings that differ from Eureka's defaults. Each is in Eureka's favour, or avoids work that the other server
     * doesn't have.
     */
    private static final Map<String, Object> SETTINGS = Map.of(
            "server.address", "127.0.0.1",
            "server.port", 0,
            // Eureka takes the default peer, which has this name, for itself, and so replicates to no peer.
            "eureka.instance.hostname", "localhost",
            "eureka.client.register-with-eureka", false,
            "eureka.client.fetch-registry", false,
            // A connection would otherwise be closed after a hundred requests.
            "server.tomcat.max-keep-alive-requests", -1,
            "logging.level.root", "error",
            "spring.main.banner-mode", "off");

    /** Serves until it is ended. */
    public static void main(String... arguments) {
        var application = new SpringApplication(EurekaServer.class);
        application.setDefaultProperties(SETTINGS);
        System.out.println(
                "Eureka is ready on " + application.run(arguments).getEnvironment().getProperty("local.server.port"));
    }
}
