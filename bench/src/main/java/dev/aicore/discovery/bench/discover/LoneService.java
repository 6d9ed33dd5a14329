package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Requests;

/** One service of our registry, with as many instances as are wanted. Its name is no other service's. */
record LoneService(String name) implements Declarations {

    @Override
    public byte[] register(int number) {
        return Requests.send("POST", Population.SERVICES, Population.registration(id(number), name, number));
    }

    @Override
    public byte[] deregister(int number) {
        return Requests.send("DELETE", path(number), "");
    }

    @Override
    public byte[] update(int number, int weight) {
        return Requests.send("PATCH", path(number), Population.weight(weight));
    }

    /** @param more parameters, each after an ampersand */
    byte[] discover(String more) {
        return Requests.get(Population.DISCOVER + "?service_name=" + name + more);
    }

    private String path(int number) {
        return Population.SERVICES + "/" + id(number);
    }

    private String id(int number) {
        return Population.id(name + "-" + number);
    }
}
