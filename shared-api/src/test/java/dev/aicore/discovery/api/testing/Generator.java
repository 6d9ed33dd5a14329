package dev.aicore.discovery.api.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Generates random values. Equal seeds yield equal values.
 *
 * @param <T> type of the values, which are never null
 */
@FunctionalInterface
public interface Generator<T> {

    /** Returns the next value. */
    T generate(RandomGenerator random);

    /** Returns a generator of the results of a function. */
    default <R> Generator<R> map(Function<? super T, ? extends R> function) {
        return random -> function.apply(generate(random));
    }

    /** Returns a generator of immutable lists of {@code minSize} to {@code maxSize} values. */
    default Generator<List<T>> list(int minSize, int maxSize) {
        var sizes = intBetween(minSize, maxSize);
        return random -> Stream.generate(() -> generate(random))
                .limit(sizes.generate(random))
                .toList();
    }

    /** Returns a generator of the given values, all equally likely. */
    @SafeVarargs
    static <T> Generator<T> oneOf(T... values) {
        return random -> values[random.nextInt(values.length)];
    }

    /** Returns a generator of the given values, all equally likely. */
    static <T> Generator<T> oneOf(List<T> values) {
        return random -> values.get(random.nextInt(values.size()));
    }

    /** Returns a generator that uses each of the given ones as often as its weight states. */
    @SafeVarargs
    static <T> Generator<T> frequency(Map.Entry<Integer, Generator<T>>... weighted) {
        var generators = new ArrayList<Generator<T>>();
        for (var entry : weighted) {
            generators.addAll(Collections.nCopies(entry.getKey(), entry.getValue()));
        }
        return random -> oneOf(generators).generate(random).generate(random);
    }

    /** Returns a generator like {@link #longBetween}, of ints. */
    static Generator<Integer> intBetween(int min, int max) {
        return longBetween(min, max).map(Math::toIntExact);
    }

    /**
     * Returns a generator of numbers within the bounds, both inclusive. One in eight is an edge case: a bound, its
     * neighbour, 0, 1 or -1. Of the others, half are of a random number of bits where the bounds permit it, so that
     * encodings of all lengths occur; the rest are equally likely.
     */
    static Generator<Long> longBetween(long min, long max) {
        var edgeCases = oneOf(LongStream.of(min, min + 1, -1, 0, 1, max - 1, max)
                .filter(edgeCase -> min <= edgeCase && edgeCase <= max)
                .boxed()
                .distinct()
                .toList());
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(min ^ (min >> 63), max ^ (max >> 63)));
        return random -> {
            int choice = random.nextInt(16);
            if (choice < 2) {
                return edgeCases.generate(random);
            }
            long ofAnyLength = random.nextLong() >> (Long.SIZE - 1 - random.nextInt(bits + 1));
            return choice < 9 && min <= ofAnyLength && ofAnyLength <= max ? ofAnyLength : uniform(random, min, max);
        };
    }

    private static long uniform(RandomGenerator random, long min, long max) {
        if (max < Long.MAX_VALUE) {
            return random.nextLong(min, max + 1);
        }
        return min > Long.MIN_VALUE ? random.nextLong(min - 1, max) + 1 : random.nextLong();
    }

    /** Returns a generator of arrays of {@code minSize} to {@code maxSize} bytes. */
    static Generator<byte[]> bytes(int minSize, int maxSize) {
        return intBetween(Byte.MIN_VALUE, Byte.MAX_VALUE).list(minSize, maxSize).map(values -> {
            var bytes = new byte[values.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = values.get(i).byteValue();
            }
            return bytes;
        });
    }

    /** Returns a generator of texts of up to {@code maxLength} characters, which take one to four bytes in UTF-8. */
    static Generator<String> string(int maxLength) {
        var characters = frequency(
                Map.entry(12, intBetween('a', 'z')),
                Map.entry(2, intBetween(0, 0x7F)),
                Map.entry(1, intBetween(0x80, 0xD7FF)),
                Map.entry(1, intBetween(0xE000, Character.MAX_CODE_POINT)));
        return characters
                .list(0, maxLength)
                .map(all -> all.stream().map(Character::toString).collect(Collectors.joining()));
    }
}
