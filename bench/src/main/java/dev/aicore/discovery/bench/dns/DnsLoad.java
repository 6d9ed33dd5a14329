package dev.aicore.discovery.bench.dns;

import dev.aicore.discovery.bench.load.LatencySamples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Client that sends one query again and again over UDP, with a number of them in flight. */
public final class DnsLoad implements AutoCloseable {

    /** Time after which the answers to queries in flight count as lost. */
    private static final long LOST_NANOS = Duration.ofSeconds(2).toNanos();

    private static final int MAX_ANSWER_BYTES = 65_536;
    private static final int MAX_IN_FLIGHT = 1 << 16;
    private static final int PAYLOAD = 4_096;

    private final DatagramChannel channel = DatagramChannel.open();
    private final ByteBuffer query;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(MAX_ANSWER_BYTES);
    private final long[] sentAt = new long[MAX_IN_FLIGHT];

    /**
     * Creates a client.
     *
     * @param port port on 127.0.0.1
     * @param type type of the records
     */
    public DnsLoad(int port, String name, int type) throws IOException {
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        var message = Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
        message.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
        query = ByteBuffer.wrap(message.toWire());
    }

    /**
     * Sends queries.
     *
     * @param inFlight number of queries without an answer at the same time
     * @return latencies; answers without records, and lost ones, are errors
     */
    public LatencySamples run(int inFlight, Duration duration) throws IOException {
        var samples = new LatencySamples();
        int sent = 0;
        int received = 0;
        long end = System.nanoTime() + duration.toNanos();
        for (long now = System.nanoTime(); now < end || received < sent; now = System.nanoTime()) {
            if (sent - received < inFlight && now < end) {
                send(sent++ & (MAX_IN_FLIGHT - 1));
            }
            int records = receive();
            if (records >= 0) {
                int id = answer.getShort(0) & 0xffff;
                samples.add(records > 0, System.nanoTime() - sentAt[id]);
                received++;
            } else if (now > end + LOST_NANOS) {
                samples.add(false, 0);
                received++;
            }
        }
        return samples;
    }

    /** Sends one query and waits for its answer; returns its number of records, -1 if it is lost. */
    public int ask() throws IOException {
        send(0);
        long end = System.nanoTime() + LOST_NANOS;
        int records = receive();
        while (records < 0 && System.nanoTime() < end) {
            records = receive();
        }
        return records;
    }

    private void send(int id) throws IOException {
        sentAt[id] = System.nanoTime();
        query.clear().putShort(0, (short) id);
        channel.write(query);
    }

    /** Returns the number of records of the next answer; -1 if there is none. */
    private int receive() throws IOException {
        answer.clear();
        return channel.read(answer) <= 0 ? -1 : answer.getShort(6) & 0xffff;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
