package dev.aicore.discovery.api.health;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One of several checks of an instance, with its last reported status.
 *
 * @param check the check; no composite
 * @param name name for display; may be empty
 * @param notes description for people; may be empty
 * @param output text of the last report; may be empty
 */
public record ComponentCheck(HealthCheck check, String name, String notes, ComponentHealth status, String output) {

    /** Returns true if the instance reports the results of the check itself. */
    public boolean isReported() {
        return check.checkType().equals(HealthCheck.TTL);
    }

    /** Returns a copy with another result. */
    public ComponentCheck withResult(ComponentHealth newStatus, String newOutput) {
        return new ComponentCheck(check, name, notes, newStatus, newOutput);
    }

    /** Returns the JSON values of the check, ordered by name, as in the configuration of a composite. */
    public Map<String, Object> toConfig() {
        var values = new TreeMap<String, Object>();
        values.put("check_type", check.checkType());
        values.put("interval", check.interval());
        values.put("timeout", check.timeout());
        values.put("failure_threshold", check.failureThreshold());
        values.put("success_threshold", check.successThreshold());
        values.put("config", check.config());
        values.put("status", status.jsonName());
        putText(values, "name", name);
        putText(values, "notes", notes);
        putText(values, "output", output);
        return Collections.unmodifiableMap(values);
    }

    private static void putText(Map<String, Object> values, String key, String text) {
        if (!text.isEmpty()) {
            values.put(key, text);
        }
    }

    /** Returns the check with the JSON values that {@link #toConfig()} returned. */
    static ComponentCheck of(Map<?, ?> values) {
        var config = new TreeMap<String, Object>();
        if (values.get("config") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> config.put(String.valueOf(key), value));
        }
        var check = new HealthCheck(
                text(values, "check_type"),
                number(values, "interval"),
                number(values, "timeout"),
                number(values, "failure_threshold"),
                number(values, "success_threshold"),
                config);
        return new ComponentCheck(
                check,
                text(values, "name"),
                text(values, "notes"),
                ComponentHealth.of(text(values, "status")),
                text(values, "output"));
    }

    private static String text(Map<?, ?> values, String key) {
        return Objects.toString(values.get(key), "");
    }

    private static int number(Map<?, ?> values, String key) {
        return values.get(key) instanceof Number number ? number.intValue() : 0;
    }
}
