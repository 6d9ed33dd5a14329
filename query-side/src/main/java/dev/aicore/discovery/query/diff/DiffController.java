package dev.aicore.discovery.query.diff;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.DiffView;
import dev.aicore.discovery.api.history.DiffView.Difference;
import dev.aicore.discovery.api.history.DiffView.Summary;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.instance.Place;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.moment.Then;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers what changed between two moments, and by whom. */
@RestController
@RequestMapping("/api/v1/diff")
final class DiffController {

    static final String PATCH = "application/json-patch+json";

    /** A patch that is cut off would be wrong. */
    private static final int MOST_PATCHED = 10_000;

    private final DiffReader reader;
    private final Moments moments;

    DiffController(DiffReader reader, Moments moments) {
        this.reader = reader;
        this.moments = moments;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<DiffView>>> diff(Query query, Caller caller) {
        int limit = Paged.limit(query);
        var service = query.textOrNull("service_name", Names.SERVICE);
        var behind = Place.of(query, service);
        return scope(query, service, caller)
                .flatMap(scope -> Mono.zip(
                        reader.summary(scope),
                        // One more than asked for tells whether there is a next page.
                        reader.page(scope, behind, limit + 1),
                        (summary, found) -> page(scope, summary, found, limit)));
    }

    @GetMapping(produces = PATCH)
    Mono<ResponseEntity<List<Patch.Operation>>> patch(Query query, Caller caller) {
        return scope(query, query.textOrNull("service_name", Names.SERVICE), caller)
                .flatMap(scope -> reader.page(scope, Place.START, MOST_PATCHED + 1)
                        .map(found -> ResponseEntity.ok()
                                .header(
                                        Answer.POSITION,
                                        Long.toString(scope.to().position()))
                                .body(Patch.of(whole(found)))));
    }

    private Mono<Scope> scope(Query query, @Nullable String service, Caller caller) {
        var wanted = Wanted.of(query);
        var from = MomentText.of(query, "from");
        var to = MomentText.of(query, "to");
        if (to != null && query.has("min_position")) {
            query.reject("min_position", "can't be given together with 'to'", "one of them");
        }
        if (!query.has("from")) {
            query.reject("from", "is required", MomentText.EXPECTED);
        }
        query.orThrow();
        // Now isn't before what was waited for.
        return moments.find(Objects.requireNonNull(from), "from", wanted.patience())
                .flatMap(first -> (to == null
                                ? moments.now(wanted.atLeast(first.position()))
                                : moments.find(to, "to", wanted.patience()))
                        .map(last -> inOrder(new Scope(first, last, service, caller.reach()))));
    }

    private static Scope inOrder(Scope scope) {
        if (scope.from().position() > scope.to().position()) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "from must be before to.",
                    new FieldError("from", "is behind 'to'", scope.from().position(), "a moment before 'to'"));
        }
        return scope;
    }

    private static ResponseEntity<Answer<DiffView>> page(
            Scope scope, Summary summary, List<Difference> found, int limit) {
        var page = Paged.of(found, limit);
        var view = new DiffView(moment(scope.from()), moment(scope.to()), summary, page.rows());
        return Answer.page(
                view,
                scope.to().position(),
                scope.to().at(),
                page.next(last -> new Place(last.serviceName(), last.id()).cursor()));
    }

    private static List<Difference> whole(List<Difference> found) {
        if (found.size() > MOST_PATCHED) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "More than " + MOST_PATCHED + " instances are different, which is too much for one patch.",
                    new FieldError("service_name", "is needed to patch less", null, "the name of one service"));
        }
        return found;
    }

    private static DiffView.Moment moment(Then then) {
        return new DiffView.Moment(then.position(), then.at());
    }
}
