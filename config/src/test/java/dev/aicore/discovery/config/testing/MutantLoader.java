package dev.aicore.discovery.config.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Loads the product and its tests once more, one class of it broken. Everything else is shared with the tests around. */
final class MutantLoader extends ClassLoader {

    private static final String OURS = "dev.aicore.discovery.";

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
        if (mutation == null || !mutation.type().equals(name)) {
            return defineClass(name, sound, 0, sound.length);
        }
        byte[] broken = mutation.breakIt(ClassFile.of().parse(sound));
        if (Arrays.equals(
                broken, ClassFile.of().transformClass(ClassFile.of().parse(sound), (to, part) -> to.with(part)))) {
            throw new IllegalStateException("Nothing of " + name + "." + mutation.method() + " was there to break.");
        }
        return defineClass(name, broken, 0, broken.length);
    }

    private byte[] sound(String name) throws ClassNotFoundException {
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
