package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.rig.PortFinder;
import java.io.IOException;

/**
 * Registry with a DNS and an xDS server, whose instances were registered over Eureka's protocol.
 *
 * @param eureka requests about the same instances in Eureka's protocol
 */
record DialectRegistry(RegistryServer registry, EurekaRequests eureka, int dnsPort, int xdsPort)
        implements AutoCloseable {

    private static final int MAX_CONCURRENT = 64;

    /** Starts a registry; returns once all instances are visible. */
    static DialectRegistry start(BenchContext benchContext) throws IOException, InterruptedException {
        var shape = benchContext.size().eureka();
        int dnsPort = PortFinder.freePort();
        int xdsPort = PortFinder.freePort();
        var eureka = new EurekaRequests(shape);
        var registry = RegistryServer.start(
                benchContext,
                shape,
                started -> register(started, eureka),
                "--service-discovery.dns.port=" + dnsPort,
                "--service-discovery.xds.port=" + xdsPort);
        return new DialectRegistry(registry, eureka, dnsPort, xdsPort);
    }

    private static void register(RegistryServer registry, EurekaRequests eureka)
            throws IOException, InterruptedException {
        var loadRound = new BuiltInGenerator().once(registry.server().port(), eureka.registrations(), MAX_CONCURRENT);
        if (loadRound.errors() > 0) {
            throw new IllegalStateException(loadRound.errors() + " instances were not registered.");
        }
    }

    /**
     * Sends a request and requires 200.
     *
     * @return value of a header of the answer; empty if it doesn't have it
     */
    String require(String path, String header) throws IOException, InterruptedException {
        var answer = registry.http().get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.headers().firstValue(header).orElse("");
    }

    /** Registers instances of a service natively; their addresses are 10.9.0.1 and the following ones. */
    void register(String service, int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            var answer = registry.http().post("/api/v1/services", """
                    {"id": "%1$s-%2$d", "name": "%1$s", "address": "10.9.0.%3$d", "port": 8080, "ttl": 86400}
                    """.formatted(service, i, i + 1));
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(service + ": " + answer.body());
            }
        }
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
