package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.RequestCycle;

/**
 * Creates the requests of Spring Cloud Netflix Eureka. An answer always contains all instances of an application, so
 * each application has as many instances as an answer should contain.
 */
record EurekaRequests(DiscoverPopulation.Shape shape) implements InstanceRequestFactory {

    private static final String APPS = "/eureka/apps/S-";
    private static final int LEASE_SECONDS = 86_400;

    RequestCycle registrations() {
        return RequestCycle.of(DiscoverPopulation.each(shape.instances(), this::register));
    }

    @Override
    public byte[] register(int number) {
        return RequestCycle.send("POST", APPS + number / shape.inService(), registration(number));
    }

    @Override
    public byte[] deregister(int number) {
        return RequestCycle.send("DELETE", path(number), "");
    }

    /** Changes the metadata entry {@code weight}, where load balancers expect it, because Eureka has no weights. */
    @Override
    public byte[] update(int number, int weight) {
        return RequestCycle.send("PUT", path(number) + "/metadata?weight=" + weight, "");
    }

    byte[] heartbeat(int number) {
        return RequestCycle.send("PUT", path(number), "");
    }

    RequestCycle discoveries() {
        return RequestCycle.of(
                        DiscoverPopulation.each(shape.services(), service -> RequestCycle.get(discovery(service))))
                .shuffled();
    }

    String discovery(int service) {
        return APPS + service;
    }

    RequestCycle heartbeats() {
        return RequestCycle.of(DiscoverPopulation.each(shape.instances(), this::heartbeat))
                .shuffled();
    }

    private String path(int number) {
        return APPS + number / shape.inService() + "/i-" + number;
    }

    private String registration(int number) {
        var address = DiscoverPopulation.address(number);
        return """
                {"instance": {"instanceId": "i-%d", "app": "S-%d", "hostName": "%s", "ipAddr": "%s", "status": "UP",
                 "port": {"$": 8080, "@enabled": "true"}, "securePort": {"$": 443, "@enabled": "false"}, "vipAddress": "s-%d",
                 "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"},
                 "leaseInfo": {"durationInSecs": %d, "renewalIntervalInSecs": 30},
                 "metadata": {"region": "eu-1", "team": "identity", "version": "1.4.2", "zone": "a"}}}""".formatted(
                number, number / shape.inService(), address, address, number / shape.inService(), LEASE_SECONDS);
    }
}
