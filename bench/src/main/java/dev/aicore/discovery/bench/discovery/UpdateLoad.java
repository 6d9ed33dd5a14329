package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.LoadGenerator;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.load.RequestCycle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Updates existing instances in a closed loop, each time to a weight that the instance hasn't had. Not thread-safe. */
final class UpdateLoad implements LoadRun {

    /** First weight, above those of the registrations. */
    private static final int FIRST_WEIGHT = 101;

    private static final int WEIGHTS = 60_000;

    /**
     * Number of passes prepared for a run, each with another weight; a run that completes the first continues with the
     * second.
     */
    private static final int PASSES_IN_RUN = 2;

    private static final long SEED = 20_261_201;

    private final InstanceRequestFactory instanceRequestFactory;
    private final List<Integer> numbers;
    private final int connections;
    private final LoadGenerator loadGenerator;
    private int passes;

    /** @param instances number of instances, numbered from 0 */
    UpdateLoad(
            InstanceRequestFactory instanceRequestFactory,
            int instances,
            int connections,
            LoadGenerator loadGenerator) {
        this.instanceRequestFactory = instanceRequestFactory;
        this.numbers = new ArrayList<>(DiscoverPopulation.each(instances, i -> i));
        Collections.shuffle(numbers, new Random(SEED));
        this.connections = connections;
        this.loadGenerator = loadGenerator;
    }

    @Override
    public LoadRound run(BenchmarkedServer benchmarkedServer, Duration duration)
            throws IOException, InterruptedException {
        var requests = new ArrayList<byte[]>();
        for (int i = 0; i < PASSES_IN_RUN; i++) {
            int weight = FIRST_WEIGHT + passes++ % WEIGHTS;
            numbers.forEach(number -> requests.add(instanceRequestFactory.update(number, weight)));
        }
        return loadGenerator.run(benchmarkedServer.port(), RequestCycle.of(requests), connections, duration);
    }
}
