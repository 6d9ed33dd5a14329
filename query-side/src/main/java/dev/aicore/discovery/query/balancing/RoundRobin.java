package dev.aicore.discovery.query.balancing;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Takes turns: each call begins one further, so that over N × k calls each of N is first exactly k times. */
final class RoundRobin {

    private RoundRobin() {}

    /**
     * The candidates, rotated: not copied, since most callers take some only.
     *
     * @param candidates that nobody changes
     * @param turn of this call, any number; the next call's is one more
     */
    static <T> List<T> order(List<T> candidates, long turn) {
        return candidates.size() < 2
                ? candidates
                : new Rotated<>(candidates, (int) Math.floorMod(turn, (long) candidates.size()));
    }

    private static final class Rotated<T> extends AbstractList<T> implements RandomAccess {

        private final List<T> list;
        private final int first;

        Rotated(List<T> list, int first) {
            this.list = list;
            this.first = first;
        }

        @Override
        public T get(int index) {
            int size = list.size();
            Objects.checkIndex(index, size);
            int at = first + index;
            return list.get(at < size ? at : at - size);
        }

        @Override
        public int size() {
            return list.size();
        }
    }
}
