package dev.aicore.discovery.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the sources of the UI from this module's resources. */
final class UiSources {

    static final Path ROOT = Path.of("src/main/resources/registry-ui");

    private UiSources() {}

    /** Returns the texts of all files with an ending, by path below the root. */
    static SortedMap<String, String> withEnding(String ending) {
        var texts = new TreeMap<String, String>();
        try (var files = Files.walk(ROOT)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                texts.put(ROOT.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
