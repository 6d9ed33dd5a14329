package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.RequestCycle;

/** Requests by which numbered instances are made known to a server, changed, and taken away again. */
interface DeclarationRequests {

    byte[] register(int number);

    byte[] deregister(int number);

    /**
     * Changes one.
     *
     * @param weight another one than it has
     */
    byte[] update(int number, int weight);

    /** Registrations of so many from that number on, in an order that has nothing to do with theirs. */
    default RequestCycle registrations(int first, int count) {
        return RequestCycle.of(DiscoverPopulation.each(count, i -> register(first + i)))
                .shuffled();
    }

    /** Takes away the same in the same order. */
    default RequestCycle deregistrations(int first, int count) {
        return RequestCycle.of(DiscoverPopulation.each(count, i -> deregister(first + i)))
                .shuffled();
    }
}
