package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.PickStrategy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Properties of the starter. An unknown name below the prefix fails the start.
 *
 * @param url base URIs of the registry's nodes, comma-separated. Without it, nothing is configured.
 * @param enabled Whether the starter configures anything.
 * @param apiKey API key that authenticates this process.
 * @param apiKeyFile File with the API key. It is read again when it changes.
 * @param token Token that authenticates this process.
 * @param tokenFile File with the token. It is read again when it changes.
 * @param ssl TLS of the connections to the registry.
 * @param cacheDirectory Directory of the last known lists, for a start while no node answers; empty for none. By
 *     default .cache/service-discovery in the user's home directory.
 * @param cacheMaxAge Maximum age of a list in the cache directory.
 * @param registration Registration of this process.
 * @param drain Time between the announcement of the end and the end.
 * @param discovery Lists of instances.
 * @param loadBalancer Choice of an instance.
 * @param outcomes Reports of the results of calls.
 * @param config Imported configurations.
 * @param health Health indicator.
 */
@ConfigurationProperties(prefix = RegistryProperties.PREFIX, ignoreUnknownFields = false)
public record RegistryProperties(
        @DefaultValue List<URI> url,
        @DefaultValue("true") boolean enabled,
        @Nullable String apiKey,
        @Nullable Path apiKeyFile,
        @Nullable String token,
        @Nullable Path tokenFile,
        @DefaultValue Ssl ssl,
        @Nullable String cacheDirectory,
        @DefaultValue("24h") Duration cacheMaxAge,
        @DefaultValue Registration registration,
        @DefaultValue Drain drain,
        @DefaultValue Discovery discovery,
        @DefaultValue LoadBalancer loadBalancer,
        @DefaultValue Outcomes outcomes,
        @DefaultValue Config config,
        @DefaultValue Health health) {

    /** Prefix of all properties. */
    public static final String PREFIX = "service-discovery";

    /** Doesn't contain the credentials. */
    @Override
    public String toString() {
        return "RegistryProperties[url=" + url + "]";
    }

    /**
     * TLS of the connections to the registry.
     *
     * @param bundle SSL bundle with the trusted certificates and, for client certificates, the key.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * Registration of this process.
     *
     * @param enabled Whether this process is registered. By default, if it has a web server.
     * @param name Service name; by default spring.application.name.
     * @param id Instance id; by default derived by the registry from name, address and port.
     * @param version Version of the service; by default that of build-info.properties.
     * @param zone Zone of the instance.
     * @param tags Tags of the instance.
     * @param metadata Metadata of the instance.
     * @param weight Share of the traffic, from 0 to 65535.
     * @param ttl Lease; without a heartbeat for so long, the instance expires.
     * @param address Address of the instance; by default the local address of a connection to the registry.
     * @param port Port of the instance; by default that of the web server.
     * @param protocol Protocol of the instance; by default http, or https if the web server uses TLS.
     * @param preferNetworks Networks in CIDR notation from which the address is preferably chosen.
     * @param check Source of the health: heartbeat, or http for requests by the registry in addition.
     * @param checkPath Path that the registry checks with http, on the port of the instance.
     * @param health Health group whose status the heartbeats report; none for that of the life cycle alone.
     * @param healthInterval Time between two readings of the health.
     * @param onDeregistered Reaction to a deregistration by somebody else: register again, or stay-out.
     * @param updateTimeout Maximum time for which maintenance is repeated while no node answers; longer than the
     *     registry's cluster.hold_timeout.
     * @param failFast Whether the start fails if the first registration fails.
     */
    public record Registration(
            @Nullable Boolean enabled,
            @Nullable String name,
            @Nullable String id,
            @Nullable String version,
            @Nullable String zone,
            @DefaultValue Set<String> tags,
            @DefaultValue Map<String, String> metadata,
            @DefaultValue("100") int weight,
            @DefaultValue("30s") Duration ttl,
            @Nullable String address,
            @Nullable Integer port,
            @Nullable String protocol,
            @DefaultValue List<String> preferNetworks,
            @DefaultValue("heartbeat") Check check,
            @DefaultValue("/actuator/health/readiness") String checkPath,
            @DefaultValue("readiness") String health,
            @DefaultValue("5s") Duration healthInterval,
            @DefaultValue("register") OnDeregistered onDeregistered,
            @DefaultValue("15s") Duration updateTimeout,
            @DefaultValue("false") boolean failFast) {

        /** Sources of the health of an instance. */
        public enum Check {
            /** The instance reports its health. */
            HEARTBEAT,
            /** The registry also sends requests. */
            HTTP
        }

        /** Reactions to a deregistration by somebody else. */
        public enum OnDeregistered {
            /** The instance is registered again. */
            REGISTER,
            /** The instance stays deregistered. */
            STAY_OUT
        }
    }

    /**
     * End of this process.
     *
     * @param duration Time for which requests are still accepted after the announcement, until other processes know it.
     *     Raise it where clients poll. With more than spring.lifecycle.timeout-per-shutdown-phase, Spring goes on.
     * @param leaveTimeout Maximum time that the announcement, and then the deregistration, each wait for the registry.
     */
    public record Drain(
            @Name("wait") @DefaultValue("2s") Duration duration,
            @DefaultValue("2s") Duration leaveTimeout) {}

    /**
     * Lists of instances.
     *
     * @param enabled Whether this process finds other services in the registry.
     * @param required Services whose lists must be known before this process is ready.
     * @param startWait Maximum time that a start waits for the first node, before the lists in the cache directory are
     *     used.
     * @param firstAnswer Maximum time that the first call to a service waits for its list.
     * @param idle Time after which an unused service isn't watched any more.
     * @param maxAge Maximum age of a list while no node answers. Without it, the last list stays.
     * @param namesInterval Time between two requests for the names of services, whose changes are published as
     *     HeartbeatEvent; 0 for none.
     */
    public record Discovery(
            @DefaultValue("true") boolean enabled,
            @DefaultValue Set<String> required,
            @DefaultValue("3s") Duration startWait,
            @DefaultValue("2s") Duration firstAnswer,
            @DefaultValue("10m") Duration idle,
            @Nullable Duration maxAge,
            @DefaultValue("30s") Duration namesInterval) {}

    /**
     * Choice of an instance.
     *
     * @param strategy Rule by which an instance is chosen.
     * @param zonePreference Whether instances of the own zone come first while at least half of them fit.
     * @param hashHeader Header of requests whose value selects the instance: the same value finds the same instance.
     * @param subset Number of instances that this process uses of a service; 0 for all.
     * @param services Deviations for single services, by name.
     */
    public record LoadBalancer(
            @DefaultValue("p2c") PickStrategy strategy,
            @DefaultValue("true") boolean zonePreference,
            @Nullable String hashHeader,
            @DefaultValue("0") int subset,
            @DefaultValue Map<String, Service> services) {

        /**
         * Deviations for a single service.
         *
         * @param strategy Rule by which an instance is chosen.
         * @param zonePreference Whether instances of the own zone come first while at least half of them fit.
         * @param hashHeader Header of requests whose value selects the instance.
         * @param subset Number of instances that this process uses; 0 for all.
         * @param version Version of the instances, or a range such as ^1.2.
         * @param tags Tags that an instance must all have.
         * @param metadata Pairs that the metadata of an instance must all contain.
         */
        public record Service(
                @Nullable PickStrategy strategy,
                @Nullable Boolean zonePreference,
                @Nullable String hashHeader,
                @Nullable Integer subset,
                @Nullable String version,
                @DefaultValue List<String> tags,
                @DefaultValue Map<String, String> metadata) {}
    }

    /**
     * Reports of the results of calls.
     *
     * @param enabled Whether results of calls are counted and reported to the registry.
     * @param failureStatuses Statuses of answers that count as failures: codes such as 503, classes such as 5xx, and
     *     exceptions such as !501. 429 says nothing about an instance unless it is listed.
     */
    public record Outcomes(
            @DefaultValue("true") boolean enabled,
            @DefaultValue({"5xx", "!501"}) List<String> failureStatuses) {}

    /**
     * Imported configurations.
     *
     * @param refresh Effect of a newer version.
     * @param startWait Maximum time that a start waits for the first node, before a configuration in the cache
     *     directory is used.
     * @param cache Whether configurations are saved in the cache directory.
     */
    public record Config(
            @DefaultValue("spring") Refresh refresh,
            @DefaultValue("5s") Duration startWait,
            @DefaultValue("true") boolean cache) {

        /** Effects of a newer version. */
        public enum Refresh {
            /** Spring Cloud binds the application's properties again, and renews beans of the refresh scope. */
            SPRING,
            /** Only a ConfigurationChanged event is published. */
            EVENT,
            /** None; newer versions aren't watched. */
            OFF
        }
    }

    /**
     * Health indicator.
     *
     * @param downWhen Condition under which the health indicator is down.
     */
    public record Health(@DefaultValue("missing-list") DownWhen downWhen) {

        /** Conditions under which the health indicator is down. */
        public enum DownWhen {
            /** No list of a required service is known. */
            MISSING_LIST,
            /** No node of the registry is connected. */
            DISCONNECTED,
            /** Never. */
            NEVER
        }
    }
}
