package dev.aicore.discovery.client.http;

import dev.aicore.discovery.client.json.JsonFormatException;
import dev.aicore.discovery.client.json.JsonObject;
import dev.aicore.discovery.client.json.JsonReader;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Answer of a node.
 *
 * @param store id of the node's event store; null if the answer doesn't name it
 * @param body the JSON object; an empty one if there is none
 */
public record WireResponse(URI node, int status, @Nullable String store, JsonObject body) {

    private static final int FIRST_FAILURE = 400;

    static WireResponse of(URI node, int status, @Nullable String store, String body) {
        JsonObject parsed;
        try {
            parsed = JsonReader.parseObject(body.isEmpty() ? "{}" : body);
        } catch (JsonFormatException e) {
            // A proxy may answer a failure in HTML.
            parsed = JsonReader.parseObject("{}");
        }
        return new WireResponse(node, status, store, parsed);
    }

    public boolean isFailure() {
        return status >= FIRST_FAILURE;
    }

    /** Returns the code of a refusal; empty if there is none. */
    public String code() {
        return body.text("code", "");
    }

    /** Returns the description of a refusal, with its first field. */
    public String detail() {
        var errors = body.objects("errors");
        String field = errors.isEmpty()
                ? ""
                : " (" + errors.get(0).text("field", "") + " " + errors.get(0).text("message", "") + ")";
        return body.text("detail", "HTTP status " + status) + field;
    }

    /** Returns {@code data} of a success. */
    public JsonObject data() {
        return body.object("data");
    }
}
