package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.projection.Projections;
import dev.aicore.discovery.projection.flow.ProjectionStatus;
import dev.aicore.discovery.projection.flow.Questions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells how the read models are, has them built anew, and has them compared with the store. */
@RestController
@RequestMapping(path = "/api/v1/admin/projections", produces = MediaType.APPLICATION_JSON_VALUE)
final class AdminController {

    private static final String PATH = "/api/v1/admin/projections/";
    private static final String ALL = "all";

    private final Projections projections;
    private final Rebuilds rebuilds;
    private final StoreReader store;
    private final TimeSource time;
    private final Questions questions;

    AdminController(
            Projections projections, Rebuilds rebuilds, StoreReader store, TimeSource time, Questions questions) {
        this.projections = projections;
        this.rebuilds = rebuilds;
        this.store = store;
        this.time = time;
        this.questions = questions;
    }

    /** All of them. */
    record Views(List<ProjectionView> projections) {}

    @GetMapping
    Mono<ResponseEntity<Answer<Views>>> all(Query query) {
        query.orThrow();
        return views().map(views -> Answer.of(new Views(views), time.now()).respond(HttpStatus.OK));
    }

    @GetMapping("/{projection}")
    Mono<ResponseEntity<Answer<ProjectionView>>> one(@PathVariable("projection") String name, Query query) {
        query.orThrow();
        return view(name).map(view -> Answer.of(view, time.now()).respond(HttpStatus.OK));
    }

    @PostMapping("/{projection}/rebuild")
    Mono<ResponseEntity<Answer<Run>>> rebuild(@PathVariable("projection") String name, Query query) {
        return start(Task.REBUILD, name, query);
    }

    @PostMapping("/{projection}/verify")
    Mono<ResponseEntity<Answer<Run>>> verify(@PathVariable("projection") String name, Query query) {
        return start(Task.VERIFY, name, query);
    }

    private Mono<ResponseEntity<Answer<Run>>> start(Task task, String name, Query query) {
        query.orThrow();
        return questions
                .ask(() -> rebuilds.start(task, models(name)))
                .map(run -> Answer.of(run, time.now())
                        .respond(
                                HttpStatus.ACCEPTED,
                                headers -> headers.setLocation(URI.create(
                                        PATH + run.models().iterator().next()))));
    }

    private Set<String> models(String name) {
        var known = rebuilds.names();
        if (name.equals(ALL)) {
            return known;
        }
        if (!known.contains(name)) {
            throw unknown(name, "all, or one of " + String.join(", ", known));
        }
        return new TreeSet<>(Set.of(name));
    }

    private Mono<ProjectionView> view(String name) {
        return views().map(views -> views.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        name,
                        "one of "
                                + String.join(
                                        ", ",
                                        views.stream().map(ProjectionView::name).toList()))));
    }

    private Mono<List<ProjectionView>> views() {
        return questions.ask(() -> projections.status().stream().map(this::view).toList());
    }

    private ProjectionView view(ProjectionStatus status) {
        var behind = status.lag() == 0 ? Duration.ZERO : store.ageBehind(status.position());
        var run = rebuilds.latest()
                .filter(latest -> latest.models().contains(status.name()))
                .orElse(null);
        return ProjectionView.of(status, behind, run);
    }

    private static RegistryException unknown(String name, String expected) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "There is no read model '" + name + "'.",
                new FieldError("projection", "names no read model", name, expected));
    }
}
