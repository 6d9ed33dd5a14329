package dev.aicore.discovery.client.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts and stops the registry of {@link ServiceRegistryTest}. */
final class ServiceRegistryExtension
        implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ServiceRegistryExtension.class);
    private static final String PROPERTY = "service-discovery.url";

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(PROPERTY, registry(context).url().toString());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        registry(context).back();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(PROPERTY);
        registry(context).close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRegistry.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return registry(context);
    }

    /** Returns the registry of the outermost class, which it starts at the first call. */
    private static synchronized TestRegistry registry(ExtensionContext context) {
        ExtensionContext outermost = context;
        while (outermost.getParent().isPresent()
                && outermost.getParent().get().getTestClass().isPresent()) {
            outermost = outermost.getParent().get();
        }
        var store = outermost.getStore(NAMESPACE);
        var known = store.get(PROPERTY, TestRegistry.class);
        if (known == null) {
            known = new TestRegistry();
            store.put(PROPERTY, known);
        }
        return known;
    }
}
