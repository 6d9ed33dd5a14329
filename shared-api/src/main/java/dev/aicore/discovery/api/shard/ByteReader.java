package dev.aicore.discovery.api.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Reads the formats of {@link ByteWriter}. Every method throws {@link IllegalArgumentException} if the bytes are
 * truncated or invalid. Not thread-safe.
 */
public final class ByteReader {

    private final byte[] array;
    private int position;

    public ByteReader(byte[] array) {
        this.array = array;
    }

    public byte readByte() {
        requireRemaining(1);
        return array[position++];
    }

    public long readLong() {
        requireRemaining(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (array[position++] & 0xff);
        }
        return value;
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("The number at " + position + " has more than ten bytes.");
    }

    /** Reads a varint that is not negative and fits an int. */
    public int count() {
        long value = readDuration();
        if (value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The count " + value + " at " + position + " is too large.");
        }
        return (int) value;
    }

    /**
     * Reads the number of entries that follow, each of at least {@code leastBytes} bytes. Rejects a number that exceeds
     * the remaining bytes, so that callers can allocate memory for the entries.
     */
    public int countOf(int minBytes) {
        int count = count();
        if (count > (array.length - position) / minBytes) {
            throw new IllegalArgumentException("The count " + count + " exceeds the " + (array.length - position)
                    + " bytes left at " + position + ".");
        }
        return count;
    }

    /** Reads a varint that is not negative. */
    public long readDuration() {
        long value = readVarint();
        if (value < 0) {
            throw new IllegalArgumentException("Negative number " + value + " at " + position + ".");
        }
        return value;
    }

    public byte[] readBlock() {
        int length = count();
        requireRemaining(length);
        var block = Arrays.copyOfRange(array, position, position + length);
        position += length;
        return block;
    }

    public String readString() {
        return new String(readBlock(), UTF_8);
    }

    public void expectLayout(byte expected) {
        byte layout = readByte();
        if (layout != expected) {
            throw new IllegalArgumentException("Unknown layout " + layout + "; expected " + expected + ".");
        }
    }

    public void expectEnd() {
        if (position != array.length) {
            throw new IllegalArgumentException((array.length - position) + " bytes after the expected end.");
        }
    }

    private void requireRemaining(int more) {
        if (more > array.length - position) {
            throw new IllegalArgumentException(
                    "Truncated: " + more + " bytes required at " + position + " of " + array.length + ".");
        }
    }
}
