package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.dns.DnsLoad;
import dev.aicore.discovery.bench.load.LatencySamples;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.load.SseLoadGenerator;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Type;

/** Measures the time from a request that changes an instance until a listener of each kind has received the change. */
final class ListenerDelayScenario {

    private static final String NAME = "changes";
    private static final String SERVICE = "change-bench";
    private static final double MAX_P99_MILLIS = 150;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MIN_PAUSE_MILLIS = 30;
    private static final int MAX_PAUSE_MILLIS = 120;
    private static final long SEED = 20_261_201;

    private final BenchContext benchContext;
    private final DialectRegistry dialects;
    private final Random random = new Random(SEED);
    private boolean active = true;

    private ListenerDelayScenario(BenchContext benchContext, DialectRegistry dialects) {
        this.benchContext = benchContext;
        this.dialects = dialects;
    }

    /** Listener that receives the changes of the service in order. */
    private interface Listener extends AutoCloseable {

        /** Returns the time at which the next change was received, by {@link System#nanoTime()}. */
        long next() throws IOException, InterruptedException;

        @Override
        void close() throws IOException;
    }

    @FunctionalInterface
    private interface ListenerFactory {
        Listener open() throws IOException, InterruptedException;
    }

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds, DialectRegistry dialects)
            throws Exception {
        var load = MachineInfo.loadAverage();
        dialects.register(SERVICE, 2);
        var scenario = new ListenerDelayScenario(benchContext, dialects);
        var scenarioTable = new ScenarioTable(NAME, "ms", "");
        scenario.measure(scenarioTable, "blocking query of Consul", scenario::blockingQuery);
        scenario.measure(scenarioTable, "DNS client that asks all the time", scenario::dnsClient);
        scenario.measure(scenarioTable, "xDS stream", scenario::xdsStream);
        scenario.measure(scenarioTable, "native watcher", scenario::watcher);
        var after = load + " to " + MachineInfo.loadAverage();
        return scenarioTable.rows().stream().map(row -> row.withLoad(after)).toList();
    }

    private void measure(ScenarioTable scenarioTable, String what, ListenerFactory factory) throws Exception {
        try (var listener = factory.open()) {
            round(listener); // warms up
            var rounds = new ArrayList<Measured>();
            for (int i = 0; i < benchContext.options().rounds(); i++) {
                rounds.add(new Measured(round(listener), 0));
            }
            var summary = RoundSummary.of(rounds);
            scenarioTable.addTimes(
                    "change until its listener has it: " + what,
                    true,
                    summary,
                    new Threshold(
                            "p99 ≤ %.0f ms".formatted(MAX_P99_MILLIS), summary.bestP99Millis() <= MAX_P99_MILLIS));
        }
    }

    private LoadRound round(Listener listener) throws Exception {
        var delays = new LatencySamples();
        for (int i = 0; i < benchContext.size().watching().changes(); i++) {
            Sleeper.during(Duration.ofMillis(random.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS)));
            active = !active;
            long begin = System.nanoTime();
            var answer = dialects.registry()
                    .http()
                    .put(
                            "/api/v1/services/" + SERVICE + "-0",
                            "{\"status\":\"" + (active ? "active" : "maintenance") + "\"}");
            delays.add(answer.statusCode() == 200, listener.next() - begin);
        }
        return delays.round();
    }

    /** Listener whose changes arrive on another thread. */
    private static Listener queued(BlockingQueue<Long> arrivals, Closeable source) {
        return new Listener() {
            @Override
            public long next() throws InterruptedException {
                var arrival = arrivals.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                if (arrival == null) {
                    throw new IllegalStateException("A change didn't arrive within " + TIMEOUT + ".");
                }
                return arrival;
            }

            @Override
            public void close() throws IOException {
                source.close();
            }
        };
    }

    private Listener blockingQuery() throws IOException, InterruptedException {
        var arrivals = new LinkedBlockingQueue<Long>();
        var path = "/v1/health/service/" + SERVICE;
        var first = dialects.require(path, "X-Consul-Index");
        var waiting = Thread.ofVirtual().start(() -> {
            var index = first;
            try (var http = new BenchHttpClient(dialects.registry().server().port())) {
                while (true) {
                    var answer = http.get(path + "?wait=60s&index=" + index);
                    arrivals.add(System.nanoTime());
                    index = answer.headers().firstValue("X-Consul-Index").orElseThrow();
                }
            } catch (IOException | InterruptedException e) {
                // The end of the scenario.
            }
        });
        return queued(arrivals, waiting::interrupt);
    }

    private Listener xdsStream() throws IOException, InterruptedException {
        var arrivals = new LinkedBlockingQueue<Long>();
        var listener = new XdsListener(dialects.xdsPort(), SERVICE, () -> arrivals.add(System.nanoTime()));
        var queued = queued(arrivals, listener::close);
        queued.next(); // the state at the beginning
        return queued;
    }

    private Listener watcher() throws IOException, InterruptedException {
        var arrivals = new LinkedBlockingQueue<Long>();
        var generator = new SseLoadGenerator(dialects.registry().server().port(), (_, event, _, nanos) -> {
            if (event.equals("change")) {
                arrivals.add(nanos);
            }
        });
        generator.add(List.of("/api/v1/watch?service_name=" + SERVICE));
        return queued(arrivals, generator::close);
    }

    private Listener dnsClient() throws IOException {
        var client = new DnsLoad(dialects.dnsPort(), SERVICE + ".service.consul", Type.A);
        return new Listener() {
            @Override
            public long next() throws IOException {
                while (client.ask() != (active ? 2 : 1)) {
                    Thread.onSpinWait();
                }
                return System.nanoTime();
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }
}
