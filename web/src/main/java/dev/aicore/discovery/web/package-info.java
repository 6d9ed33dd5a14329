/** HTTP for every side: strict reading of requests, one envelope for answers, one form for failures. */
@NullMarked
package dev.aicore.discovery.web;

import org.jspecify.annotations.NullMarked;
