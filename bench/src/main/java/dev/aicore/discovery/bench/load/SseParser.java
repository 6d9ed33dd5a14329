package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Reads server-sent events as they arrive, in whatever pieces, by the rules of the HTML standard. Data is passed over: what an event
 * is and which one is told by its name and its id, which is a number here.
 */
final class SseParser implements HttpResponseParser.Body {

    /** Told of each event. */
    @FunctionalInterface
    interface Listener {
        /**
         * It is whole.
         *
         * @param id of the last event that had one; 0 if none had
         */
        void event(String name, long id);
    }

    /** Names and ids are shorter. */
    private static final int KEPT = 64;

    private static final String UNNAMED = "message";

    private final Listener listener;
    private final byte[] line = new byte[KEPT];
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
            } else if (next != '\r' && inLine < KEPT) {
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
                // A comment, or what only a browser needs.
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
