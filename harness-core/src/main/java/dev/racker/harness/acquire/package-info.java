/** Where images come from: registries, archives, tarballs, bootstraps. */
package dev.racker.harness.acquire;
