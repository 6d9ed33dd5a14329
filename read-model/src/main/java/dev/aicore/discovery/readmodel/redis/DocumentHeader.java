package dev.aicore.discovery.readmodel.redis;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the document of a service begins; it can be read, and compared inside Redis, without the rest.
 *
 * @param store the incarnation of the event store that it comes from
 * @param position everything recorded up to there is in it, and perhaps something later
 * @param at when PostgreSQL was read, in milliseconds since 1970
 * @param mark differs whenever the rows do: documents and rows are compared by it
 */
public record DocumentHeader(String store, long position, long at, String mark) {

    /** What the mark of a service without instances is. */
    public static final String NONE = "none";

    /** No head has more characters. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern TEXT = Pattern.compile("\\{\"store\":\"([0-9a-f-]{36})\",\"position\":(\\d{1,18}),"
            + "\"at\":(\\d{1,18}),\"mark\":\"([a-z0-9:-]{1,64})\"");

    /**
     * The head of a document.
     *
     * @param beginning at least {@link #MAX_LENGTH} characters of it, if it has as many
     * @return empty if there is none, or it can't be read
     */
    public static Optional<DocumentHeader> of(@Nullable String beginning) {
        var found = TEXT.matcher(beginning == null ? "" : beginning);
        return found.lookingAt()
                ? Optional.of(new DocumentHeader(
                        found.group(1), Long.parseLong(found.group(2)), Long.parseLong(found.group(3)), found.group(4)))
                : Optional.empty();
    }

    /**
     * The whole document.
     *
     * @param instances a JSON array of {@link CachedInstance}; null for a document that sends its reader to PostgreSQL
     */
    public String document(@Nullable String instances) {
        var head = "{\"store\":\"%s\",\"position\":%d,\"at\":%d,\"mark\":\"%s\"".formatted(store, position, at, mark);
        return head + (instances == null ? "}" : ",\"instances\":" + instances + "}");
    }

    /** Whether it says that there are no instances, so that it need not be kept for long. */
    public boolean isTombstone() {
        return mark.equals(NONE);
    }
}
