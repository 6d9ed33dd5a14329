package dev.aicore.discovery.server.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources from strings on the class path of the tests, and imports the classes into ArchUnit. */
final class SourceCompiler implements AutoCloseable {

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /** Shared between programs, because opening the jars of the class path takes most of the time. */
    private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

    /**
     * Compiles the sources; fails with the compiler's output if they are invalid, because a violation must be a valid
     * program.
     */
    JavaClasses compile(Path folder, List<String> sources) {
        StringWriter said = new StringWriter();
        List<String> options = List.of("-classpath", System.getProperty("java.class.path"), "-proc:none");
        List<Source> units = sources.stream().map(Source::new).toList();
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!compiler.getTask(said, files, null, options, null, units).call()) {
            throw new IllegalArgumentException(said.toString());
        }
        return new ClassFileImporter().importPath(folder);
    }

    /** Returns the qualified name of a source's first type. */
    static String nameOf(String source) {
        return first(PACKAGE, source) + "." + first(TYPE, source);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + nameOf(text).replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
