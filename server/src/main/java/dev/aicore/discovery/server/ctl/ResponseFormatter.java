package dev.aicore.discovery.server.ctl;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Parts of answers as people read them. */
final class ResponseFormatter {

    private ResponseFormatter() {}

    static String endpoint(JsonNode instance) {
        var address = instance.path("address").asString("");
        return (address.indexOf(':') < 0 ? address : '[' + address + ']')
                + ':'
                + instance.path("port").asString("");
    }

    /** What happened, and why. */
    static String what(JsonNode entry) {
        var reason = entry.path("reason").asString(entry.path("cause").asString(""));
        var summary = entry.path("summary").asString("");
        return reason.isEmpty() || summary.contains(reason) ? summary : summary + " (" + reason + ")";
    }

    /** The elements of a list. */
    static String list(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).sorted().collect(Collectors.joining(", "));
    }

    static String value(JsonNode value) {
        return value.isMissingNode() || value.isNull()
                ? "nothing"
                : value.isString() ? value.asString() : value.toString();
    }
}
