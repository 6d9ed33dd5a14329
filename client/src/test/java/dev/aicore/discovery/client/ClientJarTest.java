package dev.aicore.discovery.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The client stays small, and needs nothing but the JDK and the rules that it shares with the registry. */
class ClientJarTest {

    private static final int MAX_BYTES = 200 << 10;
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);

    @Test
    void jar_hasAtMost200Kilobytes() throws IOException, URISyntaxException {
        var classes = Path.of(RegistryClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var zipped = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(zipped);
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        assertThat(zipped.size()).isBetween(10_000, MAX_BYTES);
    }

    @Test
    void dependencies_areOnlyForCompilationAndTests() throws IOException {
        assertThat(runtimeDependencies(Path.of("pom.xml"))).containsExactly("balancing");
        assertThat(runtimeDependencies(Path.of("..", "balancing", "pom.xml"))).isEmpty();
    }

    private static List<String> runtimeDependencies(Path pom) throws IOException {
        var artifacts = new ArrayList<String>();
        for (var match = DEPENDENCY.matcher(Files.readString(pom)); match.find(); ) {
            if (!match.group(1).matches("(?s).*<scope>(test|provided)</scope>.*")) {
                artifacts.add(match.group(1).replaceAll("(?s).*<artifactId>(.*?)</artifactId>.*", "$1"));
            }
        }
        return artifacts;
    }
}
