package dev.aicore.discovery.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests the order of a stream's batches, and that a batch waits for the previous one. */
class BatchedResponseBodyTest {

    private final Queue<List<byte[]>> source = new ArrayDeque<>();
    private final BatchedResponseBody batchedResponseBody =
            new BatchedResponseBody(Mono.fromSupplier(source::poll), DefaultDataBufferFactory.sharedInstance);

    @Test
    void batches_areWrittenInOrderUntilSourceIsEmpty() {
        batchedResponseBody.beginWith(events("a", "b"));
        source.addAll(List.of(events("c"), events("d", "e")));

        assertThat(batchedResponseBody
                        .batches()
                        .concatMap(BatchedResponseBodyTest::text)
                        .collectList()
                        .block())
                .containsExactly("ab", "c", "de", "");
    }

    @Test
    void nextBatch_waitsForCompletionOfPreviousBatch() {
        source.addAll(List.of(events("a"), events("b")));
        var given = new ArrayList<Flux<DataBuffer>>();
        batchedResponseBody.batches().subscribe(given::add);
        assertThat(given).hasSize(1);

        assertThat(text(given.getLast()).block()).isEqualTo("a");
        assertThat(given).hasSize(2);
        assertThat(source).hasSize(1);
    }

    @Test
    void sourceFailure_endsStreamWithError() {
        var broken = new BatchedResponseBody(
                Mono.error(new IllegalStateException("gone")), DefaultDataBufferFactory.sharedInstance);

        assertThatThrownBy(() -> broken.batches()
                        .concatMap(BatchedResponseBodyTest::text)
                        .blockLast())
                .hasMessage("gone");
    }

    private static List<byte[]> events(String... texts) {
        return List.of(texts).stream().map(text -> text.getBytes(UTF_8)).toList();
    }

    private static Mono<String> text(Flux<DataBuffer> batch) {
        return batch.map(buffer -> buffer.toString(UTF_8)).reduce("", String::concat);
    }
}
