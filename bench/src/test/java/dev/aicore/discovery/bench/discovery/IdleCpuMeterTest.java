package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.Threshold;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleCpuMeterTest {

    private static final long MILLI = 1_000_000;

    @Test
    void cpuTime_isConvertedToPercentAndMillisPerRequest() {
        assertThat(CpuPart.percent(500 * MILLI, 800 * MILLI, 3_000 * MILLI)).isEqualTo(10);
        // Ten requests per second that together take a tenth of a core.
        assertThat(IdleCpuMeter.millisOfRequest(10)).isEqualTo(10);
    }

    @Test
    void thresholds_applyToServerProcessAndRequest() {
        var lowRateLoad = LowRateLoad.of("changes", _ -> new byte[0], 3).within(2);

        assertThat(lowRateLoad.name()).isEqualTo("10 changes/s");
        assertThat(lowRateLoad.goals(3)).containsExactly(new Threshold("≤ 3 %", true));
        assertThat(lowRateLoad.goals(3.1)).containsExactly(new Threshold("≤ 3 %", false));
        assertThat(lowRateLoad.goalsOfRequest(2.1)).containsExactly(new Threshold("≤ 2 ms", false));
        assertThat(LowRateLoad.nothing(0).goals(3)).isEmpty();
    }

    @Test
    void measure_addsRowPerPartAndSendsTenPerSecond() throws Exception {
        var asked = Collections.synchronizedList(new ArrayList<String>());
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            var scenarioTable = new ScenarioTable("idle", "% of a core", "0.0");
            var taken = new AtomicLong();
            new IdleCpuMeter(2, Duration.ofMillis(300), scenarioTable)
                    .measure(
                            "ours",
                            true,
                            server.getAddress().getPort(),
                            List.of(
                                    new CpuPart("the server", () -> taken.addAndGet(MILLI)),
                                    new CpuPart("its store", () -> 0)),
                            List.of(
                                    LowRateLoad.nothing(1),
                                    LowRateLoad.of("reads", i -> RequestCycle.get("/" + i), 1)));

            assertThat(asked).containsExactly("/0", "/1", "/2", "/3", "/4", "/5");
            assertThat(scenarioTable.rows())
                    .extracting(DiscoverReportRow::what)
                    .containsExactly(
                            "ours, nothing: the server",
                            "ours, nothing: its store",
                            "ours, 10 reads/s: the server",
                            "ours, 10 reads/s: its store",
                            "ours, 10 reads/s: per request, all processes, above idle");
            assertThat(scenarioTable.rows().getFirst().figure().sorted())
                    .hasSize(2)
                    .allSatisfy(percent -> assertThat(percent).isPositive());
            assertThat(scenarioTable.rows().getFirst().goals()).hasSize(1);
            assertThat(scenarioTable.rows().get(1).goals()).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
