package dev.aicore.discovery.client.balancing;

/**
 * Computes MurmurHash3, the x64 variant of 128 bits with seed 0, of which the first 64 are used, as the registry does.
 * Austin Appleby, 2011, public domain.
 */
final class Murmur3 {

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int BLOCK = 16;
    private static final int BYTE = 0xff;

    private Murmur3() {}

    static long hash64(byte[] data) {
        long h1 = 0;
        long h2 = 0;
        int blocks = data.length / BLOCK;
        for (int i = 0; i < blocks; i++) {
            h1 ^= mix1(littleEndian(data, i * BLOCK, 8));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mix2(littleEndian(data, i * BLOCK + 8, 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        int tail = blocks * BLOCK;
        int rest = data.length - tail;
        if (rest > 8) {
            h2 ^= mix2(littleEndian(data, tail + 8, rest - 8));
        }
        if (rest > 0) {
            h1 ^= mix1(littleEndian(data, tail, Math.min(rest, 8)));
        }
        h1 ^= data.length;
        h2 ^= data.length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    private static long littleEndian(byte[] data, int offset, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << 8) | (data[offset + i] & BYTE);
        }
        return value;
    }
}
