package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;

/** Extension of the life of this process's registration. Beans of this type are called in their order. */
public interface RegistrationHook {

    /** Returns the declaration to register, such as with further metadata. */
    default Instance beforeRegister(Instance instance) {
        return instance;
    }

    /** Follows the first answer of the registry, on a thread of the client. */
    default void afterRegister(Registration registration) {}

    /** Precedes the deregistration. */
    default void beforeLeave(Registration registration) {}

    /** Follows the deregistration. */
    default void afterLeave(Registration registration) {}
}
