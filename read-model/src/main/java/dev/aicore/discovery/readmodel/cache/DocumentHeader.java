package dev.aicore.discovery.readmodel.cache;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Beginning of a service's document. It can be read, and compared inside Redis, without the rest of the document.
 *
 * @param store incarnation of the event store that the document comes from
 * @param position position up to which every recorded event is in the document; later events may be in it, too
 * @param at time at which PostgreSQL was read, in milliseconds since 1970
 * @param mark value that differs whenever the rows differ; documents and rows are compared by it
 */
public record DocumentHeader(String store, long position, long at, String mark) {

    /** Mark of a service without instances. */
    public static final String NONE = "none";

    /** Maximum length of a header, in characters. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern TEXT = Pattern.compile("\\{\"store\":\"([0-9a-f-]{36})\",\"position\":(\\d{1,18}),"
            + "\"at\":(\\d{1,18}),\"mark\":\"([a-z0-9:-]{1,64})\"");

    /**
     * Parses the header of a document.
     *
     * @param beginning at least the first {@link #MAX_LENGTH} characters of the document, or all if it has fewer; null
     *     if there is no document
     * @return empty if there is no document, or its header can't be parsed
     */
    public static Optional<DocumentHeader> of(@Nullable String beginning) {
        var found = TEXT.matcher(beginning == null ? "" : beginning);
        return found.lookingAt()
                ? Optional.of(new DocumentHeader(
                        found.group(1), Long.parseLong(found.group(2)), Long.parseLong(found.group(3)), found.group(4)))
                : Optional.empty();
    }

    /**
     * Returns the whole document.
     *
     * @param instances JSON array of {@link CachedInstance}; null for a document that sends its reader to PostgreSQL
     */
    public String document(@Nullable String instances) {
        var head = "{\"store\":\"%s\",\"position\":%d,\"at\":%d,\"mark\":\"%s\"".formatted(store, position, at, mark);
        return head + (instances == null ? "}" : ",\"instances\":" + instances + "}");
    }

    /** Returns true if the document states that there are no instances, so that it need not be stored for long. */
    public boolean isTombstone() {
        return mark.equals(NONE);
    }
}
