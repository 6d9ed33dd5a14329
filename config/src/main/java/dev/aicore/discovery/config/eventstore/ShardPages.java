package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.api.shard.Shards;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Walks through a shard page by page, and vouches that no event is missing. */
final class ShardPages implements Iterator<StoredEntry> {

    private final ShardReader reader;
    private final int shard;
    private final long firstSeq;
    private long nextSeq;
    private long position;
    private List<StoredEntry> page = List.of();
    private int at;
    private boolean started;
    private boolean ended;

    ShardPages(ShardReader reader, int shard, long firstSeq) {
        this.reader = reader;
        this.shard = shard;
        this.firstSeq = firstSeq;
        this.nextSeq = firstSeq;
    }

    Stream<StoredEntry> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        if (at == page.size() && !ended) {
            turnPage();
        }
        return at < page.size();
    }

    @Override
    public StoredEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var event = page.get(at++);
        vouchFor(event);
        nextSeq = event.seq() + 1;
        position = event.position();
        return event;
    }

    private void vouchFor(StoredEntry event) {
        if (event.seq() != nextSeq) {
            throw new HistoryCompactedException(Shards.name(shard), nextSeq, event.seq());
        }
    }

    private void turnPage() {
        if (!started) {
            started = true;
            position = firstSeq == 0 ? 0 : reader.positionBefore(shard, firstSeq);
        }
        page = reader.page(shard, nextSeq, position);
        at = 0;
        ended = !BoundedPageRows.isFull(page, reader.pageSize());
        if (page.isEmpty() && nextSeq == firstSeq) {
            vouchForEmptiness();
        }
    }

    /** Nothing from here on may mean that nothing came yet, or that what there was has been dropped. */
    private void vouchForEmptiness() {
        reader.lastSeq(shard).ifPresent(last -> {
            if (last >= firstSeq) {
                throw new HistoryCompactedException(Shards.name(shard), firstSeq, last + 1);
            }
        });
    }
}
