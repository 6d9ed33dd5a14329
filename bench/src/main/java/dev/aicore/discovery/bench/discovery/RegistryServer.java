package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.TempDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Registry in its own process, started as by a user, with discoverable instances.
 *
 * @param isOwned true if its closing stops the process and deletes its directory
 */
record RegistryServer(
        TempDirectory place,
        RegistryProcess server,
        DiscoverPopulation population,
        BenchHttpClient http,
        boolean isOwned)
        implements AutoCloseable {

    private static final int MAX_CONCURRENT = 256;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** Starts a registry, or takes the shared one; returns once all instances are registered and visible. */
    static RegistryServer start(BenchContext benchContext, DiscoverPopulation.Shape shape, String... settings)
            throws IOException, InterruptedException {
        if (benchContext.shared().isPresent()) {
            var shared = benchContext.shared().get().withPopulation(shape);
            shared.register();
            return shared;
        }
        return start(benchContext, shape, RegistryServer::register, settings);
    }

    /** Registers the instances of a started registry. */
    @FunctionalInterface
    interface Registration {
        void of(RegistryServer registry) throws IOException, InterruptedException;
    }

    /** Starts a registry in a new directory; returns once its instances are registered. */
    static RegistryServer start(
            BenchContext benchContext, DiscoverPopulation.Shape shape, Registration registration, String... settings)
            throws IOException, InterruptedException {
        var directory = TempDirectory.make();
        try {
            var registry = launch(benchContext, directory, shape, settings);
            try {
                registration.of(registry);
                return registry;
            } catch (IOException | InterruptedException | RuntimeException e) {
                registry.stop();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Launches a registry; returns once it is ready, with the existing data of the directory and without new
     * registrations.
     */
    static RegistryServer launch(
            BenchContext benchContext, TempDirectory directory, DiscoverPopulation.Shape shape, String... settings)
            throws IOException, InterruptedException {
        var server = RegistryProcess.launch(directory.directory(), benchContext.cache(), List.of(settings));
        try {
            server.secondsToReady();
            return new RegistryServer(
                    directory, server, new DiscoverPopulation(shape), new BenchHttpClient(server.port()), true);
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Returns the length of a discovery's body in bytes; throws an exception if the answer is wrong. Called before a
     * measurement.
     */
    int responseLength(String path, int limit) throws IOException, InterruptedException {
        var answer = http.get(population.discovery(path, 0, limit));
        long found = answer.body().split("\"port\":", -1).length - 1L;
        if (answer.statusCode() != 200 || found != limit) {
            throw new IllegalStateException("Not " + limit + " instances: " + answer.body());
        }
        return answer.body().length();
    }

    BenchmarkedServer contestant(String name, RequestCycle requestCycle) {
        return new BenchmarkedServer(name, true, server.process(), server.port(), requestCycle);
    }

    CacheLookups lookups() throws IOException, InterruptedException {
        return CacheLookups.parse(http.get("/metrics").body());
    }

    @Override
    public void close() throws IOException {
        if (isOwned) {
            stop();
            place.close();
        }
    }

    /** Returns a view of this registry with other instances, whose closing has no effect. */
    private RegistryServer withPopulation(DiscoverPopulation.Shape shape) {
        return new RegistryServer(place, server, new DiscoverPopulation(shape), http, false);
    }

    /** Stops the process and retains its directory. */
    void stop() {
        http.close();
        server.close();
    }

    /** Registers all instances; returns once they are visible. */
    void register() throws IOException, InterruptedException {
        register(population.registrations());
    }

    /** Registers the instances of another service; returns once they are visible. */
    void add(LoneService service, int instances) throws IOException, InterruptedException {
        register(service.registrations(0, instances));
    }

    private void register(RequestCycle registrations) throws IOException, InterruptedException {
        var loadRound = new BuiltInGenerator().once(server.port(), registrations, MAX_CONCURRENT);
        if (loadRound.errors() > 0) {
            throw new IllegalStateException(loadRound.errors() + " instances were not registered.");
        }
        awaitVisible();
    }

    /** Waits until all registrations are visible: registers the first instance again and waits for its position. */
    void awaitVisible() throws IOException, InterruptedException {
        var last = http.post("/api/v1/services", population.registration(0));
        var position = last.headers().firstValue("X-Registry-Position").orElseThrow();
        http.await(
                population.discovery(DiscoverPopulation.DISCOVER, 0, 1) + "&wait=30s&min_position=" + position,
                TIMEOUT);
    }
}
