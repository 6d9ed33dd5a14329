package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.Service;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Delays the readiness of the application until the lists of all required services are known. Spring Boot accepts
 * traffic after its runners; liveness isn't affected.
 */
final class RequiredServicesRunner implements ApplicationRunner, Ordered {
    private static final Log LOG = LogFactory.getLog(RequiredServicesRunner.class);

    private final Set<String> required;
    private final Function<String, Service> services;
    private final Duration logInterval;

    RequiredServicesRunner(Set<String> required, Function<String, Service> services, Duration logInterval) {
        this.required = required;
        this.services = services;
        this.logInterval = logInterval;
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        for (var name : required) {
            var service = services.apply(name);
            while (!service.awaitList(logInterval)) {
                LOG.warn("Not ready: no list of the required service '" + name + "' yet");
            }
        }
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
