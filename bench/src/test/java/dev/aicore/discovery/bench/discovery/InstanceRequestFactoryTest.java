package dev.aicore.discovery.bench.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.bench.discovery.DiscoverPopulation.Shape;
import dev.aicore.discovery.bench.load.LoadGenerator;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.load.RequestCycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstanceRequestFactoryTest {

    private static final int INSTANCES = 20;

    private static Stream<InstanceRequestFactory> all() {
        var shape = new Shape(4, 5);
        return Stream.of(
                new DiscoverPopulation(shape), new EurekaRequests(shape), new LoneService("alone"), new EtcdRequests());
    }

    /** Verifies that the first n deregistrations are those of the first n registrations. */
    @ParameterizedTest
    @MethodSource("all")
    void deregistrations_followOrderOfRegistrations(InstanceRequestFactory instanceRequestFactory) {
        var registered = instanceRequestFactory.registrations(7, INSTANCES).all();
        var deregistered = instanceRequestFactory.deregistrations(7, INSTANCES).all();

        for (int number = 7; number < 7 + INSTANCES; number++) {
            assertThat(indexOf(deregistered, instanceRequestFactory.deregister(number)))
                    .isEqualTo(indexOf(registered, instanceRequestFactory.register(number)))
                    .isNotNegative();
        }
    }

    /** Verifies that runs repeat no update: a repeated one would change nothing. */
    @ParameterizedTest
    @MethodSource("all")
    void updateRuns_sendEachUpdateOnce(InstanceRequestFactory instanceRequestFactory) throws Exception {
        var sent = new ArrayList<byte[]>();
        var updateLoad = new UpdateLoad(instanceRequestFactory, INSTANCES, 1, new Recording(sent));
        var benchmarkedServer = new BenchmarkedServer("", true, ProcessHandle.current(), 1, RequestCycle.of(List.of()));

        updateLoad.run(benchmarkedServer, Duration.ZERO);
        updateLoad.run(benchmarkedServer, Duration.ZERO);

        assertThat(sent).hasSize(4 * INSTANCES);
        assertThat(new HashSet<>(
                        sent.stream().map(InstanceRequestFactoryTest::text).toList()))
                .hasSize(4 * INSTANCES);
    }

    private static int indexOf(List<byte[]> requests, byte[] wanted) {
        return requests.stream().map(InstanceRequestFactoryTest::text).toList().indexOf(text(wanted));
    }

    private static String text(byte[] request) {
        return new String(request, US_ASCII);
    }

    private record Recording(List<byte[]> sent) implements LoadGenerator {

        @Override
        public LoadRound run(int port, RequestCycle requestCycle, int connections, Duration duration) {
            sent.addAll(requestCycle.all());
            return new LoadRound(0, 0, 1, 0, 0, 0);
        }

        @Override
        public String words() {
            return "nobody";
        }
    }
}
