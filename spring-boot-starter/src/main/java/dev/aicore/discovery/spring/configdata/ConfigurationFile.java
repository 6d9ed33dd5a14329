package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.ServiceConfiguration;
import dev.aicore.discovery.client.json.JsonFormatException;
import dev.aicore.discovery.client.json.JsonReader;
import dev.aicore.discovery.client.json.JsonWriter;
import dev.aicore.discovery.spring.RegistryClientFactory;
import dev.aicore.discovery.spring.RegistryProperties;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Last known configurations of one registry on the disk, for a start while no node answers: a file each, replaced as a
 * whole. A damaged file is ignored, and a failure to write only logged.
 */
final class ConfigurationFile {
    private static final int MAX_BYTES = 1 << 20;

    private final @Nullable Path directory;
    private final String registry;
    private final Log log;

    /**
     * @param directory directory of the files, created if absent; null for none
     * @param nodes base URIs of the registry, whose files are its own
     */
    ConfigurationFile(@Nullable Path directory, List<URI> nodes, Log log) {
        this.directory = directory;
        this.registry = Integer.toHexString(nodes.stream().sorted().toList().hashCode());
        this.log = log;
    }

    /** Returns the files that properties state: none without a cache. */
    static ConfigurationFile of(RegistryProperties properties, Log log) {
        var directory = properties.config().cache() ? RegistryClientFactory.cacheDirectory(properties) : null;
        return new ConfigurationFile(directory, properties.url(), log);
    }

    /**
     * Saves a configuration.
     *
     * @param version fixed version that was read; null for the newest one
     */
    void save(ServiceConfiguration configuration, @Nullable Long version) {
        if (directory == null) {
            return;
        }
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("version", configuration.version());
        members.put("author", configuration.author());
        members.put("reason", configuration.reason());
        members.put("configuration", configuration.values());
        var file = file(directory, configuration.service(), version);
        try {
            Files.createDirectories(directory);
            // Only its owner can read it.
            var whole = Files.createTempFile(directory, "configuration", ".tmp");
            try {
                Files.writeString(whole, JsonWriter.write(members));
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            log.warn("The configuration of " + configuration.service() + " can't be saved: " + e);
        }
    }

    /**
     * Returns a saved configuration; its index is 0, so that the registry's newest one is read as soon as it answers.
     *
     * @param version fixed version; null for the newest one
     */
    Optional<ServiceConfiguration> read(String service, @Nullable Long version) {
        if (directory == null) {
            return Optional.empty();
        }
        var file = file(directory, service, version);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            var saved = JsonReader.parseObject(Files.readString(file));
            if (!saved.has("configuration")) {
                throw new JsonFormatException("there is no configuration");
            }
            return Optional.of(new ServiceConfiguration(
                    service,
                    saved.number("version", 0),
                    saved.object("configuration").values(),
                    saved.text("author"),
                    saved.text("reason"),
                    0));
        } catch (IOException | JsonFormatException e) {
            log.warn("The saved configuration " + file + " is ignored: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Path file(Path parent, String service, @Nullable Long version) {
        var name = URLEncoder.encode(service, StandardCharsets.UTF_8) + (version == null ? "" : "@" + version);
        return parent.resolve(name + "-" + registry + ".configuration");
    }
}
