package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.RequestCycle;

/** Creates the requests that register, update and deregister numbered instances. */
interface InstanceRequestFactory {

    byte[] register(int number);

    byte[] deregister(int number);

    /**
     * Creates an update of an instance.
     *
     * @param weight weight that differs from the current one
     */
    byte[] update(int number, int weight);

    /** Returns the registrations of {@code count} instances from {@code first} on, shuffled. */
    default RequestCycle registrations(int first, int count) {
        return RequestCycle.of(DiscoverPopulation.each(count, i -> register(first + i)))
                .shuffled();
    }

    /** Returns the deregistrations of the same instances in the same order. */
    default RequestCycle deregistrations(int first, int count) {
        return RequestCycle.of(DiscoverPopulation.each(count, i -> deregister(first + i)))
                .shuffled();
    }
}
