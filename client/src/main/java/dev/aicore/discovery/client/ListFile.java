package dev.aicore.discovery.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.client.json.JsonFormatException;
import dev.aicore.discovery.client.json.JsonObject;
import dev.aicore.discovery.client.json.JsonReader;
import dev.aicore.discovery.client.json.JsonWriter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * File with the last confirmed lists, for a start while no node answers. Its first line is a checksum of the second
 * one, a JSON object. It is written beside and renamed, so that a kill leaves the old file or the new one. A file that
 * is cut off, damaged, foreign or too old is ignored.
 */
final class ListFile {

    private static final System.Logger LOG = RegistryRequests.LOG;
    private static final int FORMAT = 1;
    private static final long MAX_BYTES = 256L << 20;

    private final Path file;
    private final String application;
    private final Duration maxAge;
    private final ClientTime time;

    /**
     * Names a file, which need not exist.
     *
     * @param application part of the file's name
     * @param nodes part of the file's name, as a hash: clients of other registries have other files
     */
    ListFile(Path directory, String application, List<?> nodes, Duration maxAge, ClientTime time) {
        String safe = application.replaceAll("[^A-Za-z0-9._-]", "_");
        String hash = Integer.toHexString(
                nodes.stream().map(Object::toString).sorted().toList().hashCode());
        this.file = directory.resolve(safe + "-" + hash + ".lists");
        this.application = application;
        this.maxAge = maxAge;
        this.time = time;
    }

    /** List of a file. */
    record SavedList(
            String name,
            long position,
            double panicThreshold,
            Instant confirmedAt,
            List<RegisteredInstance> instances) {

        SavedList {
            instances = List.copyOf(instances);
        }
    }

    /**
     * Writes lists.
     *
     * @throws IOException if the file can't be written; the old one is intact
     */
    void write(List<SavedList> lists, @Nullable String store) throws IOException {
        var services = new ArrayList<Map<String, Object>>();
        for (var list : lists) {
            var service = new LinkedHashMap<String, Object>();
            service.put("name", list.name());
            service.put("position", list.position());
            service.put("panic_threshold", list.panicThreshold());
            service.put("confirmed_at", list.confirmedAt().toString());
            service.put(
                    "instances",
                    list.instances().stream().map(InstanceJson::write).toList());
            services.add(service);
        }
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("format", FORMAT);
        members.put("application", application);
        members.put("store", store);
        members.put("services", services);
        String json = JsonWriter.write(members);
        replace((checksum(json) + "\n" + json + "\n").getBytes(UTF_8));
    }

    private void replace(byte[] content) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("The cache has no directory: " + file);
        }
        Files.createDirectories(directory);
        var next = Files.createTempFile(directory, file.getFileName().toString(), ".next");
        try {
            // Also where the default of temporary files is another one. Other file systems have no such permissions.
            if (next.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
            }
            Files.write(next, content);
            try {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Returns the lists of the file that aren't too old; none if there is no usable file. */
    List<SavedList> read() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            if (Files.size(file) > MAX_BYTES) {
                return ignored("it is too large");
            }
            String content = Files.readString(file);
            int end = content.indexOf('\n');
            String json = content.substring(end + 1).stripTrailing();
            if (end < 0 || !content.substring(0, end).equals(checksum(json))) {
                return ignored("it is damaged");
            }
            var members = JsonReader.parseObject(json);
            if (members.number("format", 0) != FORMAT
                    || !members.text("application", "").equals(application)) {
                return ignored("it is of another version or application");
            }
            return members.objects("services").stream()
                    .map(ListFile::saved)
                    .filter(this::isYoung)
                    .toList();
        } catch (IOException | JsonFormatException | DateTimeParseException e) {
            return ignored(e.toString());
        }
    }

    private static SavedList saved(JsonObject service) {
        String name = service.text("name", "");
        return new SavedList(
                name,
                service.number("position", 0),
                service.decimal("panic_threshold", ServiceList.DEFAULT_PANIC_THRESHOLD),
                Instant.parse(service.text("confirmed_at", "")),
                InstanceJson.readAll(service.objects("instances"), name));
    }

    private boolean isYoung(SavedList list) {
        return Duration.between(list.confirmedAt(), time.instant()).compareTo(maxAge) <= 0;
    }

    private List<SavedList> ignored(String cause) {
        LOG.log(Level.WARNING, "The file of lists {0} is ignored: {1}.", file, cause);
        return List.of();
    }

    private static String checksum(String json) {
        var checksum = new CRC32();
        checksum.update(json.getBytes(UTF_8));
        return Long.toHexString(checksum.getValue());
    }
}
