package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.HealthCheck;
import java.util.Map;
import java.util.TreeMap;

/** Configuration of one check. It was validated when it was declared, by this or another version of the registry. */
record CheckConfig(Map<String, Object> values) {

    static CheckConfig of(HealthCheck check) {
        return new CheckConfig(check.config());
    }

    String text(String name, String otherwise) throws InvalidCheckException {
        var value = values.getOrDefault(name, otherwise);
        if (value instanceof String text) {
            return text;
        }
        throw new InvalidCheckException(name);
    }

    /** Returns the port to check: that of the instance unless another one is declared. */
    int port(int ofInstance) throws InvalidCheckException {
        var value = values.getOrDefault("port", ofInstance);
        if (value instanceof Number port && port.longValue() >= 1 && port.longValue() <= 65_535) {
            return port.intValue();
        }
        throw new InvalidCheckException("port");
    }

    boolean isTrue(String name) throws InvalidCheckException {
        var value = values.getOrDefault(name, false);
        if (value instanceof Boolean yes) {
            return yes;
        }
        throw new InvalidCheckException(name);
    }

    Map<String, String> texts(String name) throws InvalidCheckException {
        if (!(values.getOrDefault(name, Map.of()) instanceof Map<?, ?> map)) {
            throw new InvalidCheckException(name);
        }
        var texts = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var entry : map.entrySet()) {
            texts.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
        }
        return texts;
    }

    /** Reports a check that can't be run as declared. The message is the invalid field. */
    static final class InvalidCheckException extends Exception {
        InvalidCheckException(String field) {
            super(field, null, false, false);
        }

        ProbeResult result() {
            return ProbeResult.fail(CheckFailureCode.INVALID, String.valueOf(getMessage()));
        }
    }
}
