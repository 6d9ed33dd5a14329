package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Lines;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One who watches all instances of an etcd, and what it was told of. */
final class EtcdWatch implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;
    private static final Pattern REVISION = Pattern.compile("\"mod_revision\":\"(\\d+)\"");

    private final Arrivals arrivals = new Arrivals();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Lines lines;

    /** Returns when it watches. */
    EtcdWatch(EtcdProcess etcd) throws IOException, InterruptedException {
        lines = new Lines(etcd.port(), etcd.population().watch(), this::take);
        if (!begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            lines.close();
            throw new IllegalStateException("etcd doesn't answer who wants to watch.");
        }
    }

    Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private void take(String line, long nanos) {
        begun.countDown();
        var revisions = REVISION.matcher(line);
        while (revisions.find()) {
            arrivals.add(new Arrival(0, Long.parseLong(revisions.group(1)), nanos));
        }
    }
}
