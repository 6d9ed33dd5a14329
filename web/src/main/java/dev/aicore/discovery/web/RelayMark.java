package dev.aicore.discovery.web;

import dev.aicore.discovery.config.time.SecretGenerator;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Marks the requests that another node has relayed to this one. Callers can't forge the mark: its value is random, and
 * never leaves the process. It is a header, because a copy of a request has the headers but not the attributes.
 */
public final class RelayMark {

    /**
     * Name of the header: in a request between nodes the ticket, which the receiver replaces by the mark; in its answer
     * whether nothing was done.
     */
    public static final String HEADER = "X-Registry-Relay";

    private static final int BYTES = 16;
    private static final String NOTHING_DONE = "nothing-done";

    private RelayMark() {}

    /** Holds the value, which is created when it is first used: that may read a file. */
    private static final class Value {
        private static final String TEXT =
                HexFormat.of().formatHex(SecretGenerator.random().next(BYTES));
    }

    /** Creates the value of the mark, which may read a file. To be called before requests are received. */
    public static void prepare() {
        Objects.requireNonNull(Value.TEXT);
    }

    /** Marks a request whose ticket was valid. */
    public static void set(HttpHeaders headers) {
        headers.set(HEADER, Value.TEXT);
    }

    /** Returns true if another node relayed the request. */
    public static boolean isSet(ServerHttpRequest request) {
        var value = request.getHeaders().getFirst(HEADER);
        return value != null && value.equals(Value.TEXT);
    }

    /** Adds to an answer that this node has done nothing, so that the request may be sent to another node. */
    public static void writeNothingDone(HttpHeaders headers) {
        headers.set(HEADER, NOTHING_DONE);
    }

    /** Returns true if this value of the header in an answer states that nothing was done. */
    public static boolean isNothingDone(String value) {
        return value.equals(NOTHING_DONE);
    }
}
