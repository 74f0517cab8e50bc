package dev.racker.cli;

import static dev.racker.harness.Eventually.eventuallyNothing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the program with directories, and looks after each test and each class for what it has left there. */
abstract class RackerExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final String BEFORE = "before";

    private final UnaryOperator<ExtensionContext> owner;

    /** Takes whose the directories of a context are. */
    RackerExtension(UnaryOperator<ExtensionContext> owner) {
        this.owner = owner;
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRacker.class;
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestDirectories directories = store(owner.apply(context))
                .getOrComputeIfAbsent(TestDirectories.class, key -> new TestDirectories(), TestDirectories.class);
        return new TestRacker(directories, context.getRequiredTestClass().getSimpleName());
    }

    @Override
    public final void beforeEach(ExtensionContext context) {
        store(context).put(BEFORE, left(context));
    }

    /** What was there before stays: a container that all tests of a class share. */
    @Override
    public final void afterEach(ExtensionContext context) {
        eventuallyNothing(() -> {
            List<String> left = left(context);
            left.removeAll(store(context).get(BEFORE, List.class));
            return left;
        });
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        for (TestDirectories directories : directories(context)) {
            eventuallyNothing(directories::residue);
        }
    }

    private List<String> left(ExtensionContext context) {
        List<String> left = new ArrayList<>();
        for (TestDirectories directories : directories(context)) {
            left.addAll(directories.leftovers());
            left.addAll(directories.unfinished());
        }
        return left;
    }

    /** Those of a test, of its class, and of this process, as far as there are any. */
    private List<TestDirectories> directories(ExtensionContext context) {
        List<TestDirectories> found = new ArrayList<>();
        for (ExtensionContext each = context;
                each != null;
                each = each.getParent().orElse(null)) {
            TestDirectories directories = store(each).get(TestDirectories.class, TestDirectories.class);
            if (directories != null) {
                found.add(directories);
            }
        }
        return found;
    }

    /** One that no other context inherits. */
    private Store store(ExtensionContext context) {
        return context.getStore(Namespace.create(getClass(), context.getUniqueId()));
    }
}
