package dev.aicore.discovery.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stream of server-sent events (HTML standard, section 9.2). Read by one thread, which blocks; any thread may close it,
 * which ends the read. Lines end with a line feed, optionally after a carriage return.
 */
public final class EventStream implements AutoCloseable {

    /** Bound of an event: a snapshot of a large service is one event. */
    private static final int MAX_EVENT_BYTES = 16 << 20;

    private static final int BUFFER = 8192;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream input;
    private final LongSupplier nanoTime;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private boolean isFirstLine = true;
    private String lastId = "";
    private volatile long lastByte;
    private volatile boolean hasByte;

    /**
     * Creates a stream.
     *
     * @param nanoTime clock for {@link #lastByte}
     */
    public EventStream(InputStream input, LongSupplier nanoTime) {
        this.input = input;
        this.nanoTime = nanoTime;
        this.lastByte = nanoTime.getAsLong();
    }

    /** Returns when the last byte arrived, or the stream was opened, in nanoseconds of the clock. */
    public long lastByte() {
        return lastByte;
    }

    /** Returns true if a byte has arrived. */
    public boolean hasByte() {
        return hasByte;
    }

    /**
     * Waits for the next event.
     *
     * @return null at the end of the stream; an event that was cut off is dropped
     * @throws IOException if the connection breaks, an event is too large, or isn't UTF-8
     */
    public @Nullable StreamEvent read() throws IOException {
        String type = "message";
        var data = new StringBuilder();
        boolean hasData = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (hasData) {
                    return new StreamEvent(type, lastId, data.toString());
                }
                type = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "event" -> type = value;
                case "id" -> lastId = value;
                case "data" -> {
                    data.append(hasData ? "\n" : "").append(value);
                    hasData = true;
                    if (data.length() > MAX_EVENT_BYTES) {
                        throw tooLarge();
                    }
                }
                default -> {
                    // A comment, or a field of a later version.
                }
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int start = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            line.write(buffer, start, next - start);
            if (line.size() > MAX_EVENT_BYTES) {
                throw tooLarge();
            }
            if (next < end) {
                next++;
                return text(line.toByteArray());
            }
            end = input.read(buffer);
            next = 0;
            if (end < 0) {
                end = 0;
                return null;
            }
            lastByte = nanoTime.getAsLong();
            hasByte = true;
        }
    }

    private String text(byte[] bytes) throws CharacterCodingException {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        String text = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, 0, length))
                .toString();
        boolean hasMark = isFirstLine && text.startsWith(BYTE_ORDER_MARK);
        isFirstLine = false;
        return hasMark ? text.substring(1) : text;
    }

    private static IOException tooLarge() {
        return new IOException("An event exceeds " + MAX_EVENT_BYTES + " bytes.");
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            // The connection is gone in either case.
        }
    }
}
