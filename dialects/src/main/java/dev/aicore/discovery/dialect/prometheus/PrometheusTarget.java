package dev.aicore.discovery.dialect.prometheus;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Group of targets in the form of Prometheus, with one target. Prometheus identifies a group by its place in the list,
 * so that a group that contained several instances would change with each of them.
 *
 * @param targets host and port
 * @param labels labels of the targets; those that begin with {@code __meta_} exist until relabelling
 */
record PrometheusTarget(List<String> targets, Map<String, String> labels) {

    private static final String PREFIX = "__meta_sd_";
    private static final Pattern NO_LABEL_CHARACTER = Pattern.compile("[^A-Za-z0-9_]");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;

    /**
     * Returns the target of an instance.
     *
     * @param portKey key of the metadata whose value is the port, if it is one; null for the port of the instance
     */
    static PrometheusTarget of(InstanceView instance, @Nullable String portKey) {
        return new PrometheusTarget(
                List.of(host(instance.address()) + ":" + port(instance, portKey)), labels(instance));
    }

    private static Map<String, String> labels(InstanceView instance) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(PREFIX + "service", instance.name());
        labels.put(PREFIX + "version", instance.version());
        labels.put(PREFIX + "namespace", instance.namespace());
        labels.put(PREFIX + "instance_id", instance.id());
        labels.put(PREFIX + "health", instance.status().jsonName());
        labels.put(PREFIX + "zone", instance.zone());
        for (var tag : instance.tags()) {
            labels.put(PREFIX + "tag_" + labelName(tag), "true");
        }
        // Of keys that differ in other characters only, the first one remains.
        instance.metadata().forEach((key, value) -> labels.putIfAbsent(PREFIX + "meta_" + labelName(key), value));
        return labels;
    }

    private static String labelName(String name) {
        return NO_LABEL_CHARACTER.matcher(name).replaceAll("_");
    }

    private static String host(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }

    private static int port(InstanceView instance, @Nullable String portKey) {
        var text = portKey == null ? null : instance.metadata().get(portKey);
        if (text != null && PORT.matcher(text).matches()) {
            int port = Integer.parseInt(text);
            return port <= MAX_PORT ? port : instance.port();
        }
        return instance.port();
    }
}
