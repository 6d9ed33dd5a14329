package dev.aicore.discovery.query.balancing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.List;

/**
 * A discovery as JSON, put together from its instances, which are written already: byte for byte what the mapper makes of the
 * same {@link Answer}.
 */
final class DiscoveredJson {

    private DiscoveredJson() {}

    static byte[] of(Discovered found, Answer.Meta meta) {
        return joined(beginning(found), found.services(), end(meta));
    }

    /** Neither the names of services nor those of strategies have anything to escape. */
    private static byte[] beginning(Discovered found) {
        var text = "{\"success\":true,\"data\":{\"service_name\":\"" + found.serviceName()
                + "\",\"strategy\":\"" + found.strategy()
                + "\",\"total\":" + found.total()
                + ",\"healthy\":" + found.healthy()
                + ",\"panic\":" + found.panic()
                + ",\"services\":[";
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] end(Answer.Meta meta) {
        var text = "]},\"meta\":{\"position\":" + meta.position()
                + ",\"at\":\"" + Json.text(meta.at())
                + (meta.index() == null ? "\"" : "\",\"index\":" + meta.index())
                + (meta.stale() == null ? "" : ",\"stale\":" + meta.stale() + ",\"age_ms\":" + meta.ageMs())
                + "}}";
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] joined(byte[] beginning, List<Candidate> services, byte[] end) {
        int length = beginning.length + end.length + Math.max(0, services.size() - 1);
        for (var service : services) {
            length += service.json().length;
        }
        var joined = new byte[length];
        int at = append(joined, 0, beginning);
        for (int i = 0; i < services.size(); i++) {
            if (i > 0) {
                joined[at++] = ',';
            }
            at = append(joined, at, services.get(i).json());
        }
        append(joined, at, end);
        return joined;
    }

    private static int append(byte[] to, int at, byte[] some) {
        System.arraycopy(some, 0, to, at, some.length);
        return at + some.length;
    }
}
