package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.RegistryClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts during an outage of the registry. */
public class ClientDiskTest {

    @TempDir
    private Path directory = Path.of("");

    private RegistryClientBuilder cached(RegistryClientBuilder options) {
        return options.cache(directory).application("orders").startWait(Duration.ofSeconds(3));
    }

    private Path file() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".lists"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Leaves a file with the list of payments, and a registry that is away. */
    private ClientFixture afterASave() {
        var fixture = new ClientFixture(this::cached);
        fixture.registry.has("payments", "10.0.0.1:80");
        fixture.listed("payments");
        fixture.eventually(() -> {
            try (var files = Files.list(directory)) {
                return files.anyMatch(file -> file.toString().endsWith(".lists"));
            } catch (IOException e) {
                return false;
            }
        });
        fixture.client.close();
        fixture.registry.away();
        return fixture;
    }

    @Test
    void startDuringAnOutage_findsTheSavedList() throws IOException {
        try (var fixture = afterASave()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            var time = new ManualTime();
            try (var client = ClientFixture.open(List.of(fixture.registry.url()), time, this::cached)) {
                var payments = client.service("payments");
                ClientFixture.eventually(time, () -> payments.instances().size() == 1);

                assertThat(payments.freshness()).isEqualTo(Freshness.STALE);
                assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
                fixture.registry.back();
                fixture.registry.has("payments", "10.0.0.2:80");
                ClientFixture.eventually(time, () -> payments.instances().size() == 2);
                assertThat(payments.freshness()).isEqualTo(Freshness.LIVE);
            }
        }
    }

    enum Damage {
        CUT_OFF {
            @Override
            byte[] of(byte[] content) {
                return Arrays.copyOf(content, content.length - 20);
            }
        },
        FLIPPED {
            @Override
            byte[] of(byte[] content) {
                content[content.length / 2] ^= 1;
                return content;
            }
        },
        FOREIGN {
            @Override
            byte[] of(byte[] content) {
                return new byte[] {'h', 'i', '\n'};
            }
        },
        EMPTY {
            @Override
            byte[] of(byte[] content) {
                return new byte[0];
            }
        };

        abstract byte[] of(byte[] content);
    }

    @ParameterizedTest
    @EnumSource
    void damagedFile_isIgnored(Damage damage) throws IOException {
        try (var fixture = afterASave()) {
            Files.write(file(), damage.of(Files.readAllBytes(file())));
            var time = new ManualTime();
            try (var client = ClientFixture.open(List.of(fixture.registry.url()), time, this::cached)) {
                var payments = client.service("payments");
                time.advance(Duration.ofSeconds(4));
                fixture.registry.back();
                ClientFixture.eventually(time, () -> payments.instances().size() == 1);

                assertThat(payments.freshness()).isEqualTo(Freshness.LIVE);
            }
        }
    }

    /** Must run as root, to mount a volume. */
    @Test
    void fullDisk_keepsTheLastWholeFile_untilThereIsSpace() throws Exception {
        assumeTrue(mount("-t", "tmpfs", "-o", "size=64k", "tmpfs"), "can't mount a volume");
        try (var fixture = afterASave()) {
            byte[] whole = Files.readAllBytes(file());
            fixture.registry.back();
            for (int i = 0; i < 1_000; i++) {
                fixture.registry.has("payments", "10.0.0.1:" + (1_000 + i));
            }
            saveList(fixture);
            assertThat(Files.readAllBytes(file())).isEqualTo(whole);
            try (var files = Files.list(directory)) {
                assertThat(files).hasSize(1);
            }

            assertThat(mount("-o", "remount,size=16m")).isTrue();
            saveList(fixture);
            assertThat(Files.size(file())).isGreaterThan(64 << 10);
        } finally {
            run("umount", directory.toString());
        }
    }

    /** Must run as root, to mount a volume. */
    @Test
    void readOnlyDisk_isReadAtAStart_andStaysAsItIs() throws Exception {
        assumeTrue(mount("-t", "tmpfs", "-o", "size=64k", "tmpfs"), "can't mount a volume");
        try (var fixture = afterASave()) {
            byte[] whole = Files.readAllBytes(file());
            assertThat(mount("-o", "remount,ro")).isTrue();
            startAgain(fixture, Freshness.STALE);

            assertThat(Files.readAllBytes(file())).isEqualTo(whole);
        } finally {
            run("umount", directory.toString());
        }
    }

    /** As that of another user in a shared directory. A directory is in its place: root could read such a file. */
    @Test
    void fileThatCanBeNeitherReadNorReplaced_isNoFault() throws IOException {
        try (var fixture = afterASave()) {
            Path file = file();
            Files.delete(file);
            Files.createDirectories(file.resolve("occupied"));
            startAgain(fixture, Freshness.MISSING);

            assertThat(Files.isDirectory(file)).isTrue();
        }
    }

    /** Starts a client during the outage, and another instance after it. The client can't save its list. */
    private void startAgain(ClientFixture fixture, Freshness atFirst) {
        var time = new ManualTime();
        try (var client = ClientFixture.open(List.of(fixture.registry.url()), time, this::cached)) {
            var payments = client.service("payments");
            time.advance(Duration.ofSeconds(4));
            ClientFixture.eventually(time, () -> payments.freshness() == atFirst);
            fixture.registry.back();
            fixture.registry.has("payments", "10.0.0.2:80");
            ClientFixture.eventually(time, () -> payments.instances().size() == 2);
            time.advance(Duration.ofSeconds(6));

            assertThat(ClientFixture.pickedAddress(payments)).startsWith("10.0.0.");
        }
    }

    /**
     * Closes a client with the list of all 1,001 instances; it picks from it although it may not be able to save it.
     */
    private void saveList(ClientFixture fixture) {
        var time = new ManualTime();
        try (var client = ClientFixture.open(List.of(fixture.registry.url()), time, this::cached)) {
            var payments = client.service("payments");
            ClientFixture.eventually(time, () -> payments.instances().size() == 1_001);
            time.advance(Duration.ofSeconds(6));
            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
        }
    }

    private boolean mount(String... options) throws InterruptedException {
        var command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(options));
        command.add(directory.toString());
        return run(command.toArray(String[]::new));
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    @Test
    void unwritableDirectory_isNoFault() throws IOException {
        Path occupied = Files.createFile(directory.resolve("occupied"));
        try (var fixture = new ClientFixture(options -> options.cache(occupied))) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.time.advance(Duration.ofSeconds(6));

            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
        }
    }
}
