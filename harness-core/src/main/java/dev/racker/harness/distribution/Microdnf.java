package dev.racker.harness.distribution;

import java.util.ArrayList;
import java.util.List;

/**
 * microdnf(8), the small one of minimal images.
 *
 * <p>Before version 3.9 it installs nothing but packages of repositories. There rpm installs a file, and what the file
 * needs has to be installed already.
 */
final class Microdnf implements PackageTool {

    private static final List<String> START = List.of("microdnf", "--assumeyes");

    private static final Phrases PHRASES = RpmPhrases.scripts()
            .say("^error: No package matches '([^']+)'", "there is no package $1")
            .say("^error: (?:Unknown command|Unknown option) ([^\\n]+)", "this microdnf does not know $1")
            .unreachable(
                    "((?:[Cc]annot download|Curl error|Could not resolve host|cannot update repo|Failed to download)[^\\n]*)")
            .say("^error: (?:Could not depsolve transaction; [^\\n]*\\n Problem[^\\n]*\\n +- )?([^\\n]+)", "$1");

    @Override
    public String name() {
        return "microdnf";
    }

    @Override
    public PackageFormat format() {
        return PackageFormat.RPM;
    }

    @Override
    public List<List<String>> refresh() {
        return List.of(Arguments.of(START, "--refresh", "makecache"));
    }

    @Override
    public List<List<String>> install(List<Item> items) {
        return List.of(Arguments.items(Arguments.of(START, "install"), items, Dnf::named));
    }

    @Override
    public List<List<String>> upgrade(List<Item> items) {
        return List.of(Arguments.items(
                Arguments.of(START, Arguments.anyExact(items) ? "install" : "upgrade"), items, Dnf::named));
    }

    @Override
    public List<List<String>> reinstall(List<Item> items) {
        return Arguments.anyFile(items)
                ? instead(items, "")
                : List.of(Arguments.items(Arguments.of(START, "reinstall"), items, Item::name));
    }

    /** What is in a repository first: the files may need it. */
    @Override
    public List<List<String>> instead(List<Item> items, String said) {
        List<Item> files = items.stream().filter(Item::isFile).toList();
        boolean refused = said.isEmpty()
                || files.stream().anyMatch(file -> said.contains("No package matches '" + file.file() + "'"));
        if (files.isEmpty() || !refused) {
            return List.of();
        }
        List<Item> named = items.stream().filter(item -> !item.isFile()).toList();
        List<List<String>> commands = new ArrayList<>();
        if (!named.isEmpty()) {
            commands.addAll(install(named));
        }
        commands.add(Arguments.items(
                List.of("rpm", "--upgrade", "--verbose", "--oldpackage", "--replacepkgs", "--"), files, Item::name));
        return commands;
    }

    @Override
    public List<List<String>> remove(List<String> names) {
        return List.of(Arguments.names(Arguments.of(START, "remove"), names));
    }

    @Override
    public List<List<String>> purge(List<String> names) {
        return remove(names);
    }

    @Override
    public Reading read(int status, String said) {
        return PHRASES.read("microdnf", status, status == 0, said);
    }

    @Override
    public PackageDatabase database() {
        return new RpmDatabase();
    }

    @Override
    public String savedConfiguration() {
        return ".rpmsave";
    }
}
