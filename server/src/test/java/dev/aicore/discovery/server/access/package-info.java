/** Who may do what, at the whole server. */
@NullMarked
package dev.aicore.discovery.server.access;

import org.jspecify.annotations.NullMarked;
