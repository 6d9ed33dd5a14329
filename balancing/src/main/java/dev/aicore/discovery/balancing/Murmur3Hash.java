package dev.aicore.discovery.balancing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * MurmurHash3 for 64-bit platforms with 128 bits, as published by Austin Appleby, with seed 0. Keys keep their
 * instances only as long as it stays the same.
 */
final class Murmur3Hash {

    private static final long C1 = 0x87c3_7b91_1142_53d5L;
    private static final long C2 = 0x4cf5_ad43_2745_937fL;
    private static final long N1 = 0x52dc_e729;
    private static final long N2 = 0x3849_5ab5;

    private static final int BLOCK = 16;
    private static final int HALF = 8;

    private Murmur3Hash() {}

    /** Returns the first 64 bits of the hash. */
    static long first64(byte[] data) {
        var blocks = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        long h1 = 0;
        long h2 = 0;
        while (blocks.remaining() >= BLOCK) {
            h1 = (Long.rotateLeft(h1 ^ mix1(blocks.getLong()), 27) + h2) * 5 + N1;
            h2 = (Long.rotateLeft(h2 ^ mix2(blocks.getLong()), 31) + h1) * 5 + N2;
        }
        int rest = data.length - blocks.remaining();
        h1 ^= mix1(littleEndian(data, rest, Math.min(rest + HALF, data.length)));
        h2 ^= mix2(littleEndian(data, rest + HALF, data.length));
        h1 ^= data.length;
        h2 ^= data.length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    /** Returns the number of up to 8 bytes; 0 of none, which a mix leaves at 0. */
    private static long littleEndian(byte[] data, int from, int to) {
        long number = 0;
        for (int i = to - 1; i >= from; i--) {
            number = (number << Byte.SIZE) | (data[i] & 0xffL);
        }
        return number;
    }

    private static long mix1(long number) {
        return Long.rotateLeft(number * C1, 31) * C2;
    }

    private static long mix2(long number) {
        return Long.rotateLeft(number * C2, 33) * C1;
    }

    private static long finish(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51_afd7_ed55_8ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
