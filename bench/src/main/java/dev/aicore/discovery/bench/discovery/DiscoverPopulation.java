package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.RequestCycle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Creates the requests about a population of instances in the registry. */
record DiscoverPopulation(Shape shape) implements InstanceRequestFactory {

    /** Number of services, and of instances per service. */
    record Shape(int services, int inService) {

        int instances() {
            return services * inService;
        }

        @Override
        public String toString() {
            return "%,d instances in %,d services".formatted(instances(), services);
        }
    }

    static final String SERVICES = "/api/v1/services";

    /** Path of the hot path handler; the other path is the same with an escaped letter, so that WebFlux serves it. */
    static final String DISCOVER = "/api/v1/discover";

    static final String DISCOVER_BY_FRAMEWORK = "/api/v1/%64iscover";

    /** TTL of instances; long enough that none expires during a measurement. */
    private static final int TTL_SECONDS = 86_400;

    private static final String GOOD_BATCH = "\"failed\":0,";

    RequestCycle registrations() {
        return RequestCycle.of(each(shape.instances(), this::register));
    }

    @Override
    public byte[] register(int number) {
        return RequestCycle.send("POST", SERVICES, registration(number));
    }

    @Override
    public byte[] deregister(int number) {
        return RequestCycle.send("DELETE", path(number), "");
    }

    @Override
    public byte[] update(int number, int weight) {
        return RequestCycle.send("PATCH", path(number), weight(weight));
    }

    /** Returns one discovery of each service by {@code round_robin}, shuffled. */
    RequestCycle discoveries(String path, int limit) {
        return RequestCycle.of(each(shape.services, service -> RequestCycle.get(discovery(path, service, limit))))
                .shuffled();
    }

    String discovery(String path, int service, int limit) {
        return path + "?service_name=s-" + service + "&load_balancing_strategy=round_robin&limit=" + limit;
    }

    /** Returns one heartbeat of each instance, shuffled. */
    RequestCycle heartbeats() {
        return RequestCycle.of(each(shape.instances(), this::heartbeat)).shuffled();
    }

    byte[] heartbeat(int number) {
        return RequestCycle.send("POST", path(number) + "/heartbeat", "");
    }

    /**
     * Returns one heartbeat of each instance, {@code size} per request. An answer is good if all of them were renewed.
     */
    RequestCycle batches(int size) {
        return new RequestCycle(
                        each(
                                shape.instances() / size,
                                batch -> RequestCycle.send("POST", "/api/v1/heartbeats", ids(batch * size, size))),
                        GOOD_BATCH)
                .shuffled();
    }

    /** Returns the path of the first instance of a service. */
    String instance(int service) {
        return path(service * shape.inService());
    }

    String registration(int number) {
        return registration(id(number), "s-" + number / shape.inService, number);
    }

    /** @param number number from which the address is derived */
    static String registration(String id, String service, int number) {
        return """
                {"id": "%s", "name": "%s", "version": "1.4.2", "address": "%s", "port": 8080, "protocol": "http", "weight": 100,
                 "ttl": %d, "metadata": {"region": "eu-1", "team": "identity"}, "tags": ["api", "v1"], "zone": "a"}""".formatted(id, service, address(number), TTL_SECONDS);
    }

    /** Returns a patch of the weight only. */
    static String weight(int weight) {
        return "{\"weight\":%d}".formatted(weight);
    }

    static String address(int number) {
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    static <T> List<T> each(int count, IntFunction<T> make) {
        return IntStream.range(0, count).mapToObj(make).toList();
    }

    /** Returns an id as long as those that the registry generates. */
    static String id(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String id(int number) {
        return id("i-" + number);
    }

    private static String path(int number) {
        return SERVICES + "/" + id(number);
    }

    private static String ids(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(DiscoverPopulation::id)
                .collect(Collectors.joining("\",\"", "{\"ids\":[\"", "\"]}"));
    }
}
