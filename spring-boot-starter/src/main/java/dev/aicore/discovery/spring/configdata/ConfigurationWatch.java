package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.ServiceConfiguration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Waits for newer versions of one imported configuration, on a daemon thread. */
final class ConfigurationWatch {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final BiFunction<String, Long, Optional<ServiceConfiguration>> client;
    private final ConfigurationUpdate update;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private RegistryPropertySource present;
    private volatile boolean running;

    /**
     * @param client returns a configuration once it differs from that of an index, or after some time; blocks
     * @param present source in the environment
     */
    ConfigurationWatch(
            BiFunction<String, Long, Optional<ServiceConfiguration>> client,
            ConfigurationUpdate update,
            RegistryPropertySource present) {
        this.client = client;
        this.update = update;
        this.present = present;
    }

    void start() {
        running = true;
        var thread = new Thread(this::watch, "service-discovery-configuration");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        running = false;
        stopped.countDown();
    }

    private void watch() {
        long seen = present.configuration().version();
        long index = present.configuration().index();
        while (running) {
            try {
                var answer = client.apply(present.configuration().service(), index);
                if (answer.isPresent()) {
                    index = answer.get().index();
                    if (running && answer.get().version() != seen) {
                        seen = answer.get().version();
                        present = update.apply(present, answer.get());
                    }
                } else {
                    pause();
                }
            } catch (RegistryRequestException e) {
                pause();
            }
        }
    }

    /** Waits after a failure, or after the deletion of the configuration, whose last version stays. */
    private void pause() {
        try {
            if (stopped.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                running = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
