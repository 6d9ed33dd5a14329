package dev.aicore.discovery.query.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.instance.ServiceNamesView;
import dev.aicore.discovery.api.instance.ServiceNamesView.ServiceName;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import dev.aicore.discovery.query.moment.Asked;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers which services there are. */
@RestController
final class ServiceNamesController {

    private static final String CURSOR = "cursor";

    private final ServiceNamesReader names;
    private final Visibility visibility;
    private final Moments moments;
    private final TimeSource time;

    ServiceNamesController(ServiceNamesReader names, Visibility visibility, Moments moments, TimeSource time) {
        this.names = names;
        this.visibility = visibility;
        this.moments = moments;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/service-names", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<ServiceNamesView>>> names(Query query, Caller caller, ServerHttpRequest request) {
        int limit = Paged.limit(query);
        String after = after(query);
        var wanted = Wanted.of(query);
        var moment = Asked.of(query, request.getHeaders());
        query.orThrow();
        // One more than asked for tells whether there is a next page.
        return moment == null
                ? visibility
                        .reflect(wanted, InstanceReader.PROJECTIONS, names.page(after, limit + 1, caller.reach()))
                        .map(found -> page(found.rows(), limit, rows -> Answer.of(rows, found.position(), time.now())))
                : moments.find(moment, Asked.AT, wanted.patience())
                        .flatMap(then -> names.pageAt(after, limit + 1, caller.reach(), then.position())
                                .map(found -> page(found.rows(), limit, then::answer)));
    }

    private static ResponseEntity<Answer<ServiceNamesView>> page(
            List<ServiceName> rows, int limit, Function<ServiceNamesView, Answer<ServiceNamesView>> answer) {
        var page = Paged.of(rows, limit);
        var next = page.next(last -> Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.name().getBytes(UTF_8)));
        return answer.apply(new ServiceNamesView(page.rows())).next(next).respond(HttpStatus.OK);
    }

    private static String after(Query query) {
        String cursor = query.textOrNull(CURSOR, Text.filled(256));
        String name = cursor == null ? "" : decoded(cursor);
        if (name == null) {
            query.reject(CURSOR, "is not a cursor of this list", "the next_cursor of the page before");
            return "";
        }
        return name;
    }

    private static @Nullable String decoded(String cursor) {
        try {
            String name = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            return Names.isService(name) ? name : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
