package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.load.RequestCycle;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Registers new instances in a closed loop, and deregisters them after each run. Not thread-safe. */
final class RegistrationLoad implements LoadRun {

    private static final int MAX_CONCURRENT = 64;

    private final RequestCycle registrations;
    private final List<byte[]> deregistrations;
    private final int connections;
    private LoadRound last = new LoadRound(0, 0, 1, 0, 0, 0);

    /**
     * Creates the load; sends nothing yet.
     *
     * @param first number of the first instance, after the existing ones
     * @param count maximum number of registrations per run: a run ends early if all are registered
     */
    RegistrationLoad(InstanceRequestFactory instanceRequestFactory, int first, int count, int connections) {
        this.registrations = instanceRequestFactory.registrations(first, count);
        this.deregistrations =
                instanceRequestFactory.deregistrations(first, count).all();
        this.connections = connections;
    }

    @Override
    public LoadRound run(BenchmarkedServer benchmarkedServer, Duration duration) throws IOException {
        last = new BuiltInGenerator().once(benchmarkedServer.port(), registrations, connections, duration);
        return last;
    }

    @Override
    public void reset(BenchmarkedServer benchmarkedServer) throws IOException {
        int sent = (int) (last.answers() + last.errors());
        if (sent == 0) {
            return;
        }
        var sentOnes = RequestCycle.of(deregistrations.subList(0, sent));
        var loadRound = new BuiltInGenerator().once(benchmarkedServer.port(), sentOnes, MAX_CONCURRENT);
        // A refused registration can't be deregistered.
        if (loadRound.errors() > last.errors()) {
            throw new IllegalStateException(loadRound.errors() + " instances were not deregistered.");
        }
    }
}
