package dev.aicore.discovery.readmodel.cache;

import java.util.List;
import java.util.Optional;

/**
 * Version of a service's document. The document is a hash in Redis: its fields are the components of this record by
 * their names, and {@value #INSTANCES}, a JSON array of {@link CachedInstance}. A document without instances sends its
 * reader to PostgreSQL.
 *
 * @param store incarnation of the event store that the document comes from
 * @param mark value that differs whenever the rows differ; documents and rows are compared by it
 * @param position position up to which every recorded event is in the document; later events may be in it, too
 * @param at time at which PostgreSQL was read, in milliseconds since 1970
 */
public record DocumentHeader(String store, String mark, long position, long at) {

    /** Name of the field with the instances. */
    public static final String INSTANCES = "instances";

    /** Mark of a service without instances. */
    public static final String NONE = "none";

    /**
     * Parses the header of a document.
     *
     * @param fields values of the fields in the order of the components; an empty text if the field is missing
     * @return empty if there is no document, or its header can't be parsed
     */
    public static Optional<DocumentHeader> of(List<String> fields) {
        try {
            return Optional.of(new DocumentHeader(
                    fields.get(0), fields.get(1), Long.parseLong(fields.get(2)), Long.parseLong(fields.get(3))));
        } catch (NumberFormatException missingOrForeign) {
            return Optional.empty();
        }
    }

    /** Returns the values of the fields in the order of the components. */
    public List<String> fields() {
        return List.of(store, mark, Long.toString(position), Long.toString(at));
    }

    /** Returns true if the document states that there are no instances, so that it need not be stored for long. */
    public boolean isTombstone() {
        return mark.equals(NONE);
    }
}
