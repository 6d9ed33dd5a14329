package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.ArrivalQueue.Arrival;
import dev.aicore.discovery.bench.load.LineStreamClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Watches all instances of an etcd and queues the events. */
final class EtcdWatcher implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 10;
    private static final Pattern REVISION = Pattern.compile("\"mod_revision\":\"(\\d+)\"");

    private final ArrivalQueue arrivalQueue = new ArrivalQueue();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final LineStreamClient lineStreamClient;

    /** Connects; returns once the watch has begun. */
    EtcdWatcher(EtcdProcess etcd) throws IOException, InterruptedException {
        lineStreamClient = new LineStreamClient(etcd.port(), etcd.population().watch(), this::take);
        if (!begun.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            lineStreamClient.close();
            throw new IllegalStateException("etcd did not answer the watch request.");
        }
    }

    ArrivalQueue arrivals() {
        return arrivalQueue;
    }

    @Override
    public void close() throws IOException {
        lineStreamClient.close();
    }

    private void take(String line, long nanos) {
        begun.countDown();
        var revisions = REVISION.matcher(line);
        while (revisions.find()) {
            arrivalQueue.add(new Arrival(0, Long.parseLong(revisions.group(1)), nanos));
        }
    }
}
