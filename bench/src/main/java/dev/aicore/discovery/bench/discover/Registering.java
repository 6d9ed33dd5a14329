package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Requests;
import dev.aicore.discovery.bench.load.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Registers instances that aren't there, as fast as it is answered; they are deregistered after each run. For one thread. */
final class Registering implements Trial {

    private static final int AT_ONCE = 64;

    private final Requests registrations;
    private final List<byte[]> deregistrations;
    private final int connections;
    private Round last = new Round(0, 0, 1, 0, 0, 0);

    /**
     * Sends nothing yet.
     *
     * @param first number of the first, behind those that are there
     * @param count how many a run registers at most: it ends before its time if they are all there
     */
    Registering(Declarations declarations, int first, int count, int connections) {
        this.registrations = declarations.registrations(first, count);
        this.deregistrations = declarations.deregistrations(first, count).all();
        this.connections = connections;
    }

    @Override
    public Round run(Contestant contestant, Duration duration) throws IOException {
        last = new Bundled().once(contestant.port(), registrations, connections, duration);
        return last;
    }

    @Override
    public void reset(Contestant contestant) throws IOException {
        int sent = (int) (last.answers() + last.errors());
        if (sent == 0) {
            return;
        }
        var sentOnes = Requests.of(deregistrations.subList(0, sent));
        var round = new Bundled().once(contestant.port(), sentOnes, AT_ONCE);
        // Who was refused isn't there to be deregistered.
        if (round.errors() > last.errors()) {
            throw new IllegalStateException(round.errors() + " instances were not deregistered.");
        }
    }
}
