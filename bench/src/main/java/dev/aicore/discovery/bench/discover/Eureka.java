package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Requests;
import java.util.List;

/**
 * Instances as Spring Cloud Netflix Eureka wants them, and what it is asked about them. Its applications are as large as an answer
 * is wanted, for it always tells all instances.
 */
record Eureka(Population.Shape shape) {

    private static final String APPS = "/eureka/apps/S-";
    private static final int LEASE_SECONDS = 86_400;

    Requests registrations() {
        return Requests.of(Population.each(
                shape.instances(), i -> Requests.send("POST", APPS + i / shape.inService(), registration(i))));
    }

    Requests discoveries() {
        return Requests.of(Population.each(shape.services(), service -> Requests.get(discovery(service))))
                .shuffled();
    }

    String discovery(int service) {
        return APPS + service;
    }

    Requests heartbeats() {
        List<byte[]> all = Population.each(
                shape.instances(), i -> Requests.send("PUT", APPS + i / shape.inService() + "/i-" + i, ""));
        return Requests.of(all).shuffled();
    }

    private String registration(int number) {
        var address = Population.address(number);
        return """
                {"instance": {"instanceId": "i-%d", "app": "S-%d", "hostName": "%s", "ipAddr": "%s", "status": "UP",
                 "port": {"$": 8080, "@enabled": "true"}, "securePort": {"$": 443, "@enabled": "false"}, "vipAddress": "s-%d",
                 "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"},
                 "leaseInfo": {"durationInSecs": %d, "renewalIntervalInSecs": 30},
                 "metadata": {"region": "eu-1", "team": "identity", "version": "1.4.2", "zone": "a"}}}""".formatted(
                number, number / shape.inService(), address, address, number / shape.inService(), LEASE_SECONDS);
    }
}
