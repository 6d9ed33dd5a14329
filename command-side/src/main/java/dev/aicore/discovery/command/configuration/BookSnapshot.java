package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.config.eventstore.wire.SnapshotCodec;
import dev.aicore.discovery.config.eventstore.wire.WireJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The book as bytes, and back: equal books have equal bytes. Events of the book are kept for ever, so it may be made anew from them at any time. */
final class BookSnapshot {

    /** The name of its kind in the store, for ever. */
    static final String NAME = "VersionBook";

    /** Raised with every change of the layout. */
    static final int REVISION = 1;

    private BookSnapshot() {}

    private record Entry(
            String service, List<Long> events, @Nullable String digest, int revision, long schema) {}

    private record Book(List<Entry> services) {}

    /** How the store writes and reads snapshots of the book. */
    static SnapshotCodec<VersionBook> codec() {
        return new SnapshotCodec<>(VersionBook.class, NAME, REVISION, BookSnapshot::encode, BookSnapshot::decode);
    }

    private static byte[] encode(VersionBook book) {
        var services = book.services().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
        return WireJson.mapper().writeValueAsBytes(new Book(services));
    }

    private static Entry entry(String service, Known known) {
        return new Entry(
                service,
                LongStream.of(known.events()).boxed().toList(),
                known.digest(),
                known.revision(),
                known.schema());
    }

    private static VersionBook decode(byte[] bytes) {
        var services = new HashMap<String, Known>();
        for (var entry : WireJson.mapper().readValue(bytes, Book.class).services()) {
            var events = entry.events().stream().mapToLong(Long::longValue).toArray();
            services.put(entry.service(), new Known(events, entry.digest(), entry.revision(), entry.schema()));
        }
        return new VersionBook(services);
    }
}
