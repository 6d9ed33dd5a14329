package dev.aicore.discovery.query.discovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.aicore.discovery.query.discovery.DiscoveryService.DiscoverResult;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.SerializedResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Serializes a discover result from the cached JSON of its instances. The output is byte for byte the mapper's output
 * for the same {@link ApiResponse}, but the mapper would copy each instance into a buffer of its own first.
 */
final class DiscoverResultSerializer {

    private static final byte[] COMMA = {','};

    private DiscoverResultSerializer() {}

    /** Returns the complete response. */
    static SerializedResponse serialize(ApiResponse<DiscoverResult> apiResponse) {
        return new SerializedResponse(of(apiResponse.data(), apiResponse.meta()), apiResponse.meta());
    }

    /** Returns the parts of the response; they must not be modified. */
    static List<byte[]> of(DiscoverResult result, ApiResponse.Meta meta) {
        var services = result.services();
        var parts = new ArrayList<byte[]>(2 * services.size() + 2);
        parts.add(beginning(result));
        for (int i = 0; i < services.size(); i++) {
            if (i > 0) {
                parts.add(COMMA);
            }
            parts.add(services.get(i).json());
        }
        parts.add(end(meta));
        return parts;
    }

    /** Returns the text before the instances. Names of services and strategies need no escaping. */
    private static byte[] beginning(DiscoverResult result) {
        var text = "{\"success\":true,\"data\":{\"service_name\":\"" + result.serviceName()
                + "\",\"strategy\":\"" + result.strategy()
                + "\",\"total\":" + result.total()
                + ",\"healthy\":" + result.healthy()
                + ",\"panic\":" + result.panic()
                + ",\"services\":[";
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] end(ApiResponse.Meta meta) {
        var text = "]},\"meta\":{\"position\":" + meta.position()
                + ",\"at\":\"" + ApiJson.format(meta.at())
                + (meta.index() == null ? "\"" : "\",\"index\":" + meta.index())
                + (meta.stale() == null ? "" : ",\"stale\":" + meta.stale() + ",\"age_ms\":" + meta.ageMs())
                + (meta.past() == null ? "" : ",\"past\":true")
                + "}}";
        return text.getBytes(ISO_8859_1);
    }
}
