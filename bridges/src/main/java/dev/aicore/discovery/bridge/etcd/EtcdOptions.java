package dev.aicore.discovery.bridge.etcd;

import dev.aicore.discovery.config.settings.BridgeDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of a bridge to etcd.
 *
 * @param endpoints URLs of the members, which are tried in turn
 * @param keyPrefix beginning of all keys; ends with a slash
 * @param grpcNaming true for the layout of gRPC naming, false for JSON documents
 * @param leaseTtl time after which etcd removes what was exported, once this registry is away
 * @param user name of an etcd user; null without authentication
 * @param ca PEM file with the issuers of the members' certificates; null for those that Java trusts
 * @param cert PEM file with the certificate of this client; null for none
 */
record EtcdOptions(
        List<String> endpoints,
        String keyPrefix,
        boolean grpcNaming,
        Duration leaseTtl,
        @Nullable String user,
        @Nullable Path passwordFile,
        @Nullable Path ca,
        @Nullable Path cert,
        @Nullable Path key) {

    private static final String ENDPOINT = "https?://[A-Za-z0-9._:\\[\\]-]+:[0-9]{1,5}";
    private static final int MIN_LEASE_SECONDS = 5;
    private static final int MAX_LEASE_SECONDS = 3_600;
    private static final int DEFAULT_LEASE_SECONDS = 30;

    static EtcdOptions of(BridgeDefinition definition) {
        for (var endpoint : definition.texts("endpoint")) {
            if (!endpoint.matches(ENDPOINT)) {
                throw definition.invalid("endpoint", "URLs such as http://etcd-1:2379");
            }
        }
        var keyPrefix = definition.text("key-prefix", "/services/");
        if (!keyPrefix.endsWith("/")) {
            throw definition.invalid("key-prefix", "a prefix that ends with a slash, such as /services/");
        }
        var layout = definition.text("layout", "json");
        if (!List.of("json", "grpc").contains(layout)) {
            throw definition.invalid("layout", "json or grpc");
        }
        if ((definition.textOrNull("user") == null) != (definition.textOrNull("password-file") == null)) {
            throw definition.invalid("user", "both user and password-file, or none of them");
        }
        if ((definition.textOrNull("cert") == null) != (definition.textOrNull("key") == null)) {
            throw definition.invalid("cert", "both cert and key, or none of them");
        }
        return new EtcdOptions(
                definition.texts("endpoint"),
                keyPrefix,
                layout.equals("grpc"),
                Duration.ofSeconds(
                        definition.number("lease-ttl", DEFAULT_LEASE_SECONDS, MIN_LEASE_SECONDS, MAX_LEASE_SECONDS)),
                definition.textOrNull("user"),
                file(definition, "password-file"),
                file(definition, "ca"),
                file(definition, "cert"),
                file(definition, "key"));
    }

    private static @Nullable Path file(BridgeDefinition definition, String option) {
        var name = definition.textOrNull(option);
        if (name == null) {
            return null;
        }
        var file = Path.of(name);
        if (!Files.isReadable(file)) {
            throw definition.invalid(option, "a readable file");
        }
        return file;
    }
}
