package dev.aicore.discovery.access.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.access.testing.DeterministicTestConfiguration.WebFluxWatch;
import dev.aicore.discovery.config.testing.RawHttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Two servers that are alike, but for the fast lane that one of them has. Both are asked the same, in the same order. */
public final class BothHttpPaths {

    private final int fast;
    private final int plain;
    private final WebFluxWatch watch;

    /**
     * Both of them.
     *
     * @param fast port of the one with the lane
     * @param plain port of the one without
     * @param watch of the one with the lane
     */
    public BothHttpPaths(int fast, int plain, WebFluxWatch watch) {
        this.fast = fast;
        this.plain = plain;
        this.watch = watch;
    }

    /** The lane answers, and what it answers is byte for byte what WebFlux does; headers may come in another order. */
    public void laneAnswers(String... lines) {
        webFluxSees(0, port -> RawHttpClient.send(port, lines));
    }

    /** The same of an answer that has no end, up to what its beginning ends with. */
    public void laneStreams(String last, String... lines) {
        webFluxSees(0, port -> RawHttpClient.sendAndHear(port, last, lines));
    }

    /** The lane lets WebFlux answer. */
    public void laneLetsPass(String... lines) {
        webFluxSees(1, port -> RawHttpClient.send(port, lines));
    }

    private void webFluxSees(int requests, IntFunction<String> asked) {
        int before = watch.requests();
        sameAnswers(asked);
        assertThat(watch.requests()).as("requests that WebFlux saw").isEqualTo(before + requests);
    }

    private void sameAnswers(IntFunction<String> asked) {
        var answer = Said.of(asked.apply(fast));
        assertThat(answer).isEqualTo(Said.of(asked.apply(plain)));
        assertThat(answer.status()).startsWith("HTTP/1.1 ");
    }

    private record Said(String status, List<String> headers, String body) {

        static Said of(String answer) {
            int end = answer.indexOf("\r\n\r\n");
            assertThat(end).as(answer).isPositive();
            var head = Arrays.asList(answer.substring(0, end).split("\r\n", -1));
            return new Said(
                    head.getFirst(),
                    head.subList(1, head.size()).stream().sorted().toList(),
                    answer.substring(end + 4));
        }
    }
}
