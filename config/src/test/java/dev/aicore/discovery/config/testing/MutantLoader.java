package dev.aicore.discovery.config.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads the product and its tests a second time, with one class mutated. All other classes are shared with the running
 * tests.
 */
final class MutantLoader extends ClassLoader {

    /** Prefix of the names of the classes that are loaded a second time. */
    static final String OURS = "dev.aicore.discovery.";

    private final @Nullable Mutation mutation;

    MutantLoader(@Nullable Mutation mutation) {
        super(MutantLoader.class.getClassLoader());
        this.mutation = mutation;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded == null ? define(name, sound(name)) : loaded;
        }
    }

    private Class<?> define(String name, byte[] sound) {
        byte[] defined = mutation != null && mutation.type().equals(name) ? broken(mutation, sound) : sound;
        return defineClass(name, defined, 0, defined.length);
    }

    /** Returns the mutated class, for processes that don't load through this loader. */
    byte[] broken() throws ClassNotFoundException {
        var present = Objects.requireNonNull(mutation, "nothing is broken");
        return broken(present, sound(present.type()));
    }

    private static byte[] broken(Mutation mutation, byte[] sound) {
        return mutation.breakIt(ClassFile.of().parse(sound));
    }

    /** Returns the class as it was compiled. */
    byte[] sound(String name) throws ClassNotFoundException {
        try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
