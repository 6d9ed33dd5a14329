package dev.aicore.discovery.healthchecks.outbound;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers queries for A records on loopback (RFC 1035); reports unknown names as nonexistent. */
final class SmallNameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> hosts;
    private final AtomicInteger questions = new AtomicInteger();

    /**
     * Starts a name server.
     *
     * @param hosts addresses by name; queries for a name without addresses are never answered
     */
    SmallNameServer(Map<String, List<byte[]>> hosts) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.hosts = hosts;
        Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int questions() {
        return questions.get();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[512], 512);
        try {
            while (true) {
                packet.setLength(512);
                socket.receive(packet);
                questions.incrementAndGet();
                var answer = answer(packet.getData());
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private byte[] answer(byte[] question) {
        var name = new StringBuilder();
        int end = HEADER;
        while (question[end] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, end + 1, question[end], StandardCharsets.US_ASCII));
            end += question[end] + 1;
        }
        int type = question[end + 2];
        var known = hosts.get(name.toString());
        var records = known == null || type != TYPE_A ? List.<byte[]>of() : known;
        if (known != null && known.isEmpty()) {
            return new byte[0];
        }
        var out = ByteBuffer.allocate(512);
        out.put(question, 0, 2).putShort((short) (known == null ? 0x8183 : 0x8180));
        out.putShort((short) 1).putShort((short) records.size()).putInt(0);
        out.put(question, HEADER, end + 5 - HEADER);
        for (var record : records) {
            out.putShort((short) 0xc00c).putShort((short) TYPE_A).putShort((short) 1);
            out.putInt(60).putShort((short) record.length).put(record);
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
