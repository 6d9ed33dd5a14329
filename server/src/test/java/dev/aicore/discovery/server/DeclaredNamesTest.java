package dev.aicore.discovery.server;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.testing.GoldenFile;
import dev.aicore.discovery.readmodel.cache.RedisKeys;
import dev.aicore.discovery.web.ApiJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares stored and public names that are declared in Java with golden files. */
class DeclaredNamesTest {

    @Test
    void wireTypeNames_matchGoldenFile() throws IOException {
        GoldenFile.assertHolds(
                "events.txt", WireTypes.ALL.stream().map(event -> event.name() + " " + event.revision()));
    }

    @Test
    void errorCodes_matchGoldenFile() throws IOException {
        GoldenFile.assertHolds(
                "error-codes.txt",
                Arrays.stream(ErrorCode.values())
                        .map(error -> error.code() + " " + error.status() + " " + error.type()));
    }

    @Test
    void redisKeysAndChannels_matchGoldenFile() throws IOException {
        var keys = new RedisKeys("prefix:");
        GoldenFile.assertHolds("redis-keys.txt", Stream.of(keys.epoch(), keys.service("orders"), keys.changes()));
    }

    /** Compares the values of enums in their order of declaration, one line per enum. */
    @Test
    void enumValues_matchGoldenFile() throws IOException {
        GoldenFile.assertHolds(
                "values.txt",
                new ClassFileImporter()
                        .importPackagesOf(EventMetadata.class).stream()
                                .filter(type -> type.isEnum()
                                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                                        && !type.isEquivalentTo(ErrorCode.class))
                                .map(type -> Stream.of(type.reflect().getEnumConstants())
                                        .map(value -> ApiJson.mapper()
                                                .valueToTree(value)
                                                .asString())
                                        .collect(Collectors.joining(" "))));
    }
}
