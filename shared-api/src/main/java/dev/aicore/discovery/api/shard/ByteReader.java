package dev.aicore.discovery.api.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. Every method throws {@link IllegalArgumentException} where the bytes are cut or wrong. */
public final class ByteReader {

    private final byte[] array;
    private int at;

    public ByteReader(byte[] array) {
        this.array = array;
    }

    public byte readByte() {
        need(1);
        return array[at++];
    }

    public long readLong() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (array[at++] & 0xff);
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
        throw new IllegalArgumentException("A number of more than ten bytes at " + at + ".");
    }

    /** A varint that is no negative number and fits an int. */
    public int count() {
        long value = readDuration();
        if (value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A count of " + value + " at " + at + ".");
        }
        return (int) value;
    }

    /** How many things follow, of at least so many bytes each: no more than could, so that room can be made for them. */
    public int countOf(int leastBytes) {
        int count = count();
        if (count > (array.length - at) / leastBytes) {
            throw new IllegalArgumentException(
                    "A count of " + count + " with " + (array.length - at) + " bytes left at " + at + ".");
        }
        return count;
    }

    /** A varint that is no negative number. */
    public long readDuration() {
        long value = readVarint();
        if (value < 0) {
            throw new IllegalArgumentException("A negative number, " + value + ", at " + at + ".");
        }
        return value;
    }

    public byte[] readBlock() {
        int length = count();
        need(length);
        var block = Arrays.copyOfRange(array, at, at + length);
        at += length;
        return block;
    }

    public String readString() {
        return new String(readBlock(), UTF_8);
    }

    public void expectLayout(byte expected) {
        byte layout = readByte();
        if (layout != expected) {
            throw new IllegalArgumentException("Layout " + layout + " where " + expected + " was expected.");
        }
    }

    public void expectEnd() {
        if (at != array.length) {
            throw new IllegalArgumentException((array.length - at) + " bytes too many.");
        }
    }

    private void need(int more) {
        if (more > array.length - at) {
            throw new IllegalArgumentException(
                    "Cut off: " + more + " bytes wanted at " + at + " of " + array.length + ".");
        }
    }
}
