package dev.aicore.discovery.balancing;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Rotates candidates: each call begins one candidate further, so that each of N is first exactly k times in N × k
 * calls.
 */
public final class RoundRobin {

    private RoundRobin() {}

    /**
     * Returns a rotated view. The list isn't copied, because most callers read only a part of it.
     *
     * @param candidates must not be modified
     * @param turn number of this call, any value; the next call's number is one higher
     */
    public static <T> List<T> order(List<T> candidates, long turn) {
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
