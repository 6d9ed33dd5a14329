/** How available services were, in figures and as a picture. */
@NullMarked
package dev.aicore.discovery.query.uptime;

import org.jspecify.annotations.NullMarked;
