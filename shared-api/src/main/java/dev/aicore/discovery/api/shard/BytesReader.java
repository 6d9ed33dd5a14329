package dev.aicore.discovery.api.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Reads what {@link Bytes} wrote. Every method throws {@link IllegalArgumentException} where the bytes are cut or wrong. */
public final class BytesReader {

    private final byte[] array;
    private int at;

    public BytesReader(byte[] array) {
        this.array = array;
    }

    public byte one() {
        need(1);
        return array[at++];
    }

    public long eight() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (array[at++] & 0xff);
        }
        return value;
    }

    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = one();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("A number of more than ten bytes at " + at + ".");
    }

    /** A varint that is no negative number and fits an int. */
    public int count() {
        long value = duration();
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
    public long duration() {
        long value = varint();
        if (value < 0) {
            throw new IllegalArgumentException("A negative number, " + value + ", at " + at + ".");
        }
        return value;
    }

    public byte[] block() {
        int length = count();
        need(length);
        var block = Arrays.copyOfRange(array, at, at + length);
        at += length;
        return block;
    }

    public String text() {
        return new String(block(), UTF_8);
    }

    public void expectLayout(byte expected) {
        byte layout = one();
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
