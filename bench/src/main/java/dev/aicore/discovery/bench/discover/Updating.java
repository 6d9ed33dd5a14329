package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Generator;
import dev.aicore.discovery.bench.load.Requests;
import dev.aicore.discovery.bench.load.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes instances that are there, as fast as it is answered: each time to a weight that the instance hasn't had. For one thread. */
final class Updating implements Trial {

    /** Above what instances are registered with. */
    private static final int FIRST_WEIGHT = 101;

    private static final int WEIGHTS = 60_000;

    /** A run that is through with one pass goes on with the other, whose weights are others. */
    private static final int PASSES_IN_RUN = 2;

    private static final long SEED = 20_261_201;

    private final Declarations declarations;
    private final List<Integer> numbers;
    private final int connections;
    private final Generator generator;
    private int passes;

    /** @param instances numbered from 0 */
    Updating(Declarations declarations, int instances, int connections, Generator generator) {
        this.declarations = declarations;
        this.numbers = new ArrayList<>(Population.each(instances, i -> i));
        Collections.shuffle(numbers, new Random(SEED));
        this.connections = connections;
        this.generator = generator;
    }

    @Override
    public Round run(Contestant contestant, Duration duration) throws IOException, InterruptedException {
        var requests = new ArrayList<byte[]>();
        for (int i = 0; i < PASSES_IN_RUN; i++) {
            int weight = FIRST_WEIGHT + passes++ % WEIGHTS;
            numbers.forEach(number -> requests.add(declarations.update(number, weight)));
        }
        return generator.run(contestant.port(), Requests.of(requests), connections, duration);
    }
}
