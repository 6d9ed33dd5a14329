package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.configuration.ConfigurationETag;
import dev.aicore.discovery.api.configuration.ConfigurationKey;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.configuration.ConfigurationWriter;
import dev.aicore.discovery.command.configuration.KeyValueWriter;
import dev.aicore.discovery.query.configuration.KeySelection;
import dev.aicore.discovery.query.configuration.KeyValueQueryService;
import dev.aicore.discovery.query.configuration.KeyValues.KeyValueEntry;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes keys. A key of a configuration is changed by the command of the REST API. The index of {@code cas} is looked
 * up among the present keys, and the command then requires the version found, so a change in between is noticed.
 */
final class KeyValueStore {

    /** Maximum number of configurations that one recursive deletion includes; each is a command of its own. */
    static final int MAX_DELETED_CONFIGURATIONS = 100;

    private final KeyValueWriter keys;
    private final ConfigurationWriter configurations;
    private final KeyValueQueryService queries;

    KeyValueStore(KeyValueWriter keys, ConfigurationWriter configurations, KeyValueQueryService queries) {
        this.keys = keys;
        this.configurations = configurations;
        this.queries = queries;
    }

    /**
     * Stores a value.
     *
     * @param flags unsigned number
     * @param cas index that the key must have; 0 if it must not exist; null without condition
     * @return false if the key has another index
     */
    Mono<Boolean> put(
            ServerWebExchange exchange, String key, long flags, byte[] value, @Nullable Long cas, Caller caller) {
        requireReach(key, caller);
        var author = caller.withProtocol(ConsulReplies.PROTOCOL);
        var service = ConfigurationKey.serviceOf(key);
        if (service == null) {
            return matched(expected(key, cas, caller)
                    .flatMap(expected -> keys.store(exchange, key, flags, value, expected, author)
                            .thenReturn(true)));
        }
        if (flags != 0) {
            throw ConsulRefusals.invalid("A configuration has no flags");
        }
        var json = ConfigurationValue.toJson(value);
        return matched(expected(key, cas, caller)
                .flatMap(expected -> configurations
                        .store(exchange, service, json, expected, author)
                        .thenReturn(true)));
    }

    /**
     * Deletes a key.
     *
     * @param cas index that the key must have, if it exists; null without condition
     * @return false if the key has another index
     */
    Mono<Boolean> delete(ServerWebExchange exchange, String key, @Nullable Long cas, Caller caller) {
        requireReach(key, caller);
        var author = caller.withProtocol(ConsulReplies.PROTOCOL);
        if (cas == null) {
            return delete(exchange, key, ConfigurationPrecondition.NONE, author);
        }
        return present(key, caller)
                .flatMap(found -> found.isEmpty()
                        ? Mono.just(true)
                        : found.get().position() == cas
                                ? matched(delete(exchange, key, tagOf(found.get()), author))
                                : Mono.just(false));
    }

    /** Deletes all keys that begin with a prefix, and the configurations among them. */
    Mono<Boolean> deleteAll(ServerWebExchange exchange, String prefix, Caller caller) {
        requireReach(prefix, caller);
        if (exchange.getRequest().getHeaders().containsHeader(IdempotencyKeyHeader.HEADER)) {
            throw ConsulRefusals.invalid("Idempotency-Key can't be combined with recurse");
        }
        var author = caller.withProtocol(ConsulReplies.PROTOCOL);
        return queries.present(KeySelection.prefix(prefix, false), caller)
                .map(found -> configurationsAmong(found.entries()))
                .flatMap(found -> keys.deleteAll(exchange, prefix, author)
                        .thenMany(Flux.fromIterable(found))
                        .concatMap(key -> delete(exchange, key, ConfigurationPrecondition.NONE, author))
                        .then(Mono.just(true)));
    }

    private static List<String> configurationsAmong(List<KeyValueEntry> entries) {
        var found = entries.stream()
                .map(KeyValueEntry::key)
                .filter(key -> ConfigurationKey.serviceOf(key) != null)
                .toList();
        if (found.size() > MAX_DELETED_CONFIGURATIONS) {
            throw ConsulRefusals.invalid("The prefix has " + found.size() + " configurations; at most "
                    + MAX_DELETED_CONFIGURATIONS + " are deleted at once");
        }
        return found;
    }

    private Mono<Boolean> delete(
            ServerWebExchange exchange, String key, ConfigurationPrecondition expected, Caller author) {
        var service = ConfigurationKey.serviceOf(key);
        return service == null
                ? keys.delete(exchange, key, expected, author).thenReturn(true)
                : configurations
                        .delete(exchange, service, expected, author)
                        .thenReturn(true)
                        .onErrorResume(failure -> is(ErrorCode.UNKNOWN_CONFIGURATION, failure), _ -> Mono.just(true));
    }

    /** Returns the precondition of a write; empty if it can't be met. */
    private Mono<ConfigurationPrecondition> expected(String key, @Nullable Long cas, Caller caller) {
        if (cas == null) {
            return Mono.just(ConfigurationPrecondition.NONE);
        }
        return cas == 0
                ? Mono.just(ConfigurationPrecondition.ABSENT)
                : present(key, caller)
                        .mapNotNull(found -> found.filter(entry -> entry.position() == cas)
                                .map(KeyValueStore::tagOf)
                                .orElse(null));
    }

    private Mono<Optional<KeyValueEntry>> present(String key, Caller caller) {
        return queries.present(new KeySelection(key, false, false), caller)
                .map(found -> found.entries().stream().findFirst());
    }

    private static ConfigurationPrecondition tagOf(KeyValueEntry entry) {
        return ConfigurationPrecondition.oneOf(Set.of(ConfigurationETag.ofVersion(entry.version())));
    }

    /** Returns false if the precondition isn't met. */
    private static Mono<Boolean> matched(Mono<Boolean> write) {
        return write.defaultIfEmpty(false)
                .onErrorResume(failure -> is(ErrorCode.PRECONDITION_FAILED, failure), _ -> Mono.just(false));
    }

    private static boolean is(ErrorCode code, Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == code;
    }

    private static void requireReach(String text, Caller caller) {
        if (!KeyValueQueryService.isReachable(text, caller)) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The caller's role is restricted to the keys below config/<service>/ of its services.");
        }
    }
}
