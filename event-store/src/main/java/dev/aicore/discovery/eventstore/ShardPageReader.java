package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Iterates over the events of a shard page by page, and verifies that no event is missing. */
final class ShardPageReader implements Iterator<StoredEvent> {

    private final ShardEventReader reader;
    private final int shard;
    private final long firstSeq;
    private long nextSeq;
    private long position;
    private List<StoredEvent> page = List.of();
    private int at;
    private boolean started;
    private boolean ended;

    ShardPageReader(ShardEventReader reader, int shard, long firstSeq) {
        this.reader = reader;
        this.shard = shard;
        this.firstSeq = firstSeq;
        this.nextSeq = firstSeq;
    }

    Stream<StoredEvent> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        if (at == page.size() && !ended) {
            readNextPage();
        }
        return at < page.size();
    }

    @Override
    public StoredEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var event = page.get(at++);
        verifyComplete(event);
        nextSeq = event.seq() + 1;
        position = event.position();
        return event;
    }

    private void verifyComplete(StoredEvent event) {
        if (event.seq() != nextSeq) {
            throw new HistoryCompactedException(ShardPartitioner.name(shard), nextSeq, event.seq());
        }
    }

    private void readNextPage() {
        if (!started) {
            started = true;
            position = firstSeq == 0 ? 0 : reader.positionBefore(shard, firstSeq);
        }
        page = reader.page(shard, nextSeq, position);
        at = 0;
        ended = !BoundedPageRows.isFull(page, reader.pageSize());
        if (page.isEmpty() && nextSeq == firstSeq) {
            verifyEmpty();
        }
    }

    /** Distinguishes between no event yet and dropped events, if no event was found from the first number on. */
    private void verifyEmpty() {
        reader.lastSeq(shard).ifPresent(last -> {
            if (last >= firstSeq) {
                throw new HistoryCompactedException(ShardPartitioner.name(shard), firstSeq, last + 1);
            }
        });
    }
}
