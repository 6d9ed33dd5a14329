package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Parses HTTP/1.1 responses incrementally. Retains only the beginning of a body. */
final class HttpResponseParser {

    /** Consumes a body in parts. */
    @FunctionalInterface
    interface Body {
        /** Consumes a part, which must be read completely. */
        void take(ByteBuffer part);
    }

    private enum Part {
        STATUS,
        HEADER,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private static final int KEPT = 256;
    private static final byte[] NOTHING = {};
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(US_ASCII);
    private static final byte[] CONNECTION = "connection:".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);
    private static final byte[] CLOSE = "close".getBytes(US_ASCII);

    private final byte[] mark;
    private final @Nullable Body body;
    private final byte[] line = new byte[KEPT];
    private final byte[] kept = new byte[KEPT];
    private Part part = Part.STATUS;
    private int inLine;
    private int inKept;
    private int status;
    private long left;
    private boolean isChunked;
    private boolean isLast;

    /** @param mark text within the first 256 bytes of every good body; may be empty */
    HttpResponseParser(byte[] mark) {
        this.mark = mark;
        this.body = null;
    }

    /** @param body consumer of the body of every response with a status of 2xx */
    HttpResponseParser(Body body) {
        this.mark = NOTHING;
        this.body = body;
    }

    /** Resets the parser for the next response. */
    void begin() {
        part = Part.STATUS;
        inLine = 0;
        inKept = 0;
        status = 0;
        left = 0;
        isChunked = false;
        isLast = false;
    }

    /** Parses bytes; returns true once the response is complete. */
    boolean take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (part == Part.BODY || part == Part.CHUNK) {
                if (skip(bytes) && part == Part.BODY) {
                    return true;
                }
            } else if (inLine(bytes.get()) && endLine()) {
                return true;
            }
        }
        return false;
    }

    /** Returns true if the status was 2xx, and the mark was found. */
    boolean isGood() {
        return status / 100 == 2 && indexOf(kept, inKept, mark) >= 0;
    }

    /** Returns true if the server closes the connection after this response. */
    boolean isLast() {
        return isLast;
    }

    private boolean skip(ByteBuffer bytes) {
        int now = (int) Math.min(left, bytes.remaining());
        int keeps = mark.length == 0 ? 0 : Math.min(now, KEPT - inKept);
        bytes.get(bytes.position(), kept, inKept, keeps);
        inKept += keeps;
        if (body != null && status / 100 == 2) {
            body.take(bytes.slice(bytes.position(), now));
        }
        bytes.position(bytes.position() + now);
        left -= now;
        if (left == 0 && part == Part.CHUNK) {
            part = Part.CHUNK_END;
        }
        return left == 0;
    }

    /** Adds a byte to the line; returns true at its end. Of a long line only the beginning is retained. */
    private boolean inLine(byte next) {
        if (next == '\n') {
            return true;
        }
        if (next != '\r' && inLine < line.length) {
            line[inLine++] = next;
        }
        return false;
    }

    /** Parses the line; returns true if it ends the response. */
    private boolean endLine() {
        boolean isEmpty = inLine == 0;
        boolean isWhole = switch (part) {
            case STATUS -> {
                status = (int) number(9, 10);
                part = Part.HEADER;
                yield false;
            }
            case HEADER -> isEmpty ? endHead() : header();
            case CHUNK_SIZE -> {
                left = number(0, 16);
                part = left == 0 ? Part.TRAILER : Part.CHUNK;
                yield false;
            }
            case CHUNK_END -> {
                part = Part.CHUNK_SIZE;
                yield false;
            }
            case TRAILER -> isEmpty;
            case BODY, CHUNK -> throw new IllegalStateException("A line was read within a body.");
        };
        inLine = 0;
        return isWhole;
    }

    private boolean header() {
        if (begins(CONTENT_LENGTH)) {
            left = number(CONTENT_LENGTH.length, 10);
        } else if (begins(TRANSFER_ENCODING)) {
            isChunked = indexOf(line, inLine, CHUNKED) >= 0;
        } else if (begins(CONNECTION)) {
            isLast = indexOf(line, inLine, CLOSE) >= 0;
        }
        return false;
    }

    private boolean endHead() {
        part = isChunked ? Part.CHUNK_SIZE : Part.BODY;
        return !isChunked && left == 0;
    }

    private boolean begins(byte[] lowerCase) {
        if (inLine < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (Character.toLowerCase(line[i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number at the index or after spaces; 0 if there is none. */
    private long number(int from, int radix) {
        int at = from;
        while (at < inLine && line[at] == ' ') {
            at++;
        }
        long number = 0;
        for (int digit; at < inLine && (digit = Character.digit(line[at], radix)) >= 0; at++) {
            number = number * radix + digit;
        }
        return number;
    }

    private static int indexOf(byte[] bytes, int length, byte[] wanted) {
        for (int at = 0; at + wanted.length <= length; at++) {
            int same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
