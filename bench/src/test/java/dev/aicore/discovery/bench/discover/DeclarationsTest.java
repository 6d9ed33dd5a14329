package dev.aicore.discovery.bench.discover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.bench.discover.Population.Shape;
import dev.aicore.discovery.bench.load.Generator;
import dev.aicore.discovery.bench.load.Requests;
import dev.aicore.discovery.bench.load.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeclarationsTest {

    private static final int INSTANCES = 20;

    private static Stream<Declarations> all() {
        var shape = new Shape(4, 5);
        return Stream.of(new Population(shape), new Eureka(shape), new LoneService("alone"), new Etcd());
    }

    /** Whoever takes away the first so many that were registered has to take away those. */
    @ParameterizedTest
    @MethodSource("all")
    void takesAwayInTheOrderInWhichItRegisters(Declarations declarations) {
        var registered = declarations.registrations(7, INSTANCES).all();
        var deregistered = declarations.deregistrations(7, INSTANCES).all();

        for (int number = 7; number < 7 + INSTANCES; number++) {
            assertThat(indexOf(deregistered, declarations.deregister(number)))
                    .isEqualTo(indexOf(registered, declarations.register(number)))
                    .isNotNegative();
        }
    }

    /** What is sent again at once would be no change. */
    @ParameterizedTest
    @MethodSource("all")
    void runsOfUpdatesSendNothingTwice(Declarations declarations) throws Exception {
        var sent = new ArrayList<byte[]>();
        var updating = new Updating(declarations, INSTANCES, 1, new Recording(sent));
        var contestant = new Contestant("", true, ProcessHandle.current(), 1, Requests.of(List.of()));

        updating.run(contestant, Duration.ZERO);
        updating.run(contestant, Duration.ZERO);

        assertThat(sent).hasSize(4 * INSTANCES);
        assertThat(new HashSet<>(sent.stream().map(DeclarationsTest::text).toList()))
                .hasSize(4 * INSTANCES);
    }

    private static int indexOf(List<byte[]> requests, byte[] wanted) {
        return requests.stream().map(DeclarationsTest::text).toList().indexOf(text(wanted));
    }

    private static String text(byte[] request) {
        return new String(request, US_ASCII);
    }

    private record Recording(List<byte[]> sent) implements Generator {

        @Override
        public Round run(int port, Requests requests, int connections, Duration duration) {
            sent.addAll(requests.all());
            return new Round(0, 0, 1, 0, 0, 0);
        }

        @Override
        public String words() {
            return "nobody";
        }
    }
}
