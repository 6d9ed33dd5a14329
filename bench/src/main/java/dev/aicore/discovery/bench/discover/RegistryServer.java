package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import dev.aicore.discovery.bench.rig.TempDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Our registry as a user starts it, with instances that can be discovered. */
record RegistryServer(TempDirectory place, RegistryProcess server, DiscoverPopulation population, BenchHttpClient http)
        implements AutoCloseable {

    private static final int AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Returns when all are registered, and visible. */
    static RegistryServer start(BenchContext benchContext, DiscoverPopulation.Shape shape, String... settings)
            throws IOException, InterruptedException {
        var directory = TempDirectory.make();
        try {
            var registry = launch(benchContext, directory, shape, settings);
            try {
                registry.register();
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

    /** Returns when it is ready, with what its place holds from earlier ones; nobody has registered with it. */
    static RegistryServer launch(
            BenchContext benchContext, TempDirectory directory, DiscoverPopulation.Shape shape, String... settings)
            throws IOException, InterruptedException {
        var server = RegistryProcess.launch(directory.directory(), benchContext.cache(), List.of(settings));
        try {
            server.secondsToReady();
            return new RegistryServer(
                    directory, server, new DiscoverPopulation(shape), new BenchHttpClient(server.port()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** In bytes, of the body; looked at before anything is measured. */
    int lengthOfAnswer(String path, int limit) throws IOException, InterruptedException {
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
        stop();
        place.close();
    }

    /** Ends it, and leaves its place to another. */
    void stop() {
        http.close();
        server.close();
    }

    /** Returns when all are registered, and visible. */
    void register() throws IOException, InterruptedException {
        register(population.registrations());
    }

    /** Returns when so many instances of one more service are registered, and visible. */
    void add(LoneService service, int instances) throws IOException, InterruptedException {
        register(service.registrations(0, instances));
    }

    private void register(RequestCycle registrations) throws IOException, InterruptedException {
        var loadRound = new BuiltInGenerator().once(server.port(), registrations, AT_ONCE);
        if (loadRound.errors() > 0) {
            throw new IllegalStateException(loadRound.errors() + " instances were not registered.");
        }
        awaitVisible();
    }

    /** Registers the first one once more, after all others: where that is visible, all are. */
    void awaitVisible() throws IOException, InterruptedException {
        var last = http.post("/api/v1/services", population.registration(0));
        var position = last.headers().firstValue("X-Registry-Position").orElseThrow();
        http.await(
                population.discovery(DiscoverPopulation.DISCOVER, 0, 1) + "&wait=30s&min_position=" + position,
                PATIENCE);
    }
}
