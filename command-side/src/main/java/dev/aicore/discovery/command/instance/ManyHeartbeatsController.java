package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.ManyReplies;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.lane.HotRoute;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.PendingBodies;
import dev.aicore.discovery.config.web.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Heartbeats of many instances in one request, on both lanes. */
@RestController
final class ManyHeartbeatsController implements HotRoute {

    private static final String PATH = "/api/v1/heartbeats";

    static final int MOST_IDS = 10_000;

    /** As many ids of the longest kind, each with its quotes and a comma, and room for blanks. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String IDS = "ids";
    private static final String EXPECTED = "an array of 1 to " + MOST_IDS + " ids";

    private final Intake intake;
    private final PendingBodies bodies;
    private final TimeSource time;

    ManyHeartbeatsController(Intake intake, PendingBodies bodies, TimeSource time) {
        this.intake = intake;
        this.bodies = bodies;
        this.time = time;
    }

    /**
     * What a heartbeat did.
     *
     * @param outcome {@code renewed}, {@code revived}, or the code of why it failed
     * @param expiresAt when the lease runs out unless it is renewed; null if it failed, or if there is no lease
     * @param code the same as {@code outcome} if it failed, else null
     * @param detail why it failed, in a sentence; else null
     */
    record Beat(
            String id,
            String outcome,
            @Nullable Instant expiresAt,
            @Nullable String code,
            @Nullable String detail) {}

    /** What all of them did: how many of each kind, and one by one in the order in which they were first named. */
    record Beats(int total, int renewed, int revived, int failed, List<Beat> outcomes) {}

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> heartbeats(Caller caller, Body body) {
        return renew(caller, body).map(Written::respond);
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String template() {
        return PATH;
    }

    @Override
    public Mono<Written> answer(ServerHttpRequest request, Caller caller) {
        return renew(caller, bodies.of(request));
    }

    private Mono<Written> renew(Caller caller, Body body) {
        return body.required(MAX_BYTES)
                .map(ManyHeartbeatsController::ids)
                .flatMap(ids -> Mono.fromFuture(() -> intake.renewAll(ids, intake.now(), Envelopes.of(caller)), true)
                        .map(replies -> Written.of(Answer.of(beats(ids, replies), replies.position(), time.now()))));
    }

    private static List<String> ids(Fields fields) {
        var ids = fields.stringListOrNull(IDS, MOST_IDS, Names.INSTANCE);
        if (!fields.has(IDS)) {
            fields.reject(IDS, "is required", EXPECTED);
        } else if (ids != null && ids.isEmpty()) {
            fields.reject(IDS, "is empty", EXPECTED);
        }
        fields.rejectUnknown();
        fields.orThrow();
        return List.copyOf(new LinkedHashSet<>(Objects.requireNonNull(ids)));
    }

    private static Beats beats(List<String> ids, ManyReplies replies) {
        var beats = new ArrayList<Beat>(ids.size());
        int revived = 0;
        int failed = 0;
        for (int i = 0; i < ids.size(); i++) {
            var id = ids.get(i);
            if (replies.outcomes().get(i) instanceof Outcome.Renewed renewed) {
                revived += renewed.revived() ? 1 : 0;
                beats.add(beat(id, renewed));
            } else if (replies.outcomes().get(i) instanceof Outcome.Refused refused) {
                failed++;
                var code = refused.code().code();
                beats.add(new Beat(id, code, null, code, refused.detail()));
            }
        }
        return new Beats(beats.size(), beats.size() - revived - failed, revived, failed, beats);
    }

    private static Beat beat(String id, Outcome.Renewed renewed) {
        return new Beat(
                id, renewed.revived() ? "revived" : "renewed", renewed.lease().due(), null, null);
    }
}
