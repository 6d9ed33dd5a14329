package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.ServiceConfiguration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads configurations at the start of an application. While no node answers, it waits until a moment that all of them
 * share, and reads the disk then.
 */
final class ConfigurationImport {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final RegistryClient client;
    private final ConfigurationFile file;
    private final long end;

    /** @param wait time from now until the disk is read */
    ConfigurationImport(RegistryClient client, ConfigurationFile file, Duration wait) {
        this.client = client;
        this.file = file;
        this.end = System.nanoTime() + wait.toNanos();
    }

    /**
     * Configuration that was read.
     *
     * @param isSaved whether it is from the disk
     */
    record Imported(ServiceConfiguration configuration, boolean isSaved) {}

    /**
     * Returns a configuration; empty if there is none. Blocks.
     *
     * @throws RegistryRequestException if the registry refuses the request, or no node answers and nothing is saved
     */
    Optional<Imported> read(RegistryConfigResource resource) {
        while (true) {
            try {
                var answer = request(resource);
                answer.ifPresent(configuration -> file.save(configuration, resource.version()));
                return answer.map(configuration -> new Imported(configuration, false));
            } catch (RegistryRequestException e) {
                if (e.status() != 0) {
                    throw e;
                }
                if (System.nanoTime() - end >= 0) {
                    var saved = file.read(resource.service(), resource.version());
                    if (saved.isEmpty() && !resource.isOfProfile()) {
                        throw e;
                    }
                    return saved.map(configuration -> new Imported(configuration, true));
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Optional<ServiceConfiguration> request(RegistryConfigResource resource) {
        var version = resource.version();
        return version == null
                ? client.configuration(resource.service())
                : client.configuration(resource.service(), version);
    }
}
