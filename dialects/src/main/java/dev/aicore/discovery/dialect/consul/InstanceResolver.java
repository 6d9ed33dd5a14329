package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the instance that a Consul client means by an id: first that of the client's own agent, then the only one that
 * was registered with this id, then the native instance of this id.
 */
final class InstanceResolver {

    private static final Pattern NUMBERED = Pattern.compile("(.+):[1-9]");

    private final RegistrySnapshotService snapshots;
    private final InstanceIdIndex index = new InstanceIdIndex();

    InstanceResolver(RegistrySnapshotService snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Target of a write.
     *
     * @param present the instance; null if none is present, so that only the native id is known under which it would
     *     have been registered
     */
    record ResolvedInstance(String nativeId, @Nullable InstanceView present) {}

    /** Returns the present instance with a native id, whatever the caller may see; empty if there is none. */
    Mono<Optional<InstanceView>> find(String nativeId) {
        return snapshots.current().map(snapshot -> Optional.ofNullable(index.find(snapshot, nativeId)));
    }

    /**
     * Returns the instance that the caller means by a service id.
     *
     * @return fails if several instances have this id, and none is of the caller's agent
     */
    Mono<ResolvedInstance> service(String id, Caller caller) {
        return snapshots.current().map(snapshot -> {
            var ownId = ConsulInstanceId.of(id, ConsulInstanceId.agent(caller.sourceAddress()));
            var own = visible(index.find(snapshot, ownId), caller);
            if (own != null) {
                return new ResolvedInstance(ownId, own);
            }
            var registered = visible(index.registeredAs(snapshot, id), caller);
            if (!registered.isEmpty()) {
                var only = single("service ID", id, registered);
                return new ResolvedInstance(only.id(), only);
            }
            var sameId = visible(index.find(snapshot, id), caller);
            return sameId == null ? new ResolvedInstance(ownId, null) : new ResolvedInstance(id, sameId);
        });
    }

    /**
     * Returns the instance that the caller means by the id of a check.
     *
     * @return fails with 404 if there is no such check
     */
    Mono<ResolvedInstance> check(String checkId, Caller caller) {
        return snapshots.current().flatMap(snapshot -> {
            var declared = visible(index.checkedAs(snapshot, checkId), caller);
            if (!declared.isEmpty()) {
                var agent = ConsulInstanceId.agent(caller.sourceAddress());
                var own = declared.stream()
                        .filter(view -> view.id().equals(ConsulInstanceId.of(ConsulInstance.consulId(view), agent)))
                        .toList();
                var meant = single("check ID", checkId, own.isEmpty() ? declared : own);
                return Mono.just(new ResolvedInstance(meant.id(), meant));
            }
            if (!checkId.startsWith(ConsulCheck.SERVICE_PREFIX)) {
                return Mono.error(ConsulRefusals.unknownCheck(checkId));
            }
            return service(checkId.substring(ConsulCheck.SERVICE_PREFIX.length()), caller)
                    .filter(meant -> isOwnCheck(meant, checkId))
                    .switchIfEmpty(Mono.error(() -> ConsulRefusals.unknownCheck(checkId)));
        });
    }

    /**
     * Returns the native ids of instances that a report of an absent check may revive, the most likely first: that of
     * the caller's agent, that without the number of one of several checks, and the id as that of a native instance.
     *
     * @param checkId begins with {@value ConsulCheck#SERVICE_PREFIX}
     */
    static List<String> removedIds(String checkId, Caller caller) {
        var id = checkId.substring(ConsulCheck.SERVICE_PREFIX.length());
        var agent = ConsulInstanceId.agent(caller.sourceAddress());
        var ids = new ArrayList<String>(3);
        ids.add(ConsulInstanceId.of(id, agent));
        var numbered = NUMBERED.matcher(id);
        if (numbered.matches()) {
            ids.add(ConsulInstanceId.of(numbered.group(1), agent));
        }
        if (InstanceIdGenerator.isId(id)) {
            ids.add(id);
        }
        return ids;
    }

    /** Returns true if the instance has a check of this id, or may have had one when it was present. */
    private static boolean isOwnCheck(ResolvedInstance meant, String checkId) {
        var present = meant.present();
        return present == null
                || ConsulInstance.of(present).checks().stream()
                        .filter(check -> !check.id().startsWith(ConsulCheck.MAINTENANCE_PREFIX))
                        .anyMatch(check -> check.id().equals(checkId)
                                || checkId.equals(ConsulCheck.SERVICE_PREFIX + present.id()));
    }

    private static @Nullable InstanceView visible(@Nullable InstanceView view, Caller caller) {
        return view != null && caller.coversService(view.name()) ? view : null;
    }

    private static List<InstanceView> visible(List<InstanceView> views, Caller caller) {
        return views.stream().filter(view -> caller.coversService(view.name())).toList();
    }

    private static InstanceView single(String what, String id, List<InstanceView> views) {
        if (views.size() > 1) {
            var ids = views.stream().limit(5).map(InstanceView::id).collect(Collectors.joining(", "));
            throw ConsulRefusals.invalid("The " + what + " \"" + id + "\" is used by " + views.size()
                    + " agents: use the ID of one instance (" + ids + ")");
        }
        return views.getFirst();
    }
}
