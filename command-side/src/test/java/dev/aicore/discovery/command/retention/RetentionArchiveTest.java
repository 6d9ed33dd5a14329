package dev.aicore.discovery.command.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Tests the archives of dropped partitions. */
@Tag("integration")
class RetentionArchiveTest extends RetentionServiceFixture {

    private static final String ROWS = "SELECT count(*) FROM store.observations";

    @Test
    void archivedPartition_isRestorableRowByRow() throws Exception {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 9);
            store.recordHeartbeats(1, 8);
            readyToDrop(store);
            POSTGRES.execute("CREATE TABLE public.kept AS SELECT * FROM store.observations WHERE position < 10");

            var retentionResult = retention(directory.resolve("made/archive")).run();

            var file =
                    Path.of(String.valueOf(retentionResult.dropped().getFirst().archive()));
            assertThat(file).hasFileName("observations_000000000000_000000000010.copy.gz");
            var sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
            assertThat(Path.of(file + ".sha256"))
                    .content()
                    .isEqualTo("# 7 rows\n" + sum + "  observations_000000000000_000000000010.copy.gz\n");
            try (var files = Files.list(directory.resolve("made/archive"))) {
                assertThat(files).noneMatch(each -> each.toString().endsWith(".partial"));
            }
            POSTGRES.execute("CREATE TABLE public.read_back (LIKE store.observations)");
            assertThat(readBack(file)).isEqualTo(7);
            assertThat(POSTGRES.number("SELECT count(*) FROM (TABLE public.kept EXCEPT TABLE public.read_back"
                            + " UNION ALL (TABLE public.read_back EXCEPT TABLE public.kept)) different"))
                    .isZero();
            assertThat(POSTGRES.texts("SELECT archive FROM store.compactions ORDER BY to_position"))
                    .first()
                    .isEqualTo(file.toString());
        } finally {
            POSTGRES.execute("DROP TABLE IF EXISTS public.kept", "DROP TABLE IF EXISTS public.read_back");
        }
    }

    @Test
    void partition_withFailedArchive_isRetained() throws IOException {
        try (var store = new RetentionStoreFixture(POSTGRES)) {
            store.recordHeartbeats(0, 28);
            readyToDrop(store);
            long rows = POSTGRES.number(ROWS);
            var inTheWay = Files.writeString(directory.resolve("file"), "no directory");

            var retentionResult = retention(inTheWay).run();

            assertThat(retentionResult.dropped()).isEmpty();
            assertThat(retentionResult.failure()).contains("is kept");
            assertThat(POSTGRES.number(ROWS)).isEqualTo(rows);
        }
    }

    private static long readBack(Path file) throws Exception {
        try (var connection = POSTGRES.pool().getConnection();
                var rows = new GZIPInputStream(Files.newInputStream(file))) {
            return new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyIn("COPY public.read_back FROM STDIN (FORMAT binary)", rows);
        }
    }
}
