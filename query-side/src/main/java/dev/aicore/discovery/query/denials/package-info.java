/** Who was not let in: written down minute by minute, and told to admins. */
@NullMarked
package dev.aicore.discovery.query.denials;

import org.jspecify.annotations.NullMarked;
