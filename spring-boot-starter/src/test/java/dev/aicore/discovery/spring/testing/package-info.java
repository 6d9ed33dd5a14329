/** Services and registrations in memory, and a Spring application with a registry in the process. */
@NullMarked
package dev.aicore.discovery.spring.testing;

import org.jspecify.annotations.NullMarked;
