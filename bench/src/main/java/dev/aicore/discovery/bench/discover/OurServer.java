package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Requests;
import dev.aicore.discovery.bench.rig.Http;
import dev.aicore.discovery.bench.rig.ServerProcess;
import dev.aicore.discovery.bench.rig.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Our registry as a user starts it, with instances that can be discovered. */
record OurServer(Workplace place, ServerProcess server, Population population, Http http) implements AutoCloseable {

    private static final int AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Returns when all are registered, and visible. */
    static OurServer start(Stage stage, Population.Shape shape, String... settings)
            throws IOException, InterruptedException {
        var place = Workplace.make();
        try {
            var ours = launch(stage, place, shape, settings);
            try {
                ours.register();
                return ours;
            } catch (IOException | InterruptedException | RuntimeException e) {
                ours.stop();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** Returns when it is ready, with what its place holds from earlier ones; nobody has registered with it. */
    static OurServer launch(Stage stage, Workplace place, Population.Shape shape, String... settings)
            throws IOException, InterruptedException {
        var server = ServerProcess.launch(place.directory(), stage.cache(), List.of(settings));
        try {
            server.secondsToReady();
            return new OurServer(place, server, new Population(shape), new Http(server.port()));
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

    Contestant contestant(String name, Requests requests) {
        return new Contestant(name, true, server.process(), server.port(), requests);
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

    private void register(Requests registrations) throws IOException, InterruptedException {
        var round = new Bundled().once(server.port(), registrations, AT_ONCE);
        if (round.errors() > 0) {
            throw new IllegalStateException(round.errors() + " instances were not registered.");
        }
        awaitVisible();
    }

    /** Registers the first one once more, after all others: where that is visible, all are. */
    void awaitVisible() throws IOException, InterruptedException {
        var last = http.post("/api/v1/services", population.registration(0));
        var position = last.headers().firstValue("X-Registry-Position").orElseThrow();
        http.await(population.discovery(Population.DISCOVER, 0, 1) + "&wait=30s&min_position=" + position, PATIENCE);
    }
}
