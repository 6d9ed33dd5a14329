package dev.aicore.discovery.dialect.xds;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Subscription of a stream to resources of one type. */
final class XdsSubscription {

    private static final String WILDCARD = "*";

    /** Maximum length of the name of a service; no longer name exists. */
    private static final int MAX_NAME_LENGTH = 128;

    private final XdsResourceType type;
    private Set<String> names = Set.of();
    private boolean wildcard;

    /** True once the client has named resources: no names then mean none instead of all. */
    private boolean named;

    /** True if the client waits for a response, whatever it contains. */
    private boolean pending = true;

    private String nonce = "";

    /** Nonce that the client had when it ended its subscription while a response was on the way; otherwise null. */
    private @Nullable String nonceAtEnd;

    /** Versions of the resources that the client has, by name. */
    private Map<String, Long> sent = Map.of();

    XdsSubscription(XdsResourceType type) {
        this.type = type;
    }

    XdsResourceType type() {
        return type;
    }

    Set<String> names() {
        return names;
    }

    boolean isWildcard() {
        return wildcard;
    }

    /**
     * Applies a request. One with the nonce of an earlier response than the last is ignored, unless it ends the
     * subscription: grpc-java then doesn't record the nonce of a response that is on the way, and begins the next
     * subscription with the nonce before. An acknowledgement and a refusal have the same effect: nothing is sent before
     * something changes.
     */
    void apply(List<String> requested, String responseNonce) {
        boolean isStale = !nonce.isEmpty() && !responseNonce.equals(nonce) && !responseNonce.equals(nonceAtEnd);
        if (isStale && (!requested.isEmpty() || !named)) {
            return;
        }
        if (isStale) {
            nonceAtEnd = responseNonce;
        }
        var now = new TreeSet<String>();
        for (var name : requested) {
            if (name.length() <= MAX_NAME_LENGTH && !name.equals(WILDCARD)) {
                now.add(name);
            }
        }
        boolean isAll = type.isComplete() && (requested.contains(WILDCARD) || (requested.isEmpty() && !named));
        named |= !requested.isEmpty();
        pending |= (isAll && !wildcard) || !names.containsAll(now);
        wildcard = isAll;
        names = now;
        if (!wildcard) {
            var still = new HashMap<>(sent);
            still.keySet().retainAll(now);
            sent = still;
        }
    }

    /** Returns the names of resources that are new or have another content than the client has. */
    Set<String> changed(Map<String, XdsResource> wanted) {
        var changed = new HashSet<String>();
        wanted.forEach((name, resource) -> {
            var version = sent.get(name);
            if (version == null || version != resource.version()) {
                changed.add(name);
            }
        });
        return changed;
    }

    /** Returns true if a response must be sent. */
    boolean mustRespond(Map<String, XdsResource> wanted, Set<String> changed) {
        if (type.isComplete()) {
            return pending || !changed.isEmpty() || !wanted.keySet().containsAll(sent.keySet());
        }
        return !changed.isEmpty();
    }

    /** Records a response with all wanted resources that the client didn't have. */
    void sent(String responseNonce, Map<String, XdsResource> wanted) {
        nonce = responseNonce;
        nonceAtEnd = null;
        pending = false;
        var versions = new HashMap<String, Long>();
        wanted.forEach((name, resource) -> versions.put(name, resource.version()));
        sent = versions;
    }

    /** Sends a resource again with the next response. */
    void forget(String name) {
        if (sent.containsKey(name)) {
            var others = new HashMap<>(sent);
            others.remove(name);
            sent = others;
        }
    }
}
