package dev.aicore.discovery.access.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.access.testing.DeterministicTestConfiguration.WebFluxWatch;
import dev.aicore.discovery.config.testing.RawHttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Compares two equal servers, of which one has the hot path. Both receive the same requests in the same order. */
public final class BothHttpPaths {

    private final int fast;
    private final int plain;
    private final WebFluxWatch watch;

    /**
     * Creates a comparison.
     *
     * @param fast port of the server with the hot path
     * @param plain port of the server without
     * @param watch counter of the server with the hot path
     */
    public BothHttpPaths(int fast, int plain, WebFluxWatch watch) {
        this.fast = fast;
        this.plain = plain;
        this.watch = watch;
    }

    /** Asserts that the hot path answers, and with the same bytes as WebFlux; the order of headers may differ. */
    public void assertEqualAnswers(String... lines) {
        webFluxSees(0, port -> RawHttpClient.send(port, lines));
    }

    /** Asserts the same of a response that doesn't end, up to the text {@code last}. */
    public void assertEqualStreams(String last, String... lines) {
        webFluxSees(0, port -> RawHttpClient.sendAndReadUntil(port, last, lines));
    }

    /** Asserts that the hot path passes the request to WebFlux. */
    public void assertPassedToWebFlux(String... lines) {
        webFluxSees(1, port -> RawHttpClient.send(port, lines));
    }

    private void webFluxSees(int requests, IntFunction<String> asked) {
        int before = watch.requests();
        sameAnswers(asked);
        assertThat(watch.requests()).as("requests handled by WebFlux").isEqualTo(before + requests);
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
