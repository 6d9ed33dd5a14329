/** The running system, as its users and its misfortunes find it. */
@NullMarked
package dev.aicore.discovery.server.system;

import org.jspecify.annotations.NullMarked;
