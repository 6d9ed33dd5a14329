package dev.aicore.discovery.projection.deadletter;

import dev.aicore.discovery.api.readmodel.DeadLetters;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import dev.aicore.discovery.projection.flow.DeadLetter;
import dev.aicore.discovery.projection.flow.ParkedFacts;
import dev.aicore.discovery.projection.flow.ParkedFacts.Retried;
import dev.aicore.discovery.projection.flow.Questions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists the facts that read models couldn't fold, and tries them again. To give one up is a write, and the command side's. */
@RestController
@RequestMapping(path = "/api/v1/admin/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
final class DeadLetterController {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterController.class);

    private static final Text POSITION = Text.matching(Pattern.compile("[0-9]{1,18}"), "a position, such as 1234");

    private final ParkedFacts parked;
    private final TimeSource time;
    private final Questions questions;

    DeadLetterController(ParkedFacts parked, TimeSource time, Questions questions) {
        this.parked = parked;
        this.time = time;
        this.questions = questions;
    }

    /** A page of them. */
    record Page(List<DeadLetter> deadLetters) {}

    /** What came of trying one again. */
    record Tried(long position, List<OfProjection> projections) {}

    /**
     * In one read model.
     *
     * @param folded how many facts are in it now
     * @param parked how many still aren't, of the same sequence
     */
    record OfProjection(String name, long folded, long parked) {}

    @GetMapping
    Mono<ResponseEntity<Answer<Page>>> list(Query query) {
        int limit = Paged.limit(query);
        long behind = query.numberOr("cursor", 0, Long.MAX_VALUE, 0);
        query.orThrow();
        return questions.ask(() -> parked.list(behind, limit + 1)).map(found -> {
            var page = Paged.of(found, limit);
            return Answer.of(new Page(page.rows()), time.now())
                    .next(page.next(last -> Long.toString(last.position())))
                    .respond(HttpStatus.OK);
        });
    }

    @PostMapping("/{position}/retry")
    Mono<ResponseEntity<Answer<Tried>>> retry(@PathVariable("position") String position, Caller caller, Query query) {
        long wanted = Long.parseLong(POSITION.require("position", position));
        query.orThrow();
        return questions.ask(() -> parked.retry(wanted)).map(tried -> {
            if (tried.isEmpty()) {
                throw DeadLetters.unknown(wanted);
            }
            LOG.info("{} had the fact at position {} tried again: {}", caller.principal(), wanted, tried);
            return Answer.of(new Tried(wanted, views(tried)), time.now()).respond(HttpStatus.OK);
        });
    }

    private static List<OfProjection> views(Map<String, Retried> tried) {
        return tried.entrySet().stream()
                .map(entry -> new OfProjection(
                        entry.getKey(),
                        entry.getValue().folded(),
                        entry.getValue().parked()))
                .toList();
    }
}
