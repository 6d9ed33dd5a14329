package dev.aicore.discovery.server.architecture;

import com.puppycrawl.tools.checkstyle.Checker;
import com.puppycrawl.tools.checkstyle.ConfigurationLoader;
import com.puppycrawl.tools.checkstyle.PropertiesExpander;
import com.puppycrawl.tools.checkstyle.api.AuditEvent;
import com.puppycrawl.tools.checkstyle.api.AuditListener;
import com.puppycrawl.tools.checkstyle.api.CheckstyleException;
import com.puppycrawl.tools.checkstyle.api.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** Runs Checkstyle with the configuration of the build. A rule is named by its id, or by its check if it has no id. */
final class StyleChecker {

    private static final Path CONFIGURATION = Path.of("..", ".mvn", "checkstyle.xml");

    private final Configuration configuration;

    StyleChecker() throws CheckstyleException {
        configuration = ConfigurationLoader.loadConfiguration(
                CONFIGURATION.toString(), new PropertiesExpander(new Properties()));
    }

    /** Returns the names of all configured rules. */
    List<String> rules() throws CheckstyleException {
        var rules = new ArrayList<String>();
        for (Configuration module : modules(configuration).toList()) {
            boolean hasId = List.of(module.getPropertyNames()).contains("id");
            rules.add(hasId ? module.getProperty("id") : module.getName());
        }
        return rules;
    }

    /** Returns the name of the violated rule for each violation in the files. */
    List<String> check(List<Path> files) throws CheckstyleException {
        var checker = new Checker();
        try {
            var violations = new ViolationCollector();
            checker.setModuleClassLoader(Checker.class.getClassLoader());
            checker.configure(configuration);
            checker.addListener(violations);
            checker.process(files.stream().map(Path::toFile).toList());
            return violations.rules;
        } finally {
            checker.destroy();
        }
    }

    private static Stream<Configuration> modules(Configuration parent) {
        return Stream.of(parent.getChildren())
                .filter(module -> !module.getName().endsWith("Filter"))
                .flatMap(module -> module.getName().equals("TreeWalker") ? modules(module) : Stream.of(module));
    }

    private static final class ViolationCollector implements AuditListener {
        private final List<String> rules = new ArrayList<>();

        @Override
        public void addError(AuditEvent violation) {
            String check = violation.getSourceName();
            rules.add(Objects.requireNonNullElseGet(
                    violation.getModuleId(),
                    () -> check.substring(check.lastIndexOf('.') + 1).replaceFirst("Check$", "")));
        }

        @Override
        public void addException(AuditEvent event, Throwable failure) {
            throw new IllegalStateException("Checkstyle could not check " + event.getFileName(), failure);
        }

        @Override
        public void auditStarted(AuditEvent event) {}

        @Override
        public void auditFinished(AuditEvent event) {}

        @Override
        public void fileStarted(AuditEvent event) {}

        @Override
        public void fileFinished(AuditEvent event) {}
    }
}
