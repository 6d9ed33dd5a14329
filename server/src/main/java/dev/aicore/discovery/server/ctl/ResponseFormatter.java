package dev.aicore.discovery.server.ctl;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Formats parts of answers for people. */
final class ResponseFormatter {

    private ResponseFormatter() {}

    static String endpoint(JsonNode instance) {
        var address = instance.path("address").asString("");
        return (address.indexOf(':') < 0 ? address : '[' + address + ']')
                + ':'
                + instance.path("port").asString("");
    }

    /** Returns the summary with its reason or cause. */
    static String summarize(JsonNode entry) {
        var reason = entry.path("reason").asString(entry.path("cause").asString(""));
        var summary = entry.path("summary").asString("");
        return reason.isEmpty() || summary.contains(reason) ? summary : summary + " (" + reason + ")";
    }

    /** Joins the sorted elements of a list. */
    static String list(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).sorted().collect(Collectors.joining(", "));
    }

    static String value(JsonNode value) {
        return value.isMissingNode() || value.isNull()
                ? "nothing"
                : value.isString() ? value.asString() : value.toString();
    }
}
