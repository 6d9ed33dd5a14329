package dev.aicore.discovery.bench.health;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Registers instances that are checked every second, and some that never answer; about twenty per service. */
public final class HealthCheckLoad {

    private static final int MAX_CONCURRENT = 256;
    private static final int SERVICES_OF_EACH = 250;

    private final List<byte[]> requests = new ArrayList<>();

    /** Adds instances over these ports, each checked once per second. */
    public void add(String type, int instances, List<Integer> ports) {
        for (int i = 0; i < instances; i++) {
            add(
                    "%s%d-%d".formatted(type, i % SERVICES_OF_EACH, i),
                    type,
                    "127.0.0.1",
                    ports.get(i % ports.size()),
                    1,
                    1);
        }
    }

    /** Adds instances at different addresses that never answer, so that each check takes its whole timeout. */
    void addSilent(int instances, int port, int timeoutSeconds) {
        for (int i = 0; i < instances; i++) {
            var address = "127.1.%d.%d".formatted(i / 250, i % 250 + 1);
            add(
                    "silent%d-%d".formatted(i % SERVICES_OF_EACH, i),
                    "http",
                    address,
                    port,
                    timeoutSeconds,
                    timeoutSeconds);
        }
    }

    /**
     * Registers the added instances.
     *
     * @throws IllegalStateException if one is refused
     */
    public void register(int port) throws IOException {
        var loadRound = new BuiltInGenerator().once(port, RequestCycle.of(requests), MAX_CONCURRENT);
        if (loadRound.errors() > 0) {
            throw new IllegalStateException(loadRound.errors() + " instances were not registered.");
        }
    }

    private void add(String id, String type, String address, int port, int interval, int timeout) {
        requests.add(RequestCycle.send(
                "POST", "/api/v1/services", registration(id, type, address, port, interval, timeout, 3)));
    }

    /** Returns a registration; the service is the part of the id before the dash. */
    static String registration(
            String id, String type, String address, int port, int interval, int timeout, int failureThreshold) {
        return """
                {"id": "%s", "name": "s-%s", "address": "%s", "port": %d, "ttl": 0, "health_check": {"check_type": "%s",
                 "interval": %d, "timeout": %d, "failure_threshold": %d}}""".formatted(id, id.replaceAll("-.*", ""), address, port, type, interval, timeout, failureThreshold);
    }
}
