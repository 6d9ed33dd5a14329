package dev.aicore.discovery.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the files in memory: versions, policy and sizes. */
class UiFileLoaderTest {

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern ASSET = Pattern.compile("/ui/assets/([0-9a-f]{16})/([a-z/.-]+)");

    /** Maximum sizes with gzip, in bytes. */
    private static final int MAX_TOTAL = 90 * 1024;

    private static final int MAX_LIBRARIES = 8 * 1024;
    private static final int MAX_STYLE = 8 * 1024;

    private final UiFiles files = new UiFileLoader().load();

    @Test
    void policy_permitsTheImportMapByItsHash() throws Exception {
        var map = IMPORT_MAP.matcher(page());
        assertThat(map.find()).isTrue();
        var hash = MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(UTF_8));

        assertThat(files.policy())
                .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
                .doesNotContain("unsafe")
                .startsWith("default-src 'none'");
    }

    @Test
    void page_namesAssetsOfItsVersion() {
        var assets = ASSET.matcher(page()).results().toList();

        assertThat(assets).hasSizeGreaterThan(4).allSatisfy(asset -> {
            assertThat(asset.group(1)).isEqualTo(files.version());
            assertThat(files.asset(asset.group(2))).as(asset.group(2)).isNotNull();
        });
    }

    @Test
    void page_isNoAsset() {
        assertThat(files.asset("index.html")).isNull();
        assertThat(files.asset("../application.yaml")).isNull();
    }

    @Test
    void sizes_areWithinTheBudget() {
        int all = files.index().compressed().length
                + files.assets().values().stream()
                        .mapToInt(file -> file.compressed().length)
                        .sum();
        int libraries = size("lib/");
        int style = size("style/");

        assertThat(libraries).as("libraries").isLessThanOrEqualTo(MAX_LIBRARIES);
        assertThat(style).as("style").isLessThanOrEqualTo(MAX_STYLE);
        assertThat(all).as("all files").isLessThanOrEqualTo(MAX_TOTAL);
    }

    private int size(String folder) {
        return files.assets().entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder))
                .mapToInt(file -> file.getValue().compressed().length)
                .sum();
    }

    private String page() {
        return new String(files.index().content(), UTF_8);
    }
}
