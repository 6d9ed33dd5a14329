package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Parses server-sent events incrementally, by the rules of the HTML standard. Ignores data: name and id, a number here,
 * identify an event.
 */
final class SseParser implements HttpResponseParser.Body {

    /** Receives the events. */
    @FunctionalInterface
    interface Listener {
        /**
         * Called for each complete event.
         *
         * @param id id of the last event that had one; 0 if none had
         */
        void event(String name, long id);
    }

    /** Maximum number of retained characters per line, more than those of names and ids. */
    private static final int MAX_LINE = 64;

    private static final String UNNAMED = "message";

    private final Listener listener;
    private final byte[] line = new byte[MAX_LINE];
    private int inLine;
    private String name = UNNAMED;
    private long id;
    private boolean hasData;

    SseParser(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                endLine();
                inLine = 0;
            } else if (next != '\r' && inLine < MAX_LINE) {
                line[inLine++] = next;
            }
        }
    }

    private void endLine() {
        if (inLine == 0) {
            endEvent();
            return;
        }
        var text = new String(line, 0, inLine, US_ASCII);
        int colon = text.indexOf(':');
        var field = colon < 0 ? text : text.substring(0, colon);
        switch (field) {
            case "event" -> name = value(text, colon);
            case "id" -> id = Long.parseLong(value(text, colon));
            case "data" -> hasData = true;
            default -> {
                // A comment, or a field for browsers only.
            }
        }
    }

    private void endEvent() {
        if (hasData) {
            listener.event(name, id);
        }
        name = UNNAMED;
        hasData = false;
    }

    private static String value(String line, int colon) {
        if (colon < 0) {
            return "";
        }
        boolean isSpaced = line.startsWith(" ", colon + 1);
        return line.substring(isSpaced ? colon + 2 : colon + 1);
    }
}
