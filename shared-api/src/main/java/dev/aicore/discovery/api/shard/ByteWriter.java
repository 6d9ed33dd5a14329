package dev.aicore.discovery.api.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Growing byte array with the number formats of a shard's packed events and snapshots. Not thread-safe. */
public final class ByteWriter {

    private byte[] array;
    private int size;

    public ByteWriter(int capacity) {
        array = new byte[capacity];
    }

    public int size() {
        return size;
    }

    public void writeByte(int value) {
        ensureWritable(1);
        array[size++] = (byte) value;
    }

    /** Writes 8 bytes, big-endian. */
    public void writeLong(long value) {
        ensureWritable(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            array[size++] = (byte) (value >>> shift);
        }
    }

    /** Writes seven bits per byte, lowest first; a negative value takes ten bytes. */
    public void writeVarint(long value) {
        ensureWritable(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            array[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Writes the length as a varint, then the bytes. */
    public void writeBlock(byte[] bytes) {
        writeVarint(bytes.length);
        ensureWritable(bytes.length);
        System.arraycopy(bytes, 0, array, size, bytes.length);
        size += bytes.length;
    }

    /** Writes the text as a block of UTF-8 bytes. */
    public void writeString(String text) {
        writeBlock(text.getBytes(UTF_8));
    }

    void writeAll(ByteWriter other) {
        ensureWritable(other.size);
        System.arraycopy(other.array, 0, array, size, other.size);
        size += other.size;
    }

    public byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    private void ensureWritable(int more) {
        if (size + more > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
        }
    }
}
