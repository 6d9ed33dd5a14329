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

    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECT = 300;
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

    /** Returns false for a success of the registry alone: redirects and foreign answers are failures, too. */
    public boolean isFailure() {
        return status < FIRST_SUCCESS || status >= FIRST_REDIRECT || isForeign();
    }

    /** Returns true if the answer lacks the registry's envelope: something between it and this process answered. */
    public boolean isForeign() {
        return status < FIRST_FAILURE ? !body.flag("success", false) : code().isEmpty();
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
        String unnamed = "HTTP status " + status + (isForeign() ? ", not an answer of the registry" : "");
        return body.text("detail", unnamed) + field;
    }

    /** Returns {@code data} of a success. */
    public JsonObject data() {
        return body.object("data");
    }
}
