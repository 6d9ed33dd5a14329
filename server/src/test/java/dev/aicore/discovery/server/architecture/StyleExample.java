package dev.aicore.discovery.server.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Source file, in a tree of sources whose package {@code documented} has a {@code package-info.java} with javadoc.
 *
 * @param rule name of the rule that the file is about
 * @param what description of the violation, or of what the rule allows
 * @param file path of the file below {@code src}
 */
record StyleExample(String rule, String what, String file, String source) {

    private static final String DOCUMENTED = "main/java/documented/package-info.java";

    /** Writes the tree below the folder, and returns its files. */
    List<Path> write(Path folder) throws IOException {
        Path documented = write(folder, DOCUMENTED, "/** Documents itself. */\npackage documented;\n");
        return file.equals(DOCUMENTED)
                ? List.of(write(folder, file, source))
                : List.of(documented, write(folder, file, source));
    }

    private static Path write(Path folder, String file, String source) throws IOException {
        Path path = folder.resolve("src").resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, source);
    }

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
