package dev.racker.harness.distribution;

import dev.racker.harness.distribution.PackageTool.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts command lines of package managers together. */
final class Arguments {

    private Arguments() {}

    static List<String> of(List<String> start, String... more) {
        List<String> all = new ArrayList<>(start);
        all.addAll(List.of(more));
        return all;
    }

    /** The start, and then each item as the file it is, or as {@code named} writes it. */
    static List<String> items(List<String> start, List<Item> items, Function<Item, String> named) {
        List<String> all = new ArrayList<>(start);
        for (Item item : items) {
            all.add(item.isFile() ? item.file() : named.apply(item));
        }
        return all;
    }

    static List<String> names(List<String> start, List<String> names) {
        List<String> all = new ArrayList<>(start);
        all.addAll(names);
        return all;
    }

    static boolean anyFile(List<Item> items) {
        return items.stream().anyMatch(Item::isFile);
    }

    static boolean anyExact(List<Item> items) {
        return items.stream().anyMatch(Item::isExact);
    }
}
