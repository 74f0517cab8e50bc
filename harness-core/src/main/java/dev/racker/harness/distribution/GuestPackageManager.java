package dev.racker.harness.distribution;

import dev.racker.harness.distribution.PackageDatabase.Answer;
import dev.racker.harness.distribution.PackageTool.Item;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The package manager of one machine: runs the command lines of its {@link PackageTool} there. */
final class GuestPackageManager implements PackageManager {

    private static final Duration QUESTION = Duration.ofMinutes(2);
    private static final int PATHS_AT_ONCE = 2000;
    private static final Set<String> UNIT_DIRECTORIES =
            Set.of("/lib/systemd/system", "/usr/lib/systemd/system", "/etc/systemd/system");
    private static final Set<String> UNIT_TYPES =
            Set.of("service", "socket", "timer", "path", "mount", "automount", "target", "swap", "slice");

    private final Machine machine;
    private final PackageTool tool;
    private final PackageDatabase database;
    private final Duration timeout;
    /** Where the configuration of removed packages may still be. */
    private final Set<String> saved = new TreeSet<>();
    /** What was removed. */
    private final Set<String> removed = new TreeSet<>();
    /** What went with it, itself included, and left its configuration. */
    private final Set<String> left = new TreeSet<>();

    GuestPackageManager(Machine machine, PackageTool tool, Duration timeout) {
        this.machine = machine;
        this.tool = tool;
        this.timeout = timeout;
        this.database = tool.database();
    }

    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public PackageFormat format() {
        return tool.format();
    }

    @Override
    public Transaction refresh() {
        return new TransactionRun(machine, tool, timeout).run(tool.refresh(), tool::readRefresh, true);
    }

    @Override
    public Transaction install(List<PackageRequest> packages) {
        return withItems(packages, items -> run(tool.install(items), items));
    }

    @Override
    public Transaction upgrade(List<PackageRequest> packages) {
        return withItems(packages, items -> {
            for (Item item : items) {
                if (installed(item.name()).isEmpty()) {
                    return absent(item.name(), "upgraded");
                }
            }
            return run(tool.upgrade(items), items);
        });
    }

    @Override
    public Transaction reinstall(List<PackageRequest> packages) {
        return withItems(packages, items -> {
            List<Item> exact = new ArrayList<>();
            for (Item item : items) {
                Optional<InstalledPackage> installed = installed(item.name());
                if (installed.isEmpty()) {
                    return absent(item.name(), "reinstalled");
                }
                exact.add(
                        item.isExact()
                                ? item
                                : new Item(null, item.name(), installed.get().version()));
            }
            return run(tool.reinstall(exact), exact);
        });
    }

    private Transaction absent(String name, String what) {
        return new TransactionRun(machine, tool, timeout)
                .refuse(database.installed(name), name + " is not installed, so it cannot be " + what);
    }

    private Transaction run(List<List<String>> commands, List<Item> items) {
        TransactionRun run = new TransactionRun(machine, tool, timeout);
        Transaction first = run.run(commands);
        Transaction done = first.succeeded() ? first : instead(run, first, items);
        return done.succeeded() ? checked(done, items) : done;
    }

    private Transaction instead(TransactionRun run, Transaction failed, List<Item> items) {
        List<List<String>> commands = tool.instead(items, failed.log());
        if (commands.isEmpty()) {
            return failed;
        }
        run.note(
                tool.name() + " of this machine installs no files, so rpm does; what they need must be there already.");
        return run.run(commands);
    }

    /** A good exit status is not believed: a package whose file was installed must be there in the file's version. */
    private Transaction checked(Transaction done, List<Item> items) {
        for (Item item : items) {
            if (!item.isFile()) {
                continue;
            }
            Optional<InstalledPackage> installed = installed(item.name());
            String found = installed.map(InstalledPackage::version).orElse("none");
            if (!sameVersion(found, item.version())) {
                return new Transaction(
                        done.command(),
                        done.status(),
                        false,
                        false,
                        installed.isEmpty()
                                ? item.name() + " is not installed afterwards"
                                : item.name() + " is installed as " + found + ", not as " + item.version(),
                        done.log(),
                        done.duration());
            }
        }
        return done;
    }

    /** An epoch of 0 may be written or not. */
    private static boolean sameVersion(String first, String second) {
        return withoutEpoch(first).equals(withoutEpoch(second));
    }

    private static String withoutEpoch(String version) {
        return version.startsWith("0:") ? version.substring(2) : version;
    }

    private Transaction withItems(List<PackageRequest> packages, Function<List<Item>, Transaction> work) {
        if (packages.isEmpty()) {
            throw new IllegalArgumentException("a transaction needs a package");
        }
        try (HostPackages files = new HostPackages(machine, tool.format())) {
            return work.apply(files.items(packages));
        }
    }

    @Override
    public Transaction remove(List<String> names) {
        names.forEach(name -> PackageNames.check(name, name));
        rememberConfiguration(names);
        List<String> before = halfGone();
        Transaction done = new TransactionRun(machine, tool, timeout).run(tool.remove(names));
        left.addAll(halfGone());
        left.removeAll(before);
        if (done.succeeded()) {
            removed.addAll(names);
        }
        return done;
    }

    private List<String> halfGone() {
        List<String> question = database.halfGone();
        return question.isEmpty() ? List.of() : database.readHalfGone(ask(question));
    }

    @Override
    public Transaction purge(List<String> names) {
        names.forEach(name -> PackageNames.check(name, name));
        rememberConfiguration(names);
        left.retainAll(halfGone());
        Set<String> there = new TreeSet<>(left);
        for (String name : names) {
            // A package that left nothing is unknown by now, which is no mistake when it was this one that removed it.
            if (!removed.contains(name) || installed(name).isPresent()) {
                there.add(name);
            }
        }
        List<List<String>> commands = new ArrayList<>();
        if (!there.isEmpty()) {
            commands.addAll(tool.purge(List.copyOf(there)));
        }
        if (!saved.isEmpty()) {
            List<String> rm = new ArrayList<>(List.of("rm", "-f", "--"));
            saved.forEach(file -> rm.add(file + tool.savedConfiguration()));
            commands.add(rm);
        }
        return new TransactionRun(machine, tool, timeout).run(commands);
    }

    private void rememberConfiguration(List<String> names) {
        if (!tool.savedConfiguration().isEmpty()) {
            for (String name : names) {
                Answer answer = ask(database.configuration(name));
                if (answer.status() == 0) {
                    saved.addAll(database.readConfiguration(answer));
                }
            }
        }
    }

    @Override
    public Optional<InstalledPackage> installed(String name) {
        PackageNames.check(name, name);
        return database.readInstalled(name, ask(database.installed(name)));
    }

    @Override
    public List<String> files(String name) {
        PackageNames.check(name, name);
        Answer answer = ask(database.files(name));
        return answer.status() == 0 && installed(name).isPresent() ? database.readFiles(answer) : List.of();
    }

    @Override
    public List<String> units(String name) {
        return files(name).stream()
                .filter(GuestPackageManager::isUnit)
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isUnit(String file) {
        int slash = file.lastIndexOf('/');
        int dot = file.lastIndexOf('.');
        return dot > slash
                && UNIT_DIRECTORIES.contains(file.substring(0, slash))
                && UNIT_TYPES.contains(file.substring(dot + 1));
    }

    /** dpkg knows a file by the name that its package has for it, whatever links lead there. */
    @Override
    public Optional<String> owner(String path) {
        if (!path.startsWith("/")) {
            throw new InvalidPackageException(
                    "Tried to find the package of '" + path + "', but it is no absolute path.", null);
        }
        Optional<String> owner = database.readOwner(path, ask(database.owner(path)));
        if (owner.isPresent() || !path.matches("(/usr)?/(bin|sbin|lib|lib32|lib64|libx32)/.*")) {
            return owner;
        }
        String other = path.startsWith("/usr/") ? path.substring("/usr".length()) : "/usr" + path;
        return database.readOwner(other, ask(database.owner(other)));
    }

    @Override
    public Set<String> owned(Collection<String> paths) {
        Set<String> owned = new TreeSet<>();
        List<String> all = List.copyOf(paths);
        for (int from = 0; from < all.size(); from += PATHS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + PATHS_AT_ONCE));
            Set<String> known = database.readOwned(askForSome(database.owned(some)));
            some.stream().filter(known::contains).forEach(owned::add);
        }
        return owned;
    }

    /** A plain "no" is an answer without text. */
    private Answer ask(List<String> question) {
        Answer answer = askForSome(question);
        return answer.status() == 0 ? answer : new Answer(answer.status(), "", answer.error());
    }

    /** The answer may be "no" to a part of the question. */
    private Answer askForSome(List<String> question) {
        CommandResult result = machine.tool(question, QUESTION);
        Answer answer = new Answer(result.status(), result.text(), result.errorText());
        if (answer.status() == 0 || database.saysNo(answer)) {
            return answer;
        }
        throw new HarnessException(
                "Tried to ask the package database of " + machine.name() + ", but "
                        + Command.of(question) + " ended with exit status " + answer.status() + ": "
                        + (answer.error().isEmpty() ? answer.text() : answer.error()),
                null);
    }
}
