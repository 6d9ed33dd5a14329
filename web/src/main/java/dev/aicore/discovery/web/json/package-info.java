/**
 * Compares and patches JSON documents: JSON Pointer (RFC 6901), JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396).
 *
 * <pre>{@code
 * two texts ----> RawJson ----> JsonDiff ----> JsonDiffEntry ----> JsonPatchOperation
 *                                  |
 *                              JsonPointer
 * two objects --------------------------- JsonMergePatch.between ---> merge patch
 * object, merge patch ------------------- JsonMergePatch.apply -----> object
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.web.json;

import org.jspecify.annotations.NullMarked;
