package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.RequestCycle;

/** Creates the requests of one service with a unique name and any number of instances. */
record LoneService(String name) implements InstanceRequestFactory {

    @Override
    public byte[] register(int number) {
        return RequestCycle.send(
                "POST", DiscoverPopulation.SERVICES, DiscoverPopulation.registration(id(number), name, number));
    }

    @Override
    public byte[] deregister(int number) {
        return RequestCycle.send("DELETE", path(number), "");
    }

    @Override
    public byte[] update(int number, int weight) {
        return RequestCycle.send("PATCH", path(number), DiscoverPopulation.weight(weight));
    }

    /** @param more further parameters, each after an ampersand */
    byte[] discover(String more) {
        return RequestCycle.get(DiscoverPopulation.DISCOVER + "?service_name=" + name + more);
    }

    private String path(int number) {
        return DiscoverPopulation.SERVICES + "/" + id(number);
    }

    private String id(int number) {
        return DiscoverPopulation.id(name + "-" + number);
    }
}
