package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.LoadRound;
import dev.aicore.discovery.bench.load.RequestCycle;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Registers instances that aren't there, as fast as it is answered; they are deregistered after each run. For one thread. */
final class RegistrationLoad implements LoadRun {

    private static final int AT_ONCE = 64;

    private final RequestCycle registrations;
    private final List<byte[]> deregistrations;
    private final int connections;
    private LoadRound last = new LoadRound(0, 0, 1, 0, 0, 0);

    /**
     * Sends nothing yet.
     *
     * @param first number of the first, behind those that are there
     * @param count how many a run registers at most: it ends before its time if they are all there
     */
    RegistrationLoad(DeclarationRequests declarationRequests, int first, int count, int connections) {
        this.registrations = declarationRequests.registrations(first, count);
        this.deregistrations = declarationRequests.deregistrations(first, count).all();
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
        var loadRound = new BuiltInGenerator().once(benchmarkedServer.port(), sentOnes, AT_ONCE);
        // Who was refused isn't there to be deregistered.
        if (loadRound.errors() > last.errors()) {
            throw new IllegalStateException(loadRound.errors() + " instances were not deregistered.");
        }
    }
}
