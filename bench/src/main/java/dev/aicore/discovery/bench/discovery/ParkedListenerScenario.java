package dev.aicore.discovery.bench.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.LiveHeap;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Measures the live heap of the server that waiting listeners take, each with a connection of its own: blocking queries
 * of Consul's protocol, and xDS streams.
 */
final class ParkedListenerScenario {

    private static final String NAME = "parked";
    private static final int QUERIES_PER_STREAM = 5;
    private static final int PARTS_OF_REST = 12;
    private static final double MAX_KILOBYTES = 15;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern WATCHERS = Pattern.compile("(?m)^service_discovery_watchers(?:\\{[^}]*})? ([0-9.]+)");

    private final BenchContext benchContext;
    private final DialectRegistry dialects;

    private ParkedListenerScenario(BenchContext benchContext, DialectRegistry dialects) {
        this.benchContext = benchContext;
        this.dialects = dialects;
    }

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds, DialectRegistry dialects)
            throws Exception {
        int queries = benchContext.size().watching().idle();
        int streams = queries / QUERIES_PER_STREAM;
        var load = MachineInfo.loadAverage();
        var scenario = new ParkedListenerScenario(benchContext, dialects);
        // The first of each kind load classes and fill caches.
        scenario.bytesOfQuery(Math.max(1, queries / 10));
        double query = scenario.bytesOfQuery(queries);
        scenario.bytesOfStream(Math.max(1, streams / 10));
        double stream = scenario.bytesOfStream(streams);
        var scenarioTable = new ScenarioTable(NAME, "KB of live heap each", load + " to " + MachineInfo.loadAverage());
        add(scenarioTable, "%,d blocking queries of Consul".formatted(queries), query);
        add(scenarioTable, "%,d xDS streams".formatted(streams), stream);
        return scenarioTable.rows();
    }

    private static void add(ScenarioTable scenarioTable, String what, double bytes) {
        double kilobytes = bytes / 1_024;
        scenarioTable.add(
                what,
                "KB of live heap each",
                kilobytes,
                new Threshold("≤ %.0f KB".formatted(MAX_KILOBYTES), kilobytes <= MAX_KILOBYTES));
    }

    private double bytesOfQuery(int count) throws Exception {
        long before = liveHeap();
        dialects.register("last", 1);
        var index = dialects.require("/v1/health/service/last", "X-Consul-Index");
        var connections = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < count; i++) {
                connections.add(open("/v1/health/service/s-"
                        + i % dialects.eureka().shape().services() + "?passing&wait=10m&index=" + index));
            }
            awaitWatchers(count);
            double each = (double) (liveHeap() - before) / count;
            requireUnanswered(connections);
            return each;
        } finally {
            for (var connection : connections) {
                connection.close();
            }
            awaitWatchers(0);
        }
    }

    private double bytesOfStream(int count) throws Exception {
        long before = liveHeap();
        var responses = new CountDownLatch(count);
        var streams = new ArrayList<XdsListener>();
        try {
            for (int i = 0; i < count; i++) {
                var service = "s-" + i % dialects.eureka().shape().services();
                streams.add(new XdsListener(dialects.xdsPort(), service, responses::countDown));
            }
            if (!responses.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(responses.getCount() + " xDS streams got no response.");
            }
            return (double) (liveHeap() - before) / count;
        } finally {
            streams.forEach(XdsListener::close);
        }
    }

    private SocketChannel open(String path) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), dialects.registry().server().port()));
        var request = ByteBuffer.wrap(RequestCycle.get(path));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        return channel;
    }

    private void awaitWatchers(int count) throws Exception {
        for (long end = System.nanoTime() + TIMEOUT.toNanos(); watchers() != count; ) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Of " + count + " queries, " + watchers() + " wait.");
            }
            Sleeper.during(Duration.ofMillis(100));
        }
    }

    private int watchers() throws Exception {
        var found = WATCHERS.matcher(dialects.registry().http().get("/metrics").body());
        if (!found.find()) {
            throw new IllegalStateException("The server reports no number of watchers.");
        }
        return (int) Double.parseDouble(found.group(1));
    }

    private static void requireUnanswered(List<SocketChannel> connections) throws IOException {
        var buffer = ByteBuffer.allocate(256);
        for (var connection : connections) {
            connection.configureBlocking(false);
            if (connection.read(buffer.clear()) != 0) {
                throw new IllegalStateException("A query was answered: " + US_ASCII.decode(buffer.flip()));
            }
        }
    }

    private long liveHeap() throws IOException, InterruptedException {
        Sleeper.during(Duration.ofSeconds(benchContext.size().idleSeconds()).dividedBy(PARTS_OF_REST));
        return LiveHeap.bytes(dialects.registry().server().process());
    }
}
