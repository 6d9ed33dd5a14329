package dev.aicore.discovery.bench.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aicore.discovery.bench.load.RequestCycle;
import java.util.Base64;

/**
 * Creates requests that represent instances as keys of etcd, for its JSON gateway. Each value is as long as a
 * registration.
 */
record EtcdRequests() implements InstanceRequestFactory {

    private static final String PREFIX = "instances/";
    private static final String END_OF_PREFIX = "instances0";

    @Override
    public byte[] register(int number) {
        return put(number, DiscoverPopulation.registration("i-" + number, "s-0", number));
    }

    @Override
    public byte[] deregister(int number) {
        return RequestCycle.send("POST", "/v3/kv/deleterange", "{\"key\":\"%s\"}".formatted(key(number)));
    }

    @Override
    public byte[] update(int number, int weight) {
        return put(
                number,
                DiscoverPopulation.registration("i-" + number, "s-0", number)
                        .replace("\"weight\": 100", "\"weight\": " + weight));
    }

    byte[] read(int number) {
        return RequestCycle.send("POST", "/v3/kv/range", "{\"key\":\"%s\"}".formatted(key(number)));
    }

    /** Returns a request for a stream of changes of all instances. */
    byte[] watch() {
        return RequestCycle.send(
                "POST",
                "/v3/watch",
                "{\"create_request\":{\"key\":\"%s\",\"range_end\":\"%s\"}}"
                        .formatted(base64(PREFIX), base64(END_OF_PREFIX)));
    }

    private static byte[] put(int number, String value) {
        return RequestCycle.send(
                "POST", "/v3/kv/put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(key(number), base64(value)));
    }

    private static String key(int number) {
        return base64(PREFIX + number);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }
}
