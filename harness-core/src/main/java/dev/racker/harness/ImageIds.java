package dev.racker.harness;

import dev.racker.harness.store.ImageStore;
import dev.racker.harness.store.StoredImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds images by their ids: the digits of their digests, or the first ones. */
final class ImageIds {

    /** The digits of a whole id. */
    static final int LONGEST = 64;

    private static final int SHORTEST = 4;
    private static final String PREFIX = "sha256:";

    private final ImageStore images;

    ImageIds(ImageStore images) {
        this.images = images;
    }

    /** Says whether a text could be an id, or the beginning of one; it may be a name as well. */
    static boolean isId(String text) {
        String digits = digits(text);
        if (digits.length() < SHORTEST || digits.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static String digits(String text) {
        return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    }

    /** All names of the images whose ids begin so. */
    List<String> names(String id) {
        List<String> names = new ArrayList<>();
        if (isId(id)) {
            for (StoredImage image : images.list().images()) {
                if (image.digest().hex().startsWith(digits(id))) {
                    names.add(image.name());
                }
            }
        }
        return names;
    }

    /** All names of the one image whose id begins so; only this name when it is a name that reads like an id. */
    List<String> names(String id, String name) {
        List<String> names = names(id);
        return names.contains(name) ? names : List.of(name);
    }

    /** A name of the image whose id begins so; empty when there is none, or several images. */
    Optional<String> unambiguous(String id) {
        String name = null;
        String digest = null;
        for (StoredImage image : images.list().images()) {
            if (image.digest().hex().startsWith(digits(id))) {
                if (digest != null && !digest.equals(image.digest().hex())) {
                    return Optional.empty();
                }
                digest = image.digest().hex();
                name = name == null ? image.name() : name;
            }
        }
        return Optional.ofNullable(name);
    }
}
