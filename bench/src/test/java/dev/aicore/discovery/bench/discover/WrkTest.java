package dev.aicore.discovery.bench.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class WrkTest {

    private static final String SAID = """
            Running 10s test @ http://127.0.0.1:8080
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     2.06ms    5.25ms  90.18ms   94.62%
              Latency Distribution
                 50%  598.00us
                 75%    1.31ms
                 90%    4.20ms
                 99%    1.03s
              263640 requests in 5.00s, 800.62MB read
              Socket errors: connect 1, read 2, write 0, timeout 4
              Non-2xx or 3xx responses: 30
            Requests/sec:  52728.33
            """;

    @Test
    void whatItSaysIsUnderstood() {
        assertThat(Wrk.parse(SAID)).isEqualTo(new Wrk.Round(52_728.33, 0.598, 1_030, 37));
    }

    @Test
    void whatItDoesNotSayIsNotMadeUp() {
        assertThatIllegalStateException().isThrownBy(() -> Wrk.parse("unable to connect"));
    }
}
